using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GptChat.Completion;

/// <summary>What all completers do with what they know: keep what begins as typed, and quote what must be.</summary>
internal static class Completions
{
    /// <summary>The word typed so far, without the quotes around it.</summary>
    public static string Typed(string? wordToComplete) => (wordToComplete ?? string.Empty).Trim('\'', '"');

    /// <summary>The candidates that begin as typed, as arguments that mean themselves.</summary>
    public static IEnumerable<CompletionResult> Matching(string? wordToComplete, IEnumerable<(string Text, string ToolTip)> candidates)
    {
        string word = Typed(wordToComplete);
        return candidates
            .Where(candidate => candidate.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => new CompletionResult(Argument(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip));
    }

    private static string Argument(string text) => IsPlain(text) ? text : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";

    /// <summary>Whether the parser takes the text as one word that means itself: one that begins with a dash would be a parameter.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 0 && text[0] != '-' && text.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.' or '/' or ':');
}
