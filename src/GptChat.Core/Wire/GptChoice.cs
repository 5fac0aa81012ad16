using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat;

/// <summary>One of the answers to a request; there is one unless more were asked for.</summary>
public sealed class GptChoice : GptExtensible
{
    /// <summary>Its number, from 0.</summary>
    [JsonInclude]
    public long Index { get; internal init; }

    /// <summary>What the model said.</summary>
    [JsonInclude]
    public GptMessage? Message { get; internal init; }

    /// <summary>
    /// Why it ended: <c>stop</c>, <c>length</c>, <c>tool_calls</c>, <c>content_filter</c>, or whatever else the server says;
    /// null where it did not say.
    /// </summary>
    [JsonInclude]
    [JsonConverter(typeof(Wire.RepeatedStringConverter))]
    public string? FinishReason { get; internal init; }

    /// <summary>How likely each token was, where asked for; else null.</summary>
    [JsonInclude]
    [JsonConverter(typeof(Wire.LogprobsConverter))]
    public GptLogprobs? Logprobs { get; internal init; }

    /// <summary>The text.</summary>
    public override string ToString() => Message?.Content ?? string.Empty;
}
