using System;
using System.Collections.Generic;

namespace GptChat.Errors;

/// <summary>What a member of the request is called at the cmdlet, so that an error names what its reader can change.</summary>
internal static class ParameterNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["messages"] = "the messages that were sent",
        ["model"] = "-Model",
        ["temperature"] = "-Temperature",
        ["top_p"] = "-TopP",
        ["max_tokens"] = "-MaxCompletionTokens (sent as max_tokens; Connect-GptChat -TokenLimitName max_completion_tokens changes that)",
        ["max_completion_tokens"] = "-MaxCompletionTokens (sent as max_completion_tokens; Connect-GptChat -TokenLimitName max_tokens changes that)",
        ["frequency_penalty"] = "-FrequencyPenalty",
        ["presence_penalty"] = "-PresencePenalty",
        ["stream"] = "-Stream",
        ["stream_options"] = "-StreamOption",
        ["tools"] = "-Tool",
        ["tool_choice"] = "-ToolChoice",
        ["response_format"] = "-ResponseFormat",
        ["modalities"] = "-Modality",
        ["audio"] = "-Audio",
    };

    /// <summary>The cmdlet parameter for a member such as <c>top_p</c> or <c>messages[1].content</c>; null if there is none.</summary>
    public static string? CmdletParameter(string? member)
    {
        if (string.IsNullOrEmpty(member)) return null;
        int end = member!.IndexOfAny(['.', '[']);
        return Names.TryGetValue(end < 0 ? member : member.Substring(0, end), out string? name) ? name : null;
    }
}
