using System;

namespace GptChat.Prices;

/// <summary>What an answer costs, where that can be known.</summary>
internal static class UsageCost
{
    private const decimal PerPrice = 1_000_000m;

    /// <summary>The cost in US dollars; null where a part of it has a price that is not known: sound, another tier, writes to a cache.</summary>
    /// <param name="usage">What the server counted.</param>
    /// <param name="price">What the model costs.</param>
    /// <param name="tier">The tier that served the request, or was asked for.</param>
    public static decimal? Of(GptUsage? usage, GptPrice? price, string? tier)
    {
        if (usage is null || price is null || !IsStandard(tier)) return null;
        if (usage.PromptTokensDetails is { } prompt && (prompt.AudioTokens > 0 || prompt.CacheWriteTokens > 0)) return null;
        if (usage.CompletionTokensDetails is { AudioTokens: > 0 }) return null;
        long cached = Math.Min(usage.PromptTokensDetails?.CachedTokens ?? 0, usage.PromptTokens);
        return Prompt(usage.PromptTokens - cached, price) + (cached * (price.CachedInput ?? price.Input) / PerPrice) + Answer(usage.CompletionTokens, price);
    }

    /// <summary>The cost of a prompt of which nothing is cached.</summary>
    public static decimal Prompt(long tokens, GptPrice price) => tokens * price.Input / PerPrice;

    /// <summary>The cost of an answer.</summary>
    public static decimal Answer(long tokens, GptPrice price) => tokens * price.Output / PerPrice;

    /// <summary>Whether the prices apply: those of other tiers differ, and which tier <c>auto</c> becomes is told by the answer.</summary>
    public static bool IsStandard(string? tier) => tier is null || tier.ToLowerInvariant() is "default" or "auto" or "standard";
}
