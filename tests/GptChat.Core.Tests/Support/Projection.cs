using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace GptChat.Core.Tests;

/// <summary>
/// An answer as the JSON that it was, put together from nothing but what users can read: known members from their properties, all
/// others from ExtensionData. What is not in it is lost to them.
/// </summary>
internal static class Projection
{
    public static string Of(GptResponse response) => Canonical.Text(Node(response));

    public static JsonObject Node(GptResponse response) => With(
        response,
        ("id", response.Id),
        ("object", response.Object),
        ("created", response.Created?.ToUnixTimeSeconds()),
        ("model", response.Model),
        ("service_tier", response.ServiceTier),
        ("system_fingerprint", response.SystemFingerprint),
        ("metadata", response.Metadata is null ? null : new JsonObject(response.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)))),
        ("usage", response.Usage is { } usage ? Node(usage) : null),
        ("choices", List(response.Choices, Node)));

    private static JsonObject Node(GptChoice choice) => With(
        choice,
        ("index", choice.Index),
        ("finish_reason", choice.FinishReason),
        ("message", choice.Message is { } message ? Node(message) : null),
        ("logprobs", choice.Logprobs is { } logprobs ? With(logprobs, ("content", List(logprobs.Content, Node)), ("refusal", List(logprobs.Refusal, Node))) : null));

    private static JsonObject Node(GptMessage message) => With(
        message,
        ("role", message.Role),
        ("content", message.Parts.All(part => part.Type == "text" && part.ExtensionData.Count == 0) ? message.Content : List(message.Parts, Node)),
        ("refusal", message.Refusal),
        ("reasoning_content", message.Reasoning),
        ("name", message.Name),
        ("tool_call_id", message.ToolCallId),
        ("tool_calls", List(message.ToolCalls, Node)),
        ("annotations", List(message.Annotations, Node)),
        ("audio", message.Audio is { } audio
            ? With(audio, ("id", audio.Id), ("data", audio.Data), ("transcript", audio.Transcript), ("expires_at", audio.ExpiresAt?.ToUnixTimeSeconds()))
            : null),
        ("function_call", message.FunctionCall is { } call ? With(call, ("name", call.Name), ("arguments", call.Arguments)) : null));

    private static JsonObject Node(GptContentPart part) => With(part.ExtensionData, ("type", part.Type), ("text", part.Text));

    private static JsonObject Node(GptAnnotation note) => With(
        note,
        ("type", note.Type),
        ("url_citation", note.UrlCitation is { } page ? With(page, ("url", page.Url), ("title", page.Title), ("start_index", page.StartIndex), ("end_index", page.EndIndex)) : null));

    private static JsonObject Node(GptTokenLogprob token) => With(
        token,
        ("token", token.Token),
        ("logprob", token.Logprob),
        ("bytes", List(token.Bytes, value => (JsonNode)value)),
        ("top_logprobs", List(token.TopLogprobs, Node)));

    private static JsonObject Node(GptToolCall call)
    {
        Dictionary<string, object?> others = call.ExtensionData;
        string payload = call.Type == "custom" ? "custom" : "function";
        others.Remove(payload, out object? inner);
        return With(
            others,
            ("id", call.Id),
            ("type", call.Type),
            (payload, With(inner as Dictionary<string, object?> ?? [], ("name", call.Name), (call.Type == "custom" ? "input" : "arguments", call.Arguments))));
    }

    private static JsonObject Node(GptUsage usage) => With(
        usage,
        ("prompt_tokens", usage.PromptTokens),
        ("completion_tokens", usage.CompletionTokens),
        ("total_tokens", usage.TotalTokens),
        ("prompt_tokens_details", usage.PromptTokensDetails is { } prompt
            ? With(
                prompt,
                ("cached_tokens", prompt.CachedTokens),
                ("cache_write_tokens", prompt.CacheWriteTokens),
                ("audio_tokens", prompt.AudioTokens),
                ("text_tokens", prompt.TextTokens),
                ("image_tokens", prompt.ImageTokens))
            : null),
        ("completion_tokens_details", usage.CompletionTokensDetails is { } completion
            ? With(
                completion,
                ("reasoning_tokens", completion.ReasoningTokens),
                ("audio_tokens", completion.AudioTokens),
                ("accepted_prediction_tokens", completion.AcceptedPredictionTokens),
                ("rejected_prediction_tokens", completion.RejectedPredictionTokens),
                ("text_tokens", completion.TextTokens))
            : null));

    private static JsonArray? List<T>(IReadOnlyList<T>? items, Func<T, JsonNode?> node) => items is null ? null : new JsonArray([.. items.Select(node)]);

    private static JsonObject With(GptExtensible part, params (string Name, JsonNode? Value)[] known) => With(part.ExtensionData, known);

    private static JsonObject With(Dictionary<string, object?> others, params (string Name, JsonNode? Value)[] known)
    {
        var node = new JsonObject();
        foreach ((string name, JsonNode? value) in known) node[name] = value;
        foreach ((string name, object? value) in others)
        {
            // A known member that could not be read as one must not hide behind the property that is empty then.
            Assert.False(node.TryGetPropertyValue(name, out JsonNode? there) && there is not null, name + " is there twice");
            node[name] = Plain(value);
        }

        return node;
    }

    private static JsonNode? Plain(object? value) => value switch
    {
        null => null,
        Dictionary<string, object?> members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Plain(member.Value)))),
        object?[] items => new JsonArray([.. items.Select(Plain)]),
        string text => text,
        bool truth => truth,
        long whole => whole,
        decimal large => large,
        double number => number,
        _ => throw new InvalidOperationException("No plain value: " + value.GetType()),
    };
}
