using System;
using System.Text.RegularExpressions;

namespace GptChat.Connections;

/// <summary>
/// The limit of an answer's tokens has two names. OpenAI's newer models refuse <c>max_tokens</c>; many other servers know
/// nothing else. So the name follows the provider and, where that does not settle it, the family of the model.
/// </summary>
internal static class TokenLimit
{
    public const string MaxTokens = "max_tokens";
    public const string MaxCompletionTokens = "max_completion_tokens";

    // openai/anything, gpt-anything, o1, o3-mini, o4-mini: models of OpenAI, whoever passes the request on.
    private static readonly Regex OpenAiModel = new(
        @"^(?:openai/.*|(?:chat)?gpt-\d.*|o\d(?:-.*)?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>Whether the newer name is the one to send.</summary>
    public static bool IsNewName(GptProvider provider, string? model) => provider switch
    {
        GptProvider.OpenAI or GptProvider.AzureOpenAI => true,
        GptProvider.Ollama => false,
        _ => model is not null && OpenAiModel.IsMatch(model),
    };
}
