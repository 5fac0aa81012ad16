using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GptChat.Input;

/// <summary>Reads lengths of time as people write them, the same on every machine: <c>90s</c>, <c>2h30m</c>, <c>30 days</c>, <c>1.12:00:00</c>.</summary>
internal static class SpanText
{
    /// <summary>Ways to write one, for errors.</summary>
    public const string Forms = "'90s', '2h30m', '30 days' or '1.12:00:00' for a day and a half";

    private const int Longest = 100;

    private static readonly Regex Step = new(@"\G\s*(,\s*|and\s+)?(\d{1,12}(?:\.\d{1,7})?)\s*([A-Za-z]+)\s*", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // What would be hours is days to .NET, as soon as there are 24 of them.
    private static readonly Regex Clock = new(@"^-?(\d{1,8}\.)?([01]?\d|2[0-3]):[0-5]?\d(:[0-5]?\d(\.\d{1,7})?)?$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Dictionary<string, long> Units = Named(
        (TimeSpan.TicksPerMillisecond, "ms millisecond milliseconds"),
        (TimeSpan.TicksPerSecond, "s sec secs second seconds"),
        (TimeSpan.TicksPerMinute, "m min mins minute minutes"),
        (TimeSpan.TicksPerHour, "h hr hrs hour hours"),
        (TimeSpan.TicksPerDay, "d day days"),
        (TimeSpan.TicksPerDay * 7, "w wk wks week weeks"));

    /// <summary>The length that a text says; false for one that says none, or that could be two.</summary>
    public static bool TryRead(string text, out TimeSpan span)
    {
        span = default;
        text = text.Trim();
        if (text.Length is 0 or > Longest) return false;
        return text.IndexOf(':') >= 0 ? Clock.IsMatch(text) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span) : TryUnits(text, out span);
    }

    private static bool TryUnits(string text, out TimeSpan span)
    {
        span = default;
        decimal ticks = 0;
        var seen = new HashSet<long>();
        int at = 0;
        while (at < text.Length)
        {
            Match match = Step.Match(text, at);
            if (!match.Success || (at == 0 && match.Groups[1].Success) || !TryUnit(match.Groups[3].Value, out long unit) || !seen.Add(unit)) return false;
            ticks += decimal.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) * unit;
            at = match.Index + match.Length;
        }

        if (ticks > TimeSpan.MaxValue.Ticks) return false;
        span = new TimeSpan((long)ticks);
        return true;
    }

    /// <summary>A large M is months to some: an answer that is six months old is not to be forgotten after six minutes.</summary>
    private static bool TryUnit(string word, out long ticks)
    {
        ticks = 0;
        return word != "M" && Units.TryGetValue(word, out ticks);
    }

    private static Dictionary<string, long> Named(params (long Ticks, string Words)[] units)
    {
        var named = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach ((long ticks, string words) in units)
        {
            foreach (string word in words.Split(' ')) named.Add(word, ticks);
        }

        return named;
    }
}
