using System.Management.Automation;

namespace GptChat.Input;

/// <summary>Says what something is that is not what was wanted, as an error says it: "not an Int32".</summary>
internal static class Kind
{
    // Read as "you" or letter by letter, whatever they are written with.
    private static readonly string[] WithA = { "Uri", "UInt", "Uni", "User" };
    private static readonly string[] WithAn = { "SByte", "X5", "Xml", "XPath" };

    /// <summary>Its type behind the article that goes with it. Never its value, which may be a secret.</summary>
    public static string Of(object? value) => ((value as PSObject)?.BaseObject ?? value) is { } plain ? WithArticle(plain.GetType().Name) : "$null";

    /// <summary>A word behind its article.</summary>
    public static string WithArticle(string word) => (StartsLikeVowel(word) ? "an " : "a ") + word;

    private static bool StartsLikeVowel(string word)
    {
        if (StartsWithOne(word, WithAn)) return true;
        return word.Length > 0 && "AEIOUaeiou".IndexOf(word[0]) >= 0 && !StartsWithOne(word, WithA);
    }

    private static bool StartsWithOne(string word, string[] starts)
    {
        foreach (string start in starts)
        {
            if (word.StartsWith(start, System.StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
