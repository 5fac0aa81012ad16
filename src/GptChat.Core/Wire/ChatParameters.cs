using System.Collections.Generic;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>The members of a request beside its messages. What is null is not sent: never a null, never a copy of a default. <see cref="ParametersWriter"/> writes them.</summary>
internal sealed record ChatParameters
{
    public string? Model { get; set; }

    public double? Temperature { get; set; }

    public double? TopP { get; set; }

    /// <summary>The limit under its old name, for servers that know no other.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>The limit, reasoning tokens included.</summary>
    public int? MaxCompletionTokens { get; set; }

    public double? FrequencyPenalty { get; set; }

    public double? PresencePenalty { get; set; }

    public int? N { get; set; }

    public IReadOnlyList<string>? Stop { get; set; }

    public long? Seed { get; set; }

    public bool? Logprobs { get; set; }

    public int? TopLogprobs { get; set; }

    /// <summary>By the token's id, as text: JSON knows no other names.</summary>
    public IReadOnlyDictionary<string, int>? LogitBias { get; set; }

    public string? ReasoningEffort { get; set; }

    public string? Verbosity { get; set; }

    public string? ServiceTier { get; set; }

    public bool? Store { get; set; }

    public IReadOnlyDictionary<string, string>? Metadata { get; set; }

    public string? SafetyIdentifier { get; set; }

    /// <summary>What <see cref="SafetyIdentifier"/> and <see cref="PromptCacheKey"/> were before: older servers know only this.</summary>
    public string? User { get; set; }

    public string? PromptCacheKey { get; set; }

    public string? PromptCacheRetention { get; set; }

    public JsonElement? PromptCacheOptions { get; set; }

    public JsonElement? Prediction { get; set; }

    public JsonElement? WebSearchOptions { get; set; }

    public JsonElement? Moderation { get; set; }

    public bool? Stream { get; set; }

    public JsonElement? StreamOptions { get; set; }

    public IReadOnlyList<JsonElement>? Tools { get; set; }

    public JsonElement? ToolChoice { get; set; }

    public bool? ParallelToolCalls { get; set; }

    public JsonElement? ResponseFormat { get; set; }

    public IReadOnlyList<string>? Modalities { get; set; }

    public JsonElement? Audio { get; set; }

    /// <summary>Members that have no parameter yet, laid over all others.</summary>
    public JsonElement? Extra { get; set; }
}
