using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using GptChat.Redaction;

namespace GptChat.Input;

/// <summary>Reads what a user wants to be taken out: the kinds, and patterns as text, as regular expressions or by name in a hashtable.</summary>
internal static class RedactionArgument
{
    /// <summary>The patterns.</summary>
    /// <param name="given">The value of the parameter.</param>
    /// <param name="parameter">Its name, for errors.</param>
    /// <exception cref="GptChatException">One of them cannot be used.</exception>
    public static IReadOnlyList<RedactionPattern> Patterns(object[]? given, string parameter)
    {
        var patterns = new List<RedactionPattern>();
        foreach (object? item in given ?? Array.Empty<object>())
        {
            if (NamedValues.Of(item) is { } named)
            {
                foreach (DictionaryEntry entry in named)
                {
                    string name = entry.Key.ToString() ?? string.Empty;
                    foreach (object? one in Plain(entry.Value) is object[] several ? several : new[] { entry.Value }) patterns.Add(Pattern(name, one, parameter));
                }

                continue;
            }

            patterns.Add(Pattern(RedactionPattern.DefaultName, item, parameter));
        }

        return patterns;
    }

    /// <summary>The rules; null where they would find nothing because nothing was said.</summary>
    /// <param name="kinds">What was said of kinds.</param>
    /// <param name="patterns">The patterns.</param>
    /// <exception cref="GptChatException">They would find nothing though something was said.</exception>
    public static RedactionRules Rules(GptRedactionKind kinds, IReadOnlyList<RedactionPattern> patterns)
    {
        if (kinds == GptRedactionKind.None && patterns.Count == 0) throw Invalid("-RedactKind None takes out nothing", "It goes with -RedactPattern, for own patterns alone; -Redact:$false turns redaction off.");
        return new RedactionRules(kinds, patterns);
    }

    /// <summary>The rules that a connection had in another process, as its properties say.</summary>
    public static RedactionRules? Revive(PSObject copy)
    {
        if (copy.Properties["RedactKind"]?.Value?.ToString() is not { Length: > 0 } kinds || !Enum.TryParse(kinds, out GptRedactionKind kind)) return null;
        IEnumerable<object?> patterns = Plain(copy.Properties["RedactPattern"]?.Value) as IEnumerable<object?> ?? (Plain(copy.Properties["RedactPattern"]?.Value) as IEnumerable)?.Cast<object?>() ?? Array.Empty<object>();
        return new RedactionRules(kind, patterns.Select(pattern => Plain(pattern)?.ToString() ?? string.Empty).Where(pattern => pattern.IndexOf('=') > 0).Select(
            pattern => RedactionPattern.Create(pattern.Substring(0, pattern.IndexOf('=')), pattern.Substring(pattern.IndexOf('=') + 1), RegexOptions.None, "-Connection")).ToArray());
    }

    private static RedactionPattern Pattern(string name, object? value, string parameter) => Plain(value) switch
    {
        Regex regex => RedactionPattern.Create(name, regex.ToString(), regex.Options, parameter),
        string text => RedactionPattern.Create(name, text, RegexOptions.None, parameter),
        var other => throw Invalid(parameter + " takes texts, regular expressions and hashtables of them, not " + Kind.Of(other), "Give 'pattern', or @{ 'CUSTOMER-ID' = 'C-\\d{6}' }."),
    };

    private static object? Plain(object? value) => (value as PSObject)?.BaseObject ?? value;

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint + " Nothing was sent." };
}
