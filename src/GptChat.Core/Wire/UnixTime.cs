using System;

namespace GptChat.Wire;

/// <summary>Unix seconds of the wire as dates.</summary>
internal static class UnixTime
{
    // The range of DateTimeOffset; a server's nonsense must not become an exception.
    private const long Highest = 253402300799;

    /// <summary>The moment, or null for 0 (not said) and for numbers out of range.</summary>
    public static DateTimeOffset? ToDate(long seconds) => seconds is > 0 and <= Highest ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
