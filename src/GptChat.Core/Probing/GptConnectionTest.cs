using System;
using System.Globalization;

namespace GptChat;

/// <summary>One step of a test of a connection.</summary>
public sealed class GptConnectionTest
{
    internal GptConnectionTest(string connection, string step, GptTestStatus status, string detail)
    {
        Connection = connection;
        Step = step;
        Status = status;
        Detail = detail;
    }

    /// <summary>The name of the connection.</summary>
    public string Connection { get; }

    /// <summary>The step: Resolve, Connect, Secure, Authenticate, Answer.</summary>
    public string Step { get; }

    /// <summary>How it went.</summary>
    public GptTestStatus Status { get; }

    /// <summary>How long it took; null where nothing was done.</summary>
    public TimeSpan? Duration { get; internal init; }

    /// <summary>What was found, or what went wrong.</summary>
    public string Detail { get; }

    /// <summary>What to change; null where nothing needs to be.</summary>
    public string? Advice { get; internal init; }

    /// <summary>The model that answered, in the server's words; of the last step alone.</summary>
    public string? Model { get; internal init; }

    /// <summary>The failure; null where there is none.</summary>
    public GptChatException? Error { get; internal init; }

    /// <summary>For people: <c>Connect: Passed in 12 ms</c>.</summary>
    public override string ToString() => Step + ": " + Status
        + (Duration is { } time ? " in " + time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms" : string.Empty)
        + (Status == GptTestStatus.Failed ? ". " + Detail : string.Empty);
}

/// <summary>How a step of a test of a connection went.</summary>
public enum GptTestStatus
{
    /// <summary>It worked.</summary>
    Passed,

    /// <summary>It did not.</summary>
    Failed,

    /// <summary>An earlier one failed, so there was nothing to try.</summary>
    NotTried,

    /// <summary>This connection does without.</summary>
    NotNeeded,

    /// <summary>What came back does not tell.</summary>
    Unknown,
}
