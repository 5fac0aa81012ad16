using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using GptChat.Prices;
using GptChat.Tokens;
using GptChat.Wire;

namespace GptChat.Spending;

/// <summary>What a request will take at most, known before it is sent.</summary>
internal sealed record RequestForecast
{
    /// <summary>The tokens of the prompt.</summary>
    public TokenCount Prompt { get; private init; }

    /// <summary>The most tokens of all answers together; null where nobody says a limit.</summary>
    public long? Answers { get; private init; }

    /// <summary>The most that it costs; null where a price is not known.</summary>
    public decimal? MaxCost { get; private init; }

    /// <summary>What the model costs; null where that is not known.</summary>
    public GptPrice? Price { get; private init; }

    /// <summary>Whether the prompt holds something whose tokens nobody can tell before: sound, a document.</summary>
    public bool HasUncountable { get; private init; }

    /// <summary>Whether something is billed beside tokens, or at other prices: a search, another tier, a spoken answer.</summary>
    public string? OtherPrice { get; private init; }

    /// <summary>The most tokens that it takes; null where nobody says a limit.</summary>
    public long? Tokens => HasUncountable ? null : Prompt.Tokens + Answers;

    /// <summary>Counts a request.</summary>
    /// <param name="messages">Its messages.</param>
    /// <param name="parameters">Its other members.</param>
    /// <param name="price">What the model costs; null where that is not known.</param>
    /// <param name="stop">Fires when the user stops.</param>
    /// <param name="window">How many tokens the user says that the model takes; null where nobody does.</param>
    public static RequestForecast Of(IReadOnlyList<GptMessage> messages, ChatParameters parameters, GptPrice? price, CancellationToken stop, long? window = null)
    {
        var counter = new RequestTokens(parameters.Model, price?.ImageTokens, stop);
        TokenCount prompt = counter.Count(messages, parameters);
        long? answers = Limit(parameters, price, prompt.Tokens, window) * Choices(parameters);
        string? other = OtherPriceOf(parameters);
        bool isPriced = price is not null && answers is not null && other is null && !counter.HasUncountable;
        return new RequestForecast
        {
            Prompt = prompt,
            Answers = answers,
            Price = price,
            HasUncountable = counter.HasUncountable,
            OtherPrice = other,
            MaxCost = isPriced ? UsageCost.Prompt(prompt.Tokens, price!) + UsageCost.Answer(answers!.Value, price!) : null,
        };
    }

    /// <summary>The most tokens of one answer: what the request says, else what the model can, in what its context leaves.</summary>
    private static long? Limit(ChatParameters parameters, GptPrice? price, long prompt, long? window)
    {
        if (AnswerLimit.Of(parameters) is { } asked) return asked;
        long? most = price?.MaxOutputTokens;
        if (price?.ContextWindow is not { } listed) return most;

        // A user who says less stays below the context, while the server does not know of it.
        return Math.Min(most ?? long.MaxValue, Math.Max(0, Math.Max(listed, window ?? 0) - prompt));
    }

    private static long Choices(ChatParameters parameters) => Math.Max(1, AnswerLimit.Extra(parameters, "n") ?? parameters.N ?? 1);

    private static string? OtherPriceOf(ChatParameters parameters)
    {
        string? tier = parameters.Extra is { } extra && JsonValues.Text(extra, "service_tier") is { } laid ? laid : parameters.ServiceTier;
        if (!UsageCost.IsStandard(tier)) return "the tier '" + tier + "' has prices of its own";
        if (parameters.WebSearchOptions is not null || Has(parameters, "web_search_options")) return "a search is billed beside the tokens";
        return parameters.Audio is not null || Has(parameters, "audio") ? "a spoken answer has prices of its own" : null;
    }

    private static bool Has(ChatParameters parameters, string name) => parameters.Extra is { } extra && extra.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null;
}
