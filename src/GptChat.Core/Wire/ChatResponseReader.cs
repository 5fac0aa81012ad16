using System;
using System.Collections.Generic;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>Reads an answer that came whole by hand, so that a script's first call does not wait for the serializer's machinery.</summary>
internal static class ChatResponseReader
{
    private static readonly MessageContentConverter Content = new();

    /// <summary>Reads an answer; null where the body is the word null.</summary>
    /// <exception cref="JsonException">It is no JSON, or no answer.</exception>
    /// <exception cref="InvalidOperationException">A string in it is no valid UTF-8.</exception>
    public static GptResponse? Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        GptResponse? response = reader.TokenType == JsonTokenType.Null ? null : ReadResponse(ref reader);

        // Throws if anything but white space follows.
        reader.Read();
        return response;
    }

    private static GptResponse ReadResponse(ref Utf8JsonReader reader)
    {
        MemberReader.Require(ref reader, JsonTokenType.StartObject);
        string? id = null, kind = null, model = null, tier = null, fingerprint = null;
        long created = 0;
        List<GptChoice>? choices = null;
        GptUsage? usage = null;
        JsonElement error = default;
        Dictionary<string, string>? metadata = null;
        Dictionary<string, JsonElement>? extra = null;
        while (MemberReader.Next(ref reader))
        {
            if (MemberReader.Is(ref reader, "id"u8)) id = MemberReader.Text(ref reader);
            else if (MemberReader.Is(ref reader, "object"u8)) kind = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "created"u8)) created = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "model"u8)) model = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "choices"u8)) choices = ReadChoices(ref reader);
            else if (MemberReader.Is(ref reader, "usage"u8)) usage = UsageReader.Read(ref reader);
            else if (MemberReader.Is(ref reader, "service_tier"u8)) tier = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "system_fingerprint"u8)) fingerprint = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "metadata"u8)) metadata = MemberReader.Texts(ref reader);
            else if (MemberReader.Is(ref reader, "error"u8)) error = JsonElement.ParseValue(ref reader);
            else extra = MemberReader.Keep(extra, ref reader);
        }

        return new GptResponse
        {
            Id = id,
            Object = kind,
            CreatedSeconds = created,
            Model = model,
            ChoiceList = choices,
            Usage = usage,
            ServiceTier = tier,
            SystemFingerprint = fingerprint,
            Metadata = metadata,
            Error = error,
            Extra = extra,
        };
    }

    private static List<GptChoice>? ReadChoices(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        MemberReader.Require(ref reader, JsonTokenType.StartArray);
        var choices = new List<GptChoice>(1);
        while (MemberReader.NextElement(ref reader))
        {
            // A null in a list is nothing, as it is in a stream.
            if (reader.TokenType != JsonTokenType.Null) choices.Add(ReadChoice(ref reader));
        }

        return choices;
    }

    private static GptChoice ReadChoice(ref Utf8JsonReader reader)
    {
        MemberReader.Require(ref reader, JsonTokenType.StartObject);
        long index = 0;
        GptMessage? message = null;
        string? finishReason = null;
        GptLogprobs? logprobs = null;
        Dictionary<string, JsonElement>? extra = null;
        while (MemberReader.Next(ref reader))
        {
            if (MemberReader.Is(ref reader, "index"u8)) index = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "message"u8)) message = ReadMessage(ref reader);
            else if (MemberReader.Is(ref reader, "finish_reason"u8)) finishReason = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "logprobs"u8)) logprobs = MemberReader.Logprobs(ref reader);
            else extra = MemberReader.Keep(extra, ref reader);
        }

        return new GptChoice { Index = index, Message = message, FinishReason = finishReason, Logprobs = logprobs, Extra = extra };
    }

    private static GptMessage? ReadMessage(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        MemberReader.Require(ref reader, JsonTokenType.StartObject);
        string? role = null, name = null, toolCallId = null, refusal = null, reasoningContent = null, reasoning = null;
        MessageContent? content = null;
        List<GptToolCall>? calls = null;
        List<GptAnnotation>? notes = null;
        GptAudio? audio = null;
        GptFunctionCall? functionCall = null;
        Dictionary<string, JsonElement>? extra = null;
        while (MemberReader.Next(ref reader))
        {
            if (MemberReader.Is(ref reader, "role"u8)) role = MemberReader.Repeated(ref reader);
            else if (MemberReader.Is(ref reader, "content"u8)) content = Content.Read(ref reader, typeof(MessageContent), WireJson.Default.Options);
            else if (MemberReader.Is(ref reader, "refusal"u8)) refusal = MemberReader.Text(ref reader);
            else if (MemberReader.Is(ref reader, "reasoning_content"u8)) reasoningContent = MemberReader.Text(ref reader);
            else if (MemberReader.Is(ref reader, "reasoning"u8)) reasoning = MemberReader.Text(ref reader);
            else if (MemberReader.Is(ref reader, "tool_calls"u8)) calls = MemberReader.RareList(ref reader, static () => WireJson.Default.ListGptToolCall);
            else if (MemberReader.Is(ref reader, "annotations"u8)) notes = MemberReader.RareList(ref reader, static () => WireJson.Default.ListGptAnnotation);
            else if (MemberReader.Is(ref reader, "audio"u8)) audio = MemberReader.Rare(ref reader, static () => WireJson.Default.GptAudio);
            else if (MemberReader.Is(ref reader, "function_call"u8)) functionCall = MemberReader.Rare(ref reader, static () => WireJson.Default.GptFunctionCall);
            else if (MemberReader.Is(ref reader, "name"u8)) name = MemberReader.Text(ref reader);
            else if (MemberReader.Is(ref reader, "tool_call_id"u8)) toolCallId = MemberReader.Text(ref reader);
            else extra = MemberReader.Keep(extra, ref reader);
        }

        return new GptMessage
        {
            Role = role!,
            Body = content,
            Name = name,
            ToolCallId = toolCallId,
            Refusal = refusal,
            ReasoningContent = reasoningContent,
            ReasoningText = reasoning,
            Calls = calls,
            Notes = notes,
            Audio = audio,
            FunctionCall = functionCall,
            Extra = extra,
        };
    }
}
