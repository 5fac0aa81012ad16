using System;
using System.Threading;

namespace GptChat.Input;

/// <summary>Limits of time as parameters take them: seconds, and 0 for none.</summary>
internal static class TimeLimit
{
    /// <summary>Nearly 25 days: the longest that a timer of .NET Framework takes, and longer than anybody waits.</summary>
    public const double MostSeconds = 2_147_483;

    /// <summary>The limit as it is used.</summary>
    public static TimeSpan From(double seconds) => seconds <= 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds);
}
