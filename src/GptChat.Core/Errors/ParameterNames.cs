using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace GptChat.Errors;

/// <summary>What a member of the request is called at the cmdlet, so that an error names what its reader can change.</summary>
internal static class ParameterNames
{
    private const string Messages = "messages";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [Messages] = "the messages that were sent",
        ["model"] = "-Model",
        ["temperature"] = "-Temperature",
        ["top_p"] = "-TopP",
        ["max_tokens"] = "-MaxCompletionTokens (sent as max_tokens; Connect-GptChat -TokenLimitName max_completion_tokens changes that)",
        ["max_completion_tokens"] = "-MaxCompletionTokens (sent as max_completion_tokens; Connect-GptChat -TokenLimitName max_tokens changes that)",
        ["frequency_penalty"] = "-FrequencyPenalty",
        ["presence_penalty"] = "-PresencePenalty",
        ["stream"] = "-Stream or -Live",
        ["stream_options"] = "-StreamOption (where it was not given, -StreamOption @{ include_usage = $null } sends none)",
        ["tools"] = "-Tool",
        ["tool_choice"] = "-ToolChoice",
        ["parallel_tool_calls"] = "-ParallelToolCall",
        ["response_format"] = "-ResponseFormat",
        ["modalities"] = "-Modality, -Audio or -AudioPath, whichever was given",
        ["audio"] = "-Audio or -AudioPath",
        ["n"] = "-ChoiceCount",
        ["stop"] = "-Stop",
        ["logprobs"] = "-Logprobs or -TopLogprobs",
        ["top_logprobs"] = "-TopLogprobs",
        ["logit_bias"] = "-LogitBias",
        ["seed"] = "-Seed",
        ["user"] = "-User",
        ["safety_identifier"] = "-SafetyIdentifier",
        ["prompt_cache_key"] = "-PromptCacheKey",
        ["prompt_cache_retention"] = "-PromptCacheRetention",
        ["prompt_cache_options"] = "-PromptCacheOption",
        ["prompt_cache_breakpoint"] = "the cache marks in the messages that were sent",
        ["reasoning_effort"] = "-ReasoningEffort",
        ["verbosity"] = "-AnswerVerbosity",
        ["service_tier"] = "-ServiceTier",
        ["store"] = "-Store",
        ["metadata"] = "-Metadata",
        ["prediction"] = "-Prediction",
        ["web_search_options"] = "-WebSearchOption",
        ["moderation"] = "-Moderation",
        ["functions"] = "functions from -ExtraBody",
        ["function_call"] = "function_call from -ExtraBody",
    };

    // "Unsupported parameter: 'max_tokens' is not supported with this model." and its kin, of OpenAI and of those that speak like it.
    private static readonly Regex Refused = new(
        @"\b(?:unsupported|unknown|unrecognized|unexpected)\s+(?:request\s+)?(?:parameter|value|argument|field|keyword argument)s?(?:\s+supplied)?\s*:?\s*['""`]?(?<name>[a-z_][a-z0-9_]*(?:[.\[][a-z0-9_.\[\]]*)?)['""`]?"
        + @"|['""`](?<name>[a-z_][a-z0-9_.\[\]]*)['""`]\s+(?:is|are)\s+not\s+(?:supported|compatible)\b"
        + @"|['""`](?<name>[a-z_][a-z0-9_.\[\]]*)['""`]\s+does\s+not\s+support\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>The cmdlet parameter for a member such as <c>top_p</c> or <c>messages[1].content</c>; null if there is none.</summary>
    public static string? CmdletParameter(string? member)
    {
        if (string.IsNullOrEmpty(member)) return null;

        // FastAPI says where it looked first.
        string name = member!.StartsWith("body.", StringComparison.Ordinal) ? member.Substring("body.".Length) : member;
        int end = name.IndexOfAny(['.', '[']);
        return Names.TryGetValue(end < 0 ? name : name.Substring(0, end), out string? parameter) ? parameter : null;
    }

    /// <summary>Whether a member is one of the messages, which can be changed but not left out.</summary>
    public static bool IsMessage(string? member) => CmdletParameter(member) is { } name && name == Names[Messages];

    /// <summary>The member that a message says is refused, where the provider names it nowhere else; null if it names none.</summary>
    public static string? RefusedIn(string message)
    {
        Match match = Refused.Match(message);
        return match.Success ? match.Groups["name"].Value.TrimEnd('.') : null;
    }
}
