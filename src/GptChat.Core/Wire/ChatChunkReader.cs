using System;
using System.Collections.Generic;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>
/// Reads a chunk of a stream by hand. It is the one place where every token of every answer passes: the serializer takes two
/// to three times as long here and allocates twice as much. What is rare in a chunk is left to the serializer.
/// </summary>
internal static class ChatChunkReader
{
    private static readonly IndexConverter IndexOf = new();
    private static readonly MessageContentConverter Content = new();

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
        MemberReader.Require(ref reader, JsonTokenType.StartObject);
        while (MemberReader.Next(ref reader))
        {
            if (MemberReader.Is(ref reader, "choices"u8)) chunk.Choices = ReadChoices(ref reader);
            else if (MemberReader.Is(ref reader, "created"u8)) chunk.Created = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "id"u8)) chunk.Id = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "model"u8)) chunk.Model = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "obfuscation"u8)) ReadPadding(ref reader, chunk);
            else if (MemberReader.Is(ref reader, "object"u8)) chunk.Object = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "service_tier"u8)) chunk.ServiceTier = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "system_fingerprint"u8)) chunk.SystemFingerprint = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "usage"u8)) chunk.Usage = UsageReader.Read(ref reader);
            else if (MemberReader.Is(ref reader, "metadata"u8)) chunk.Metadata = MemberReader.Texts(ref reader);
            else if (MemberReader.Is(ref reader, "error"u8)) chunk.Error = JsonElement.ParseValue(ref reader);
            else chunk.Extra = MemberReader.Keep(chunk.Extra, ref reader);
        }

        return chunk;
    }

    private static List<ChunkChoice>? ReadChoices(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        MemberReader.Require(ref reader, JsonTokenType.StartArray);
        var choices = new List<ChunkChoice>(1);
        while (MemberReader.NextElement(ref reader))
        {
            if (reader.TokenType != JsonTokenType.Null) choices.Add(ReadChoice(ref reader));
        }

        return choices;
    }

    private static ChunkChoice ReadChoice(ref Utf8JsonReader reader)
    {
        var choice = new ChunkChoice();
        MemberReader.Require(ref reader, JsonTokenType.StartObject);
        while (MemberReader.Next(ref reader))
        {
            if (MemberReader.Is(ref reader, "delta"u8)) choice.Delta = ReadDelta(ref reader);
            else if (MemberReader.Is(ref reader, "finish_reason"u8)) choice.FinishReason = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "index"u8)) choice.Index = IndexOf.Read(ref reader, typeof(int?), WireJson.Default.Options);
            else if (MemberReader.Is(ref reader, "logprobs"u8)) choice.Logprobs = MemberReader.Logprobs(ref reader);
            else if (MemberReader.Is(ref reader, "message"u8)) choice.Message = ReadDelta(ref reader);
            else choice.Extra = MemberReader.Keep(choice.Extra, ref reader);
        }

        return choice;
    }

    private static ChunkDelta? ReadDelta(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        var delta = new ChunkDelta();
        MemberReader.Require(ref reader, JsonTokenType.StartObject);
        while (MemberReader.Next(ref reader))
        {
            if (MemberReader.Is(ref reader, "content"u8)) ReadContent(ref reader, delta);
            else if (MemberReader.Is(ref reader, "role"u8)) delta.Role = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "refusal"u8)) delta.Refusal = MemberReader.Text(ref reader);
            else if (MemberReader.Is(ref reader, "reasoning_content"u8)) delta.ReasoningContent = MemberReader.Text(ref reader);
            else if (MemberReader.Is(ref reader, "reasoning"u8)) delta.Reasoning = MemberReader.Text(ref reader);
            else if (MemberReader.Is(ref reader, "tool_calls"u8)) delta.ToolCalls = MemberReader.RareList(ref reader, static () => WireJson.Default.ListToolCallFragment);
            else if (MemberReader.Is(ref reader, "function_call"u8)) delta.FunctionCall = MemberReader.Rare(ref reader, static () => WireJson.Default.GptFunctionCall);
            else if (MemberReader.Is(ref reader, "audio"u8)) delta.Audio = MemberReader.Rare(ref reader, static () => WireJson.Default.GptAudio);
            else if (MemberReader.Is(ref reader, "annotations"u8)) delta.Annotations = MemberReader.RareList(ref reader, static () => WireJson.Default.ListGptAnnotation);
            else delta.Extra = MemberReader.Keep(delta.Extra, ref reader);
        }

        return delta;
    }

    /// <summary>Nearly always a string, which needs no object around it.</summary>
    private static void ReadContent(ref Utf8JsonReader reader, ChunkDelta delta)
    {
        if (reader.TokenType == JsonTokenType.StartArray) delta.Parts = Content.Read(ref reader, typeof(MessageContent), WireJson.Default.Options);
        else ReadText(ref reader, delta);
    }

    private static void ReadText(ref Utf8JsonReader reader, ChunkDelta delta)
    {
        delta.TextPlace = reader.TokenType == JsonTokenType.String ? MemberReader.Place(ref reader) : default;
        delta.Text = MemberReader.Text(ref reader);
    }

    private static void ReadPadding(ref Utf8JsonReader reader, ChatChunk chunk)
    {
        if (reader.TokenType == JsonTokenType.String) chunk.Padding = MemberReader.Place(ref reader);
        else reader.Skip();
    }
}
