using System.Collections.Generic;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>
/// Writes the members of a request beside its messages by hand, in one order, and none that is not set: recordings are matched
/// on what is written here, and a script's first call does not wait for the serializer's machinery.
/// </summary>
internal static class ParametersWriter
{
    /// <summary>Writes them as an object.</summary>
    public static void Write(Utf8JsonWriter writer, ChatParameters parameters)
    {
        writer.WriteStartObject();
        Write(writer, "model", parameters.Model);
        Write(writer, "temperature", parameters.Temperature);
        Write(writer, "top_p", parameters.TopP);
        Write(writer, "max_tokens", parameters.MaxTokens);
        Write(writer, "max_completion_tokens", parameters.MaxCompletionTokens);
        Write(writer, "frequency_penalty", parameters.FrequencyPenalty);
        Write(writer, "presence_penalty", parameters.PresencePenalty);
        Write(writer, "n", parameters.N);
        Write(writer, "stop", parameters.Stop);
        Write(writer, "seed", parameters.Seed);
        Write(writer, "logprobs", parameters.Logprobs);
        Write(writer, "top_logprobs", parameters.TopLogprobs);
        Write(writer, "logit_bias", parameters.LogitBias);
        Write(writer, "reasoning_effort", parameters.ReasoningEffort);
        Write(writer, "verbosity", parameters.Verbosity);
        Write(writer, "service_tier", parameters.ServiceTier);
        Write(writer, "store", parameters.Store);
        Write(writer, "metadata", parameters.Metadata);
        Write(writer, "safety_identifier", parameters.SafetyIdentifier);
        Write(writer, "user", parameters.User);
        Write(writer, "prompt_cache_key", parameters.PromptCacheKey);
        Write(writer, "prompt_cache_retention", parameters.PromptCacheRetention);
        Write(writer, "prompt_cache_options", parameters.PromptCacheOptions);
        Write(writer, "prediction", parameters.Prediction);
        Write(writer, "web_search_options", parameters.WebSearchOptions);
        Write(writer, "moderation", parameters.Moderation);
        Write(writer, "stream", parameters.Stream);
        Write(writer, "stream_options", parameters.StreamOptions);
        Write(writer, "tools", parameters.Tools);
        Write(writer, "tool_choice", parameters.ToolChoice);
        Write(writer, "parallel_tool_calls", parameters.ParallelToolCalls);
        Write(writer, "response_format", parameters.ResponseFormat);
        Write(writer, "modalities", parameters.Modalities);
        Write(writer, "audio", parameters.Audio);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is not double number) return;
        writer.WritePropertyName(name);
        writer.WriteShortNumberValue(number);
    }

    private static void Write(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is long number) writer.WriteNumber(name, number);
    }

    private static void Write(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is bool flag) writer.WriteBoolean(name, flag);
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is not JsonElement element) return;
        writer.WritePropertyName(name);
        element.WriteTo(writer);
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string>? values)
    {
        if (values is null) return;
        writer.WriteStartArray(name);
        for (int i = 0; i < values.Count; i++) writer.WriteStringValue(values[i]);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<JsonElement>? values)
    {
        if (values is null) return;
        writer.WriteStartArray(name);
        for (int i = 0; i < values.Count; i++) values[i].WriteTo(writer);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, int>? values)
    {
        if (values is null) return;
        writer.WriteStartObject(name);
        foreach (KeyValuePair<string, int> value in values) writer.WriteNumber(value.Key, value.Value);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string>? values)
    {
        if (values is null) return;
        writer.WriteStartObject(name);
        foreach (KeyValuePair<string, string> value in values) writer.WriteString(value.Key, value.Value);
        writer.WriteEndObject();
    }
}
