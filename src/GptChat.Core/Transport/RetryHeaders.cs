using System;
using System.Globalization;

namespace GptChat.Transport;

/// <summary>What a server says about trying again.</summary>
internal static class RetryHeaders
{
    /// <summary>How long to wait: <c>retry-after-ms</c>, else <c>retry-after</c> in seconds or as a date; null where it says nothing usable.</summary>
    public static TimeSpan? After(TransportResponse response, DateTimeOffset now)
    {
        if (Number(response.Header("retry-after-ms")) is { } milliseconds) return Wait(milliseconds / 1000);
        string? after = response.Header("retry-after");
        if (Number(after) is { } seconds) return Wait(seconds);
        return DateTimeOffset.TryParse(after, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? Wait((date - now).TotalSeconds) : null;
    }

    /// <summary>Whether the server says yes or no in so many words.</summary>
    public static bool? ShouldRetry(TransportResponse response) => bool.TryParse(response.Header("x-should-retry"), out bool said) ? said : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>What is past, negative or no number is no advice. A century is as good as any longer time.</summary>
    private static TimeSpan? Wait(double seconds) =>
        double.IsNaN(seconds) || seconds <= 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds, 100.0 * 365 * 24 * 3600));
}
