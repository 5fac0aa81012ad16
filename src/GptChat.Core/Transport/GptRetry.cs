using System;
using System.Globalization;

namespace GptChat;

/// <summary>A try that failed and was followed by another.</summary>
public sealed class GptRetry
{
    internal GptRetry(GptErrorKind reason, int? statusCode, TimeSpan delay)
    {
        Reason = reason;
        StatusCode = statusCode;
        Delay = delay;
    }

    /// <summary>Why the try failed.</summary>
    public GptErrorKind Reason { get; }

    /// <summary>The HTTP status; null where no answer came.</summary>
    public int? StatusCode { get; }

    /// <summary>How long was waited before the next one.</summary>
    public TimeSpan Delay { get; }

    /// <summary>For people: <c>RateLimit (429), waited 1.5 s</c>.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0}{1}, waited {2:0.###} s", Reason, StatusCode is int status ? " (" + status.ToString(CultureInfo.InvariantCulture) + ")" : string.Empty, Delay.TotalSeconds);
}
