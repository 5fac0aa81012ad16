using System;

namespace GptChat.Errors;

/// <summary>Puts the article before a word that an error names, mostly that of a type: "an Int32", "a UInt32".</summary>
internal static class Article
{
    // Spoken otherwise than written.
    private static readonly string[] WithA = { "Uri", "UInt", "Uni", "User", "One" };
    private static readonly string[] WithAn = { "SByte", "X5", "Xml", "XPath" };

    /// <summary>The word behind its article.</summary>
    public static string With(string word) => (TakesAn(word) ? "an " : "a ") + word;

    private static bool TakesAn(string word) =>
        Array.Exists(WithAn, start => word.StartsWith(start, StringComparison.Ordinal))
        || (word.Length > 0 && "AEIOUaeiou".IndexOf(word[0]) >= 0 && !Array.Exists(WithA, start => word.StartsWith(start, StringComparison.Ordinal)));
}
