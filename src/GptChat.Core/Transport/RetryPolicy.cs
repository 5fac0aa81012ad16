using System;
using System.Linq;

namespace GptChat.Transport;

/// <summary>
/// When a request is sent again, and after how long. Never once an answer has begun, never where a second try must end as the
/// first did, and once at most where the first may have been run and billed.
/// </summary>
/// <param name="MostRetries">How often at most; 0 turns it off.</param>
/// <param name="Interval">The wait where the server names none; null for one that grows from half a second to eight, with jitter.</param>
internal sealed record RetryPolicy(int MostRetries, TimeSpan? Interval = null)
{
    /// <summary>Two retries.</summary>
    public static readonly RetryPolicy Default = new(2);

    /// <summary>No retry.</summary>
    public static readonly RetryPolicy None = new(0);

    /// <summary>Whether time is spent waiting. A recording has nobody to spare: what was waited for then is there now.</summary>
    public bool Waits { get; init; } = true;

    /// <summary>The longest wait that a server's word is taken for; beyond it a script is better told than kept waiting.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private const double FirstBackoffSeconds = 0.5;
    private const double LongestBackoffSeconds = 8;

    private static readonly int[] RetriedStatuses = { 408, 409, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529 };

    /// <summary>The wait before the next try; null if there must be none.</summary>
    /// <param name="failure">How the latest try failed.</param>
    /// <param name="retries">How many retries there have been.</param>
    /// <param name="jitter">A number from 0 to 1, so that many callers do not come back all at once.</param>
    public TimeSpan? DelayAfter(GptChatException failure, int retries, double jitter)
    {
        if (retries >= MostRetries || !IsWorthwhile(failure, retries)) return null;
        if (!Waits) return TimeSpan.Zero;
        if (failure.RetryAfter is { } asked) return asked <= LongestWait ? asked : null;
        if (Interval is { } interval) return interval;
        double seconds = Math.Min(LongestBackoffSeconds, FirstBackoffSeconds * Math.Pow(2, retries));
        return TimeSpan.FromSeconds(seconds * (0.75 + (0.25 * jitter)));
    }

    /// <summary>
    /// How long all requests of the connection are held back because the server told one of them to wait; null where the
    /// failure concerns that one alone. A wait of more than a minute holds nobody back: it would park every other request for
    /// the sake of one, which itself is told at once.
    /// </summary>
    /// <param name="failure">How the latest try failed.</param>
    /// <param name="wait">The wait before its next try; null if there is none.</param>
    public TimeSpan? HoldAfter(GptChatException failure, TimeSpan? wait)
    {
        if (!Waits || !IsBusy(failure)) return null;
        TimeSpan? hold = wait ?? failure.RetryAfter;
        return hold <= LongestWait ? hold : null;
    }

    /// <summary>Whether the server has too much to do, whoever asks: it says so by its status, or names a time to come back.</summary>
    private static bool IsBusy(GptChatException failure)
    {
        if (failure.Kind == GptErrorKind.QuotaExceeded || failure.ShouldRetry == false || failure.StatusCode is not int status) return false;
        return status is 429 or 503 or 529 || (failure.RetryAfter is not null && RetriedStatuses.Contains(status));
    }

    private static bool IsWorthwhile(GptChatException failure, int retries)
    {
        // An empty account stays empty, whatever its status suggests.
        if (failure.Kind == GptErrorKind.QuotaExceeded) return false;
        if (failure.ShouldRetry is { } said) return said;
        if (failure.StatusCode is int status) return RetriedStatuses.Contains(status);
        return failure.Kind switch
        {
            GptErrorKind.ConnectionLost or GptErrorKind.ConnectTimeout => true,
            GptErrorKind.ConnectFailed => failure.IsTransient,

            // The model may have run and may be billed: once more, and no more.
            GptErrorKind.ResponseTimeout => retries == 0,
            _ => false,
        };
    }
}
