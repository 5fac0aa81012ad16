using System;
using System.Text.RegularExpressions;

namespace GptChat.Redaction;

/// <summary>A user's own pattern and the name that its placeholders have.</summary>
internal sealed class RedactionPattern
{
    /// <summary>Of a match with a group of this name, the group alone is taken out.</summary>
    public const string SecretGroup = "secret";

    /// <summary>The name of those that have none.</summary>
    public const string DefaultName = "PATTERN";

    /// <summary>How long a pattern may take on one text.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private RedactionPattern(string name, Regex regex)
    {
        Name = name;
        Regex = regex;
    }

    /// <summary>What its placeholders say.</summary>
    public string Name { get; }

    /// <summary>The pattern, with a limit of time.</summary>
    public Regex Regex { get; }

    /// <summary>Checks and takes a pattern.</summary>
    /// <param name="name">Its name in any case; blanks and the like become dashes.</param>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="parameter">The parameter, for the error.</param>
    /// <exception cref="GptChatException">It cannot be used.</exception>
    public static RedactionPattern Create(string name, string pattern, RegexOptions options, string parameter)
    {
        string kind = KindOf(name);
        if (!PlaceholderText.IsKind(kind)) throw Invalid(parameter + " has the name '" + name + "'", "A name has 1 to " + PlaceholderText.LongestKind + " letters, digits and dashes, such as CUSTOMER-ID.", null);
        if (string.IsNullOrEmpty(pattern)) throw Invalid(parameter + " '" + name + "' is empty", "Is the variable set? An empty pattern is found everywhere.", null);
        try
        {
            return new RedactionPattern(kind, new Regex(pattern, (options & ~RegexOptions.Compiled) | RegexOptions.CultureInvariant, Limit));
        }
        catch (ArgumentException failure)
        {
            throw Invalid(parameter + " '" + name + "' is no regular expression: " + failure.Message, "[regex]::Escape() makes one of a text that is meant as it is.", failure);
        }
    }

    /// <summary>The failure of one that takes too long.</summary>
    public GptChatException TooSlow(Exception? inner) => new(GptErrorKind.InvalidParameter, "The pattern '" + Name + "' of -RedactPattern took longer than " + Limit.TotalSeconds + " s on one text", inner)
    {
        Hint = "Write it without repetitions inside repetitions, such as (a+)+, and anchor it with \\b. Nothing was sent.",
    };

    /// <summary>As a connection shows it.</summary>
    public override string ToString() => Name + "=" + ((Regex.Options & RegexOptions.IgnoreCase) != 0 ? "(?i)" : string.Empty) + Regex;

    private static string KindOf(string name)
    {
        char[] kind = name.Trim().ToUpperInvariant().ToCharArray();
        for (int i = 0; i < kind.Length; i++)
        {
            if (kind[i] is ' ' or '_' or '.') kind[i] = '-';
        }

        return new string(kind);
    }

    private static GptChatException Invalid(string message, string hint, Exception? inner) => new(GptErrorKind.InvalidParameter, message, inner) { Hint = hint + " Nothing was sent." };
}
