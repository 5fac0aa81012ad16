using System.Collections.Generic;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>Reads a usage by hand: every answer has one, and in some streams every chunk.</summary>
internal static class UsageReader
{
    /// <summary>Reads an object; anything else is passed over, and the answer stands without.</summary>
    public static GptUsage? Read(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader)) return null;
        long prompt = 0, completion = 0, total = 0;
        GptPromptTokensDetails? promptDetails = null;
        GptCompletionTokensDetails? completionDetails = null;
        Dictionary<string, JsonElement>? extra = null;
        while (MemberReader.Next(ref reader))
        {
            if (MemberReader.Is(ref reader, "prompt_tokens"u8)) prompt = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "completion_tokens"u8)) completion = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "total_tokens"u8)) total = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "prompt_tokens_details"u8)) promptDetails = ReadPromptDetails(ref reader);
            else if (MemberReader.Is(ref reader, "completion_tokens_details"u8)) completionDetails = ReadCompletionDetails(ref reader);
            else extra = MemberReader.Keep(extra, ref reader);
        }

        return new GptUsage
        {
            PromptTokens = prompt,
            CompletionTokens = completion,
            TotalTokens = total,
            PromptTokensDetails = promptDetails,
            CompletionTokensDetails = completionDetails,
            Extra = extra,
        };
    }

    /// <summary>Reads how the prompt's tokens divide.</summary>
    public static GptPromptTokensDetails? ReadPromptDetails(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader)) return null;
        long cached = 0, written = 0, audio = 0, text = 0, image = 0;
        Dictionary<string, JsonElement>? extra = null;
        while (MemberReader.Next(ref reader))
        {
            if (MemberReader.Is(ref reader, "cached_tokens"u8)) cached = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "cache_write_tokens"u8)) written = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "audio_tokens"u8)) audio = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "text_tokens"u8)) text = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "image_tokens"u8)) image = MemberReader.Whole(ref reader);
            else extra = MemberReader.Keep(extra, ref reader);
        }

        return new GptPromptTokensDetails { CachedTokens = cached, CacheWriteTokens = written, AudioTokens = audio, TextTokens = text, ImageTokens = image, Extra = extra };
    }

    /// <summary>Reads how the answer's tokens divide.</summary>
    public static GptCompletionTokensDetails? ReadCompletionDetails(ref Utf8JsonReader reader)
    {
        if (!Enter(ref reader)) return null;
        long reasoning = 0, audio = 0, accepted = 0, rejected = 0, text = 0;
        Dictionary<string, JsonElement>? extra = null;
        while (MemberReader.Next(ref reader))
        {
            if (MemberReader.Is(ref reader, "reasoning_tokens"u8)) reasoning = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "audio_tokens"u8)) audio = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "accepted_prediction_tokens"u8)) accepted = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "rejected_prediction_tokens"u8)) rejected = MemberReader.Whole(ref reader);
            else if (MemberReader.Is(ref reader, "text_tokens"u8)) text = MemberReader.Whole(ref reader);
            else extra = MemberReader.Keep(extra, ref reader);
        }

        return new GptCompletionTokensDetails
        {
            ReasoningTokens = reasoning,
            AudioTokens = audio,
            AcceptedPredictionTokens = accepted,
            RejectedPredictionTokens = rejected,
            TextTokens = text,
            Extra = extra,
        };
    }

    /// <summary>Whether an object begins here; what does not is passed over.</summary>
    private static bool Enter(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        reader.Skip();
        return false;
    }
}
