using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat;

/// <summary>What a request used, in tokens, as the server counted it.</summary>
[TypeConverter(Copies.CopyType.Converter)]
public sealed class GptUsage : GptExtensible
{
    /// <summary>Tokens of the prompt, history and overhead included.</summary>
    [JsonInclude]
    public long PromptTokens { get; internal init; }

    /// <summary>Tokens of the answer; reasoning tokens and rejected prediction tokens are in it and are billed.</summary>
    [JsonInclude]
    public long CompletionTokens { get; internal init; }

    /// <summary>Prompt and completion together.</summary>
    [JsonInclude]
    public long TotalTokens { get; internal init; }

    /// <summary>How the prompt's tokens divide, where the server says; else null.</summary>
    [JsonInclude]
    [JsonConverter(typeof(Wire.PromptDetailsConverter))]
    public GptPromptTokensDetails? PromptTokensDetails { get; internal init; }

    /// <summary>How the answer's tokens divide, where the server says; else null.</summary>
    [JsonInclude]
    [JsonConverter(typeof(Wire.CompletionDetailsConverter))]
    public GptCompletionTokensDetails? CompletionTokensDetails { get; internal init; }

    /// <summary>The sum of two usages, for totals of a conversation. Details are summed too.</summary>
    internal static GptUsage Add(GptUsage? left, GptUsage? right)
    {
        left ??= new GptUsage();
        right ??= new GptUsage();
        return new GptUsage
        {
            PromptTokens = left.PromptTokens + right.PromptTokens,
            CompletionTokens = left.CompletionTokens + right.CompletionTokens,
            TotalTokens = left.TotalTokens + right.TotalTokens,
            PromptTokensDetails = GptPromptTokensDetails.Add(left.PromptTokensDetails, right.PromptTokensDetails),
            CompletionTokensDetails = GptCompletionTokensDetails.Add(left.CompletionTokensDetails, right.CompletionTokensDetails),
        };
    }

    /// <summary>For people: <c>172 tokens (16 prompt, 156 completion)</c>.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} tokens ({1} prompt, {2} completion)", TotalTokens, PromptTokens, CompletionTokens);
}

/// <summary>How the tokens of a prompt divide.</summary>
public sealed class GptPromptTokensDetails : GptExtensible
{
    /// <summary>Tokens read from the provider's prompt cache.</summary>
    [JsonInclude]
    public long CachedTokens { get; internal init; }

    /// <summary>Tokens written to the provider's prompt cache.</summary>
    [JsonInclude]
    public long CacheWriteTokens { get; internal init; }

    /// <summary>Tokens of audio.</summary>
    [JsonInclude]
    public long AudioTokens { get; internal init; }

    /// <summary>Tokens of text, where the server tells them apart.</summary>
    [JsonInclude]
    public long TextTokens { get; internal init; }

    /// <summary>Tokens of images, where the server tells them apart.</summary>
    [JsonInclude]
    public long ImageTokens { get; internal init; }

    internal static GptPromptTokensDetails? Add(GptPromptTokensDetails? left, GptPromptTokensDetails? right)
    {
        if (left is null || right is null) return left ?? right;
        return new GptPromptTokensDetails
        {
            CachedTokens = left.CachedTokens + right.CachedTokens,
            CacheWriteTokens = left.CacheWriteTokens + right.CacheWriteTokens,
            AudioTokens = left.AudioTokens + right.AudioTokens,
            TextTokens = left.TextTokens + right.TextTokens,
            ImageTokens = left.ImageTokens + right.ImageTokens,
        };
    }

    /// <summary>For people: the cached part.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} cached", CachedTokens);
}

/// <summary>How the tokens of an answer divide.</summary>
public sealed class GptCompletionTokensDetails : GptExtensible
{
    /// <summary>Tokens the model thought with; billed, not shown.</summary>
    [JsonInclude]
    public long ReasoningTokens { get; internal init; }

    /// <summary>Tokens of audio.</summary>
    [JsonInclude]
    public long AudioTokens { get; internal init; }

    /// <summary>Tokens of the given prediction that the answer used.</summary>
    [JsonInclude]
    public long AcceptedPredictionTokens { get; internal init; }

    /// <summary>Tokens of the given prediction that the answer did not use; billed all the same.</summary>
    [JsonInclude]
    public long RejectedPredictionTokens { get; internal init; }

    /// <summary>Tokens of text, where the server tells them apart.</summary>
    [JsonInclude]
    public long TextTokens { get; internal init; }

    internal static GptCompletionTokensDetails? Add(GptCompletionTokensDetails? left, GptCompletionTokensDetails? right)
    {
        if (left is null || right is null) return left ?? right;
        return new GptCompletionTokensDetails
        {
            ReasoningTokens = left.ReasoningTokens + right.ReasoningTokens,
            AudioTokens = left.AudioTokens + right.AudioTokens,
            AcceptedPredictionTokens = left.AcceptedPredictionTokens + right.AcceptedPredictionTokens,
            RejectedPredictionTokens = left.RejectedPredictionTokens + right.RejectedPredictionTokens,
            TextTokens = left.TextTokens + right.TextTokens,
        };
    }

    /// <summary>For people: the reasoning part.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} reasoning", ReasoningTokens);
}
