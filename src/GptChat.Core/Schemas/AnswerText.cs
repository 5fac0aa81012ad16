using System;
using System.Text.Json;

namespace GptChat.Schemas;

/// <summary>
/// Finds the JSON in an answer. Where nothing but instructions holds a model to it, it likes to put JSON into a fence or a sentence
/// before it; whether it is what was asked for, the check says.
/// </summary>
internal static class AnswerText
{
    private const string Fence = "```";

    /// <summary>The JSON of an answer, or why there is none.</summary>
    public static (JsonElement? Value, string Problem) Parse(string text)
    {
        string plain = text.Trim().TrimStart('\uFEFF');
        (JsonElement? value, string problem) = TryParse(plain);
        if (value is null && Fenced(plain) is { } fenced) value = TryParse(fenced).Value;
        if (value is null && Bracketed(plain) is { } bracketed) value = TryParse(bracketed).Value;
        return (value, problem);
    }

    /// <summary>One JSON value.</summary>
    public static (JsonElement? Value, string Problem) TryParse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return (document.RootElement.Clone(), string.Empty);
        }
        catch (JsonException failure)
        {
            return (null, failure.Message);
        }
    }

    private static string? Fenced(string text)
    {
        int open = text.IndexOf(Fence, StringComparison.Ordinal);
        int line = open < 0 ? -1 : text.IndexOf('\n', open);
        if (line < 0) return null;
        int close = text.LastIndexOf(Fence, StringComparison.Ordinal);
        return close > line ? text.Substring(line + 1, close - line - 1) : null;
    }

    private static string? Bracketed(string text)
    {
        int brace = text.IndexOf('{');
        int bracket = text.IndexOf('[');
        int open = brace < 0 || (bracket >= 0 && bracket < brace) ? bracket : brace;
        if (open < 0) return null;
        int close = text.LastIndexOf(text[open] == '{' ? '}' : ']');
        return close > open ? text.Substring(open, close - open + 1) : null;
    }
}
