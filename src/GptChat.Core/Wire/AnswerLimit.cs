using System.Text.Json;

namespace GptChat.Wire;

/// <summary>How long an answer may be, as the request says it under any of its names.</summary>
internal static class AnswerLimit
{
    /// <summary>The most tokens of one answer; null where the request does not say.</summary>
    public static long? Of(ChatParameters parameters) =>
        Extra(parameters, "max_completion_tokens") ?? Extra(parameters, "max_tokens") ?? parameters.MaxCompletionTokens ?? parameters.MaxTokens;

    /// <summary>A number that only the extra members hold.</summary>
    public static long? Extra(ChatParameters parameters, string name) =>
        parameters.Extra is { } extra && extra.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long number) ? number : null;
}
