using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>One event of a streamed answer, as the wire has it.</summary>
internal sealed class ChatChunk
{
    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Id { get; init; }

    public long Created { get; init; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Model { get; init; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? ServiceTier { get; init; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? SystemFingerprint { get; init; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Object { get; init; }

    public List<ChunkChoice>? Choices { get; init; }

    public GptUsage? Usage { get; init; }

    /// <summary>A failure in mid-stream; a stream that holds one has failed, whatever follows.</summary>
    public JsonElement Error { get; init; }

    /// <summary>Padding against onlookers: never stored, never shown.</summary>
    [JsonConverter(typeof(DiscardConverter))]
    public object? Obfuscation { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>What a chunk adds to one choice.</summary>
internal sealed class ChunkChoice
{
    [JsonConverter(typeof(IndexConverter))]
    public int? Index { get; init; }

    public ChunkDelta? Delta { get; init; }

    /// <summary>Servers that ignore <c>stream</c> half-way send the whole message in an event; it is taken as one delta.</summary>
    public ChunkDelta? Message { get; init; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? FinishReason { get; init; }

    public GptLogprobs? Logprobs { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>The new pieces of a message.</summary>
internal sealed class ChunkDelta
{
    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Role { get; init; }

    [JsonPropertyName("content")]
    public MessageContent? Body { get; init; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? Refusal { get; init; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? ReasoningContent { get; init; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? Reasoning { get; init; }

    public List<ToolCallFragment>? ToolCalls { get; init; }

    public GptFunctionCall? FunctionCall { get; init; }

    public GptAudio? Audio { get; init; }

    public List<GptAnnotation>? Annotations { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>A piece of a tool call.</summary>
internal sealed class ToolCallFragment
{
    [JsonConverter(typeof(IndexConverter))]
    public int? Index { get; init; }

    public string? Id { get; init; }

    public string? Type { get; init; }

    public GptFunctionCall? Function { get; init; }

    public CustomCallFragment? Custom { get; init; }
}

/// <summary>The payload of a custom tool's call.</summary>
internal sealed class CustomCallFragment
{
    public string? Name { get; init; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? Input { get; init; }
}
