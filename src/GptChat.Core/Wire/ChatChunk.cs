using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>One event of a streamed answer, as <see cref="ChatChunkReader"/> reads it off the wire.</summary>
internal sealed class ChatChunk
{
    public string? Id { get; set; }

    public long Created { get; set; }

    public string? Model { get; set; }

    public string? ServiceTier { get; set; }

    public string? SystemFingerprint { get; set; }

    public string? Object { get; set; }

    public List<ChunkChoice>? Choices { get; set; }

    public GptUsage? Usage { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary>A failure in mid-stream; a stream that holds one has failed, whatever follows.</summary>
    public JsonElement Error { get; set; }

    public Dictionary<string, JsonElement>? Extra { get; set; }

    /// <summary>Where a string stands that hides the chunk's length from whoever watches the line.</summary>
    public JsonPlace Padding { get; set; }
}

/// <summary>What a chunk adds to one choice.</summary>
internal sealed class ChunkChoice
{
    public int? Index { get; set; }

    public ChunkDelta? Delta { get; set; }

    /// <summary>Servers that ignore <c>stream</c> half-way send the whole message in an event; it is taken as one delta.</summary>
    public ChunkDelta? Message { get; set; }

    public string? FinishReason { get; set; }

    public GptLogprobs? Logprobs { get; set; }

    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>The new pieces of a message.</summary>
internal sealed class ChunkDelta
{
    public string? Role { get; set; }

    /// <summary>New text; null where the chunk brings none.</summary>
    public string? Text { get; set; }

    /// <summary>Where that text stands, if it is a string.</summary>
    public JsonPlace TextPlace { get; set; }

    /// <summary>New content as parts, from the few servers that send it so.</summary>
    public MessageContent? Parts { get; set; }

    public string? Refusal { get; set; }

    public string? ReasoningContent { get; set; }

    public string? Reasoning { get; set; }

    public List<ToolCallFragment>? ToolCalls { get; set; }

    public GptFunctionCall? FunctionCall { get; set; }

    public GptAudio? Audio { get; set; }

    public List<GptAnnotation>? Annotations { get; set; }

    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>A piece of a tool call.</summary>
internal sealed class ToolCallFragment
{
    [JsonConverter(typeof(IndexConverter))]
    public int? Index { get; set; }

    public string? Id { get; set; }

    public string? Type { get; set; }

    public GptFunctionCall? Function { get; set; }

    public CustomCallFragment? Custom { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>The payload of a custom tool's call.</summary>
internal sealed class CustomCallFragment
{
    public string? Name { get; set; }

    public string? Input { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}
