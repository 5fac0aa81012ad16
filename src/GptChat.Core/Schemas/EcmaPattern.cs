using System;
using System.Text.RegularExpressions;

namespace GptChat.Schemas;

/// <summary>Tells which regular expressions mean the same to a provider as to .NET.</summary>
internal static class EcmaPattern
{
    // Options and groups with a name, what looks ahead or behind, atomic and conditional groups, back references, anchors and
    // classes of .NET, classes that subtract.
    private static readonly Regex OnlyHere = new(
        @"\(\?(?!:)|\\[AGZzkpP]|(?<!\\)(?:\\\\)*\\[1-9]|-\[|[*+?}]\+",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>Whether a provider can be told the pattern.</summary>
    public static bool IsPortable(string pattern) => !OnlyHere.IsMatch(pattern);

    /// <summary>The pattern, ready to be used; null where it is none.</summary>
    public static Regex? TryParse(string pattern, bool ignoresCase)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None), TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
