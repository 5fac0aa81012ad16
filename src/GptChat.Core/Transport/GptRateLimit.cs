using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GptChat;

/// <summary>How much of a provider's pace is left, as its headers say. What a provider does not say is null.</summary>
public sealed class GptRateLimit
{
    internal GptRateLimit()
    {
    }

    /// <summary>How many requests a window allows.</summary>
    public long? LimitRequests { get; internal init; }

    /// <summary>How many of them are left.</summary>
    public long? RemainingRequests { get; internal init; }

    /// <summary>When they are all there again, counted from the answer.</summary>
    public TimeSpan? ResetRequests { get; internal init; }

    /// <summary>How many tokens a window allows.</summary>
    public long? LimitTokens { get; internal init; }

    /// <summary>How many of them are left.</summary>
    public long? RemainingTokens { get; internal init; }

    /// <summary>When they are all there again, counted from the answer.</summary>
    public TimeSpan? ResetTokens { get; internal init; }

    /// <summary>Windows that a provider names, as Cloudflare does; empty where there are none.</summary>
    public IReadOnlyList<GptRateLimitPolicy> Policies { get; internal init; } = Array.Empty<GptRateLimitPolicy>();

    /// <summary>For people: <c>499 of 500 requests left</c>.</summary>
    public override string ToString() => string.Join("; ", new[]
    {
        Left(RemainingRequests, LimitRequests, "requests", ResetRequests),
        Left(RemainingTokens, LimitTokens, "tokens", ResetTokens),
    }.Concat(Policies.Select(policy => policy.ToString())).Where(part => part is not null));

    private static string? Left(long? remaining, long? limit, string what, TimeSpan? reset)
    {
        if (remaining is null && limit is null) return null;
        string count = remaining is { } left ? left.ToString(CultureInfo.InvariantCulture) + (limit is { } of ? " of " + of.ToString(CultureInfo.InvariantCulture) : string.Empty) + " " + what + " left" : limit!.Value.ToString(CultureInfo.InvariantCulture) + " " + what + " allowed";
        return reset is { } time ? count + ", all again in " + time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s" : count;
    }
}

/// <summary>A window of a rate limit that has a name.</summary>
public sealed class GptRateLimitPolicy
{
    internal GptRateLimitPolicy(string name) => Name = name;

    /// <summary>The provider's name for it.</summary>
    public string Name { get; }

    /// <summary>How many requests are left in it.</summary>
    public long? Remaining { get; internal set; }

    /// <summary>When it begins anew, counted from the answer.</summary>
    public TimeSpan? Reset { get; internal set; }

    /// <summary>How many requests it allows.</summary>
    public long? Quota { get; internal set; }

    /// <summary>How long it is.</summary>
    public TimeSpan? Window { get; internal set; }

    /// <summary>For people: <c>default: 50 left, anew in 30 s</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Remaining is { } left) parts.Add(left.ToString(CultureInfo.InvariantCulture) + " left");
        if (Reset is { } reset) parts.Add("anew in " + reset.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s");
        if (Quota is { } quota) parts.Add(quota.ToString(CultureInfo.InvariantCulture) + (Window is { } window ? " in " + window.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s" : " allowed"));
        return Name + ": " + string.Join(", ", parts);
    }
}
