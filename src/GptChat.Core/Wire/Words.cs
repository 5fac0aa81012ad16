using System;

namespace GptChat.Wire;

/// <summary>
/// The words that the protocol has for values today. They are offered and, where only the case differs, put right; every other
/// word passes, since providers add to them.
/// </summary>
internal static class Words
{
    public static readonly string[] ReasoningEffort = { "none", "minimal", "low", "medium", "high", "xhigh", "max" };
    public static readonly string[] Verbosity = { "low", "medium", "high" };
    public static readonly string[] ServiceTier = { "auto", "default", "flex", "scale", "priority", "fast" };
    public static readonly string[] PromptCacheRetention = { "in_memory", "24h" };
    public static readonly string[] PromptCacheMode = { "implicit", "explicit" };
    public static readonly string[] SearchContextSize = { "low", "medium", "high" };
    public static readonly string[] ToolChoice = { "auto", "none", "required" };
    public static readonly string[] ResponseFormat = { "text", "json_object" };
    public static readonly string[] Modality = { "text", "audio" };
    public static readonly string[] Voice = { "alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar" };
    public static readonly string[] GatewayPath = { "compat", "openai", "workers-ai/v1" };
    public static readonly string[] Detail = { "auto", "low", "high" };
    public static readonly string[] ModerationModel = { "omni-moderation-latest" };
    public static readonly string[] AzureApiVersion = { "2024-10-21", "preview" };

    /// <summary>The word as the protocol spells it, if it is one of the known ones; else as it was given.</summary>
    public static string Spelled(string word, string[] known) =>
        Array.Find(known, candidate => string.Equals(candidate, word.Trim(), StringComparison.OrdinalIgnoreCase)) ?? word;
}
