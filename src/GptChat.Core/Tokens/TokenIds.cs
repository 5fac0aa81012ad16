using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace GptChat.Tokens;

/// <summary>
/// The numbers of tokens in OpenAI's encoding o200k_base, for parameters that speak of single tokens, and which models have it.
/// </summary>
internal static class TokenIds
{
    // gpt-4o and everything after it, whoever passes the request on. Others have vocabularies of their own.
    private static readonly Regex KnownModel = new(
        @"^(?:openai/)?(?:(?:chat)?gpt-4o|gpt-4\.[1-9]|gpt-[5-9]|gpt-oss|o[1-9](?:-|$))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>Whether the tokens of a model are known here.</summary>
    public static bool IsKnown(string? model) => model is not null && KnownModel.IsMatch(model);

    /// <summary>The tokens that a text is cut into.</summary>
    public static IReadOnlyList<int> Of(string text) => TokenVocabulary.Ids(text);
}
