using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace GptChat;

/// <summary>How likely the model found each token of its answer.</summary>
public sealed class GptLogprobs : GptExtensible
{
    /// <summary>The tokens of the text; null where not asked for.</summary>
    [JsonInclude]
    public IReadOnlyList<GptTokenLogprob>? Content { get; internal init; }

    /// <summary>The tokens of a refusal; null where there is none.</summary>
    [JsonInclude]
    public IReadOnlyList<GptTokenLogprob>? Refusal { get; internal init; }
}

/// <summary>One token and how likely it was.</summary>
public sealed class GptTokenLogprob : GptExtensible
{
    /// <summary>The token's text; half a character where a character takes several tokens.</summary>
    [JsonInclude]
    public string? Token { get; internal init; }

    /// <summary>Natural logarithm of the probability, at most 0; -9999 means very unlikely.</summary>
    [JsonInclude]
    public double Logprob { get; internal init; }

    /// <summary>The token's UTF-8 bytes; null where the server does not say.</summary>
    [JsonInclude]
    public IReadOnlyList<long>? Bytes { get; internal init; }

    /// <summary>The likeliest tokens at this place; empty where not asked for.</summary>
    [JsonInclude]
    public IReadOnlyList<GptTokenLogprob>? TopLogprobs { get; internal init; }

    /// <summary>The token.</summary>
    public override string ToString() => Token ?? string.Empty;
}
