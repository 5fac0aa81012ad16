using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace GptChat.Transport;

/// <summary>Reads what headers say about a provider's pace, in the spellings of OpenAI, OpenRouter and Cloudflare.</summary>
internal static class RateLimitHeaders
{
    private const long FirstMilliseconds = 100_000_000_000;
    private const long FirstSeconds = 1_000_000_000;

    private static readonly Regex Parts = new(@"(?<number>\d+(?:\.\d+)?)(?<unit>ms|us|µs|ns|d|h|m|s)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex Items = new("\"(?<name>[^\"]*)\"(?<facts>(?:\\s*;\\s*[a-z]+=\\d+)*)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex Facts = new(@"(?<key>[a-z]+)=(?<value>\d{1,15})(?!\d)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The limit; null where no header speaks of one.</summary>
    public static GptRateLimit? Of(TransportResponse response, DateTimeOffset now)
    {
        if (!IsSpokenOf(response)) return null;
        string? Header(string name) => response.Header("x-ratelimit-" + name);
        return new GptRateLimit
        {
            LimitRequests = Number(Header("limit-requests") ?? Header("limit")),
            RemainingRequests = Number(Header("remaining-requests") ?? Header("remaining")),
            ResetRequests = Time(Header("reset-requests") ?? Header("reset"), now),
            LimitTokens = Number(Header("limit-tokens")),
            RemainingTokens = Number(Header("remaining-tokens")),
            ResetTokens = Time(Header("reset-tokens"), now),
            Policies = Policies(response.Header("ratelimit"), response.Header("ratelimit-policy")),
        };
    }

    private static bool IsSpokenOf(TransportResponse response)
    {
        foreach (KeyValuePair<string, string> header in response.Headers)
        {
            if (header.Key.StartsWith("x-ratelimit-", StringComparison.OrdinalIgnoreCase) || header.Key.StartsWith("ratelimit", StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>A duration such as <c>6m0s</c>, a number of seconds, or a moment in Unix time; null for anything else.</summary>
    internal static TimeSpan? Time(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        string value = text!.Trim();
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number < long.MaxValue / 2d)
        {
            if (number >= FirstMilliseconds) return Until(number / 1000, now);
            return number >= FirstSeconds ? Until(number, now) : TimeSpan.FromSeconds(number);
        }

        MatchCollection parts = Parts.Matches(value);
        if (parts.Count == 0 || parts.Cast<Match>().Sum(part => part.Length) != value.Length) return null;
        double seconds = parts.Cast<Match>().Sum(part => double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * Unit(part.Groups["unit"].Value));
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static TimeSpan Until(double unixSeconds, DateTimeOffset now)
    {
        double left = unixSeconds - (now.ToUnixTimeMilliseconds() / 1000d);
        return left <= 0 || left > TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.Zero : TimeSpan.FromSeconds(left);
    }

    private static double Unit(string unit) => unit switch
    {
        "d" => 86400,
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "ns" => 1e-9,
        _ => 1e-6,
    };

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static List<GptRateLimitPolicy> Policies(string? state, string? rules)
    {
        var policies = new List<GptRateLimitPolicy>();
        foreach (Match item in Items.Matches(state ?? string.Empty).Cast<Match>().Concat(Items.Matches(rules ?? string.Empty).Cast<Match>()))
        {
            GptRateLimitPolicy? policy = policies.FirstOrDefault(known => known.Name == item.Groups["name"].Value);
            if (policy is null) policies.Add(policy = new GptRateLimitPolicy(item.Groups["name"].Value));
            foreach (Match fact in Facts.Matches(item.Groups["facts"].Value))
            {
                long value = long.Parse(fact.Groups["value"].Value, CultureInfo.InvariantCulture);
                switch (fact.Groups["key"].Value)
                {
                    case "r": policy.Remaining = value; break;
                    case "q": policy.Quota = value; break;
                    case "t": policy.Reset = Time(value.ToString(CultureInfo.InvariantCulture) + "s", DateTimeOffset.MinValue); break;
                    case "w": policy.Window = Time(value.ToString(CultureInfo.InvariantCulture) + "s", DateTimeOffset.MinValue); break;
                }
            }
        }

        return policies;
    }
}
