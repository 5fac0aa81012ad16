using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>
/// One event of a streamed answer, as the wire has it. Its members and those of its parts have plain setters: the serializer
/// gathers init-only members in arrays first, boxed, for every chunk.
/// </summary>
internal sealed class ChatChunk
{
    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Id { get; set; }

    public long Created { get; set; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Model { get; set; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? ServiceTier { get; set; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? SystemFingerprint { get; set; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Object { get; set; }

    public List<ChunkChoice>? Choices { get; set; }

    public GptUsage? Usage { get; set; }

    [JsonConverter(typeof(TextMapConverter))]
    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary>A failure in mid-stream; a stream that holds one has failed, whatever follows.</summary>
    public JsonElement Error { get; set; }

    /// <summary>Padding against onlookers: never stored, never shown.</summary>
    [JsonConverter(typeof(DiscardConverter))]
    public object? Obfuscation { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>What a chunk adds to one choice.</summary>
internal sealed class ChunkChoice
{
    [JsonConverter(typeof(IndexConverter))]
    public int? Index { get; set; }

    public ChunkDelta? Delta { get; set; }

    /// <summary>Servers that ignore <c>stream</c> half-way send the whole message in an event; it is taken as one delta.</summary>
    public ChunkDelta? Message { get; set; }

    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? FinishReason { get; set; }

    public GptLogprobs? Logprobs { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>The new pieces of a message.</summary>
internal sealed class ChunkDelta
{
    [JsonConverter(typeof(RepeatedStringConverter))]
    public string? Role { get; set; }

    [JsonPropertyName("content")]
    public MessageContent? Body { get; set; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? Refusal { get; set; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? ReasoningContent { get; set; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? Reasoning { get; set; }

    public List<ToolCallFragment>? ToolCalls { get; set; }

    public GptFunctionCall? FunctionCall { get; set; }

    public GptAudio? Audio { get; set; }

    public List<GptAnnotation>? Annotations { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>A piece of a tool call.</summary>
internal sealed class ToolCallFragment
{
    [JsonConverter(typeof(IndexConverter))]
    public int? Index { get; set; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? Id { get; set; }

    public string? Type { get; set; }

    public GptFunctionCall? Function { get; set; }

    public CustomCallFragment? Custom { get; set; }
}

/// <summary>The payload of a custom tool's call.</summary>
internal sealed class CustomCallFragment
{
    public string? Name { get; set; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? Input { get; set; }
}
