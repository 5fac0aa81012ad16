using System;
using System.Globalization;

namespace GptChat.Transport;

/// <summary>What a server says about trying again.</summary>
internal static class RetryHeaders
{
    // The three of HTTP. Anything looser takes "1:30" for a time of day, and a fraction with a comma for a day of the year.
    private static readonly string[] Dates = { "r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy" };

    /// <summary>How long to wait: <c>retry-after-ms</c>, else <c>retry-after</c> in seconds or as a date; null where neither says anything usable.</summary>
    public static TimeSpan? After(TransportResponse response, DateTimeOffset now)
    {
        string? after = response.Header("retry-after");
        return Wait(Number(response.Header("retry-after-ms")) / 1000) ?? Wait(Number(after)) ?? Wait((Date(after) - now)?.TotalSeconds);
    }

    /// <summary>Whether the server says yes or no in so many words.</summary>
    public static bool? ShouldRetry(TransportResponse response) => bool.TryParse(response.Header("x-should-retry"), out bool said) ? said : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static DateTimeOffset? Date(string? text) => DateTimeOffset.TryParseExact(
        text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset date) ? date : null;

    /// <summary>What is past, negative or no number is no advice. A century is as good as any longer time.</summary>
    private static TimeSpan? Wait(double? seconds) =>
        seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds.Value, 100.0 * 365 * 24 * 3600)) : null;
}
