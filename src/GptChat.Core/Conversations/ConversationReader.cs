using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GptChat.Redaction;
using GptChat.Wire;

namespace GptChat.Conversations;

/// <summary>
/// Reads a conversation from JSON: one that was exported, the body of anybody's request, or a bare list of messages.
/// </summary>
internal static class ConversationReader
{
    private const string Hint = "It looks like {\"model\":\"…\",\"messages\":[{\"role\":\"user\",\"content\":\"…\"}]}, or like the list of messages alone. Nothing was imported.";

    // What such a body says about how its answer travels means nothing here.
    private static readonly string[] Travel = { "stream", "stream_options" };

    /// <summary>Reads it.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Where it came from, for errors.</param>
    /// <param name="name">The name to give it; null for the one that it has.</param>
    /// <param name="otherwise">The name where it has none.</param>
    /// <returns>The conversation, and the members of the body that no conversation keeps.</returns>
    /// <exception cref="GptChatException">It is no conversation.</exception>
    public static (GptConversation Conversation, IReadOnlyList<string> Ignored) Read(string json, string source, string? name, string otherwise)
    {
        try
        {
            using JsonDocument given = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });

            // What people write by hand, comments and commas too many, is gone from here on: readers of single messages do not allow it.
            using JsonDocument document = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(given.RootElement, WireJson.Default.JsonElement));
            return Read(document.RootElement, source, name, otherwise);
        }
        catch (JsonException failure)
        {
            throw Wrong(source, "it is not JSON: " + failure.Message, failure);
        }
    }

    private static (GptConversation Conversation, IReadOnlyList<string> Ignored) Read(JsonElement root, string source, string? name, string otherwise)
    {
        if (root.ValueKind == JsonValueKind.Array) return (new GptConversation(name ?? otherwise, null, Messages(root, source)), Array.Empty<string>());
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array)
        {
            bool isAnswer = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("choices", out _);
            throw Wrong(source, isAnswer ? "it is an answer, which does not hold what was asked" : "it has no list of messages");
        }

        JsonElement own = root.TryGetProperty(ConversationFile.Own, out JsonElement found) && found.ValueKind == JsonValueKind.Object ? found : default;
        ConversationDefaults settings = Settings(root, own, source);
        string given = name ?? (own.Text("name") is { Length: > 0 } kept ? kept : otherwise);
        var conversation = new GptConversation(given, root.Text("model"), Messages(messages, source), Usage(own, source), own.Text("connection"))
        {
            Created = own.ValueKind == JsonValueKind.Object && own.TryGetProperty("created", out JsonElement at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out DateTimeOffset created) ? created : DateTimeOffset.Now,
            Settings = settings,
            Redaction = Redaction(own, source),
        };
        string[] known = { "model", "messages", ConversationFile.Own, "temperature", "top_p", "max_completion_tokens", "max_tokens", "reasoning_effort", "verbosity" };
        return (conversation, root.EnumerateObject().Select(JsonValues.Name).Except(known).Except(Travel).ToArray());
    }

    private static GptMessage[] Messages(JsonElement list, string source) =>
        list.EnumerateArray().Select((message, index) => MessageElement.Read(message, "message " + index, (problem, inner) => Wrong(source, problem, inner))).ToArray();

    private static ConversationDefaults Settings(JsonElement root, JsonElement own, string source)
    {
        GptContextPolicy? policy = null;
        if (own.Text("context_policy") is { Length: > 0 } word)
        {
            // A number would parse as well.
            policy = char.IsLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out GptContextPolicy known) ? known : throw Wrong(source, "its context_policy '" + word + "' is not known");
        }

        return new ConversationDefaults
        {
            Temperature = Number(root, "temperature", source),
            TopP = Number(root, "top_p", source),
            MaxCompletionTokens = Whole(root, "max_completion_tokens", source) ?? Whole(root, "max_tokens", source),
            ReasoningEffort = root.Text("reasoning_effort"),
            AnswerVerbosity = root.Text("verbosity"),
            ContextPolicy = policy,
            ContextWindow = Whole(own, "context_window", source),
        };
    }

    private static ConversationRedaction? Redaction(JsonElement own, string source)
    {
        try
        {
            return RedactionRulesJson.Read(own);
        }
        catch (FormatException damage)
        {
            throw Wrong(source, damage.Message, damage);
        }
    }

    private static GptUsage? Usage(JsonElement own, string source)
    {
        if (own.ValueKind != JsonValueKind.Object || !own.TryGetProperty("usage", out JsonElement usage) || usage.ValueKind == JsonValueKind.Null) return null;
        return usage.ValueKind == JsonValueKind.Object ? usage.Deserialize(WireJson.Default.GptUsage) : throw Wrong(source, "its usage is not an object");
    }

    private static double? Number(JsonElement element, string name, string source)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement member) || member.ValueKind == JsonValueKind.Null) return null;
        return member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out double number) ? number : throw Wrong(source, "its " + name + " is not a number");
    }

    private static int? Whole(JsonElement element, string name, string source)
    {
        if (Number(element, name, source) is not { } number) return null;
        return number >= 1 && number <= int.MaxValue && number == Math.Floor(number) ? (int)number : throw Wrong(source, "its " + name + " is not a whole number from 1 up");
    }

    private static GptChatException Wrong(string source, string problem, Exception? inner = null) =>
        new(GptErrorKind.InvalidInput, "'" + source + "' is no conversation: " + problem, inner) { Hint = Hint, Target = source };
}
