using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GptChat.Wire;

/// <summary>
/// Reads a chunk of a stream by hand. It is the one place where every token of every answer passes: the serializer takes two
/// to three times as long here and allocates twice as much. What is rare in a chunk is left to the serializer.
/// </summary>
internal static class ChatChunkReader
{
    private static readonly RepeatedStringConverter Repeated = new();
    private static readonly LenientStringConverter Text = new();
    private static readonly LenientInt64Converter Whole = new();
    private static readonly IndexConverter IndexOf = new();
    private static readonly MessageContentConverter Content = new();
    private static readonly TextMapConverter TextMap = new();
    private static readonly UsageConverter Usage = new();
    private static readonly LogprobsConverter Logprobs = new();

    /// <summary>Reads a chunk.</summary>
    /// <exception cref="JsonException">It is no JSON, or no chunk.</exception>
    /// <exception cref="InvalidOperationException">A string in it is no valid UTF-8.</exception>
    public static ChatChunk Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        ChatChunk chunk = ReadChunk(ref reader);

        // Throws if anything but white space follows.
        reader.Read();
        return chunk;
    }

    private static ChatChunk ReadChunk(ref Utf8JsonReader reader)
    {
        var chunk = new ChatChunk();
        Require(ref reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "choices"u8)) chunk.Choices = ReadChoices(ref reader);
            else if (Is(ref reader, "created"u8)) chunk.Created = Whole.Read(ref reader, typeof(long), WireJson.Default.Options);
            else if (Is(ref reader, "id"u8)) chunk.Id = ReadRepeated(ref reader);
            else if (Is(ref reader, "model"u8)) chunk.Model = ReadRepeated(ref reader);
            else if (Is(ref reader, "obfuscation"u8)) reader.Skip();
            else if (Is(ref reader, "object"u8)) chunk.Object = ReadRepeated(ref reader);
            else if (Is(ref reader, "service_tier"u8)) chunk.ServiceTier = ReadRepeated(ref reader);
            else if (Is(ref reader, "system_fingerprint"u8)) chunk.SystemFingerprint = ReadRepeated(ref reader);
            else if (Is(ref reader, "usage"u8)) chunk.Usage = Usage.Read(ref reader, typeof(GptUsage), WireJson.Default.Options);
            else if (Is(ref reader, "metadata"u8)) chunk.Metadata = TextMap.Read(ref reader, typeof(Dictionary<string, string>), WireJson.Default.Options);
            else if (Is(ref reader, "error"u8)) chunk.Error = JsonElement.ParseValue(ref reader);
            else chunk.Extra = Keep(chunk.Extra, ref reader);
        }

        return chunk;
    }

    private static List<ChunkChoice>? ReadChoices(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        Require(ref reader, JsonTokenType.StartArray);
        var choices = new List<ChunkChoice>(1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Null) choices.Add(ReadChoice(ref reader));
        }

        return choices;
    }

    private static ChunkChoice ReadChoice(ref Utf8JsonReader reader)
    {
        var choice = new ChunkChoice();
        Require(ref reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "delta"u8)) choice.Delta = ReadDelta(ref reader);
            else if (Is(ref reader, "finish_reason"u8)) choice.FinishReason = ReadRepeated(ref reader);
            else if (Is(ref reader, "index"u8)) choice.Index = IndexOf.Read(ref reader, typeof(int?), WireJson.Default.Options);
            else if (Is(ref reader, "logprobs"u8)) choice.Logprobs = Logprobs.Read(ref reader, typeof(GptLogprobs), WireJson.Default.Options);
            else if (Is(ref reader, "message"u8)) choice.Message = ReadDelta(ref reader);
            else choice.Extra = Keep(choice.Extra, ref reader);
        }

        return choice;
    }

    private static ChunkDelta? ReadDelta(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        var delta = new ChunkDelta();
        Require(ref reader, JsonTokenType.StartObject);
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "content"u8)) ReadContent(ref reader, delta);
            else if (Is(ref reader, "role"u8)) delta.Role = ReadRepeated(ref reader);
            else if (Is(ref reader, "refusal"u8)) delta.Refusal = ReadText(ref reader);
            else if (Is(ref reader, "reasoning_content"u8)) delta.ReasoningContent = ReadText(ref reader);
            else if (Is(ref reader, "reasoning"u8)) delta.Reasoning = ReadText(ref reader);
            else if (Is(ref reader, "tool_calls"u8)) delta.ToolCalls = ReadRare(ref reader, WireJson.Default.ListToolCallFragment);
            else if (Is(ref reader, "function_call"u8)) delta.FunctionCall = ReadRare(ref reader, WireJson.Default.GptFunctionCall);
            else if (Is(ref reader, "audio"u8)) delta.Audio = ReadRare(ref reader, WireJson.Default.GptAudio);
            else if (Is(ref reader, "annotations"u8)) delta.Annotations = ReadRare(ref reader, WireJson.Default.ListGptAnnotation);
            else delta.Extra = Keep(delta.Extra, ref reader);
        }

        return delta;
    }

    /// <summary>Nearly always a string, which needs no object around it.</summary>
    private static void ReadContent(ref Utf8JsonReader reader, ChunkDelta delta)
    {
        if (reader.TokenType == JsonTokenType.StartArray) delta.Parts = Content.Read(ref reader, typeof(MessageContent), WireJson.Default.Options);
        else delta.Text = ReadText(ref reader);
    }

    /// <summary>Left to the serializer; but null, which is all that most chunks have here, is not worth the call.</summary>
    private static T? ReadRare<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
        where T : class => reader.TokenType == JsonTokenType.Null ? null : JsonSerializer.Deserialize(ref reader, type);

    private static string? ReadText(ref Utf8JsonReader reader) => Text.Read(ref reader, typeof(string), WireJson.Default.Options);

    private static string? ReadRepeated(ref Utf8JsonReader reader) => Repeated.Read(ref reader, typeof(string), WireJson.Default.Options);

    private static Dictionary<string, JsonElement> Keep(Dictionary<string, JsonElement>? members, ref Utf8JsonReader reader)
    {
        string name = reader.GetString()!;
        reader.Read();
        members ??= new Dictionary<string, JsonElement>();
        members[name] = JsonElement.ParseValue(ref reader);
        return members;
    }

    /// <summary>Moves to the name of the next member; false at the end of the object.</summary>
    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the member has this name; if so the reader moves to its value.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    private static void Require(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type) throw new JsonException("A chunk does not have the shape of one.");
    }
}
