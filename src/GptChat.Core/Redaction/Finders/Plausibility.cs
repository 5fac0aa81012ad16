using System;
using System.Collections.Generic;

namespace GptChat.Redaction.Finders;

/// <summary>Tells values from what stands in the place of one: variables, calls, types, placeholders, words of a sentence.</summary>
internal static class Plausibility
{
    private const int ShortestPassword = 3;
    private const int ShortestKey = 12;
    private const int MixedRun = 8;

    private static readonly HashSet<string> NoValues = new(StringComparer.OrdinalIgnoreCase)
    {
        "null", "none", "nil", "true", "false", "yes", "no", "undefined", "required", "optional", "string", "str", "securestring", "object", "text", "char", "varchar",
        "nvarchar", "byte", "bytes", "any", "int", "bool", "password", "passwd", "pwd", "passphrase", "secret", "token", "redacted", "masked", "hidden", "removed", "empty",
        "blank", "prompt", "value", "values", "changed", "expired", "expires", "incorrect", "invalid", "wrong", "missing", "unknown", "pscredential", "credential", "hash",
        "encrypted", "protected", "parameter", "parameters", "argument", "option", "switch", "flag", "field", "is", "are", "was", "and", "or", "for", "with", "without", "must", "should",
        "to", "the", "a", "an", "of", "in", "on", "if", "not", "from", "that", "which", "will", "can", "cannot", "has", "reset", "set", "change", "policy", "authentication", "input", "self", "this",
        "function", "new", "await", "return", "var", "let", "const", "n/a", "na", "tbd", "todo", "here", "disabled", "enabled", "ok", "failed", "success", "dword", "enter", "default",
    };

    private static readonly string[] Openings =
    {
        "${", "$(", "{{", "#{", "@{", "<%", "<", "%(", "ENC[", "ENC(", "!vault", "@Microsoft.KeyVault", "arn:", "vault:", "op://", "/run/secrets/", "secretref:", "env:", "file:",
        PlaceholderText.Opening, "your", "my-password", "example", "xxx", "***", "...",
    };

    /// <summary>Whether a password's name has a value that is one.</summary>
    /// <param name="scan">The text.</param>
    /// <param name="value">The value.</param>
    /// <param name="isCode">Whether it stands where a program would have a name or a call.</param>
    public static bool IsPassword(TextScan scan, SettingValue value, bool isCode)
    {
        string text = scan.Text.Substring(value.Start, value.End - value.Start);
        if (text.Length < ShortestPassword || IsNone(text) || IsVariable(text, value.Quote)) return false;
        if (value.IsQuoted) return true;
        if (text[0] is '(' or '[' or '{' or '@' or '&' or '?' or '/' && (text.Length < 4 || text[0] is '(' or '[' or '{')) return false;
        return !IsCall(text) && !(isCode && IsPath(text)) && CredentialName.Of(text, 0, text.Length) is not { IsPassword: true };
    }

    /// <summary>Whether a value looks generated.</summary>
    public static bool IsKey(TextScan scan, SettingValue value)
    {
        int length = value.End - value.Start;
        if (length < ShortestKey) return false;
        string text = scan.Text.Substring(value.Start, length);
        if (IsNone(text) || IsVariable(text, value.Quote) || text.IndexOf(' ') >= 0 || text.Contains("://") || IsCall(text)) return false;
        if (text[0] is '/' or '~' or '.' && text.IndexOf('/', 1) > 0) return false;
        if (text.Length > 2 && text[1] == ':' && text[2] is '\\' or '/') return false;
        return Randomness.HasMixedRun(scan, value.Start, value.End, MixedRun) || (length >= 20 && Randomness.HasAllSorts(scan, value.Start, value.End));
    }

    /// <summary>Whether a value holds something that words do not.</summary>
    public static bool IsNoWord(TextScan scan, SettingValue value)
    {
        for (int i = value.Start; i < value.End; i++)
        {
            if (!char.IsLetter(scan[i]) && scan[i] is not ('-' or '\'')) return true;
        }

        return false;
    }

    private static bool IsNone(string text)
    {
        if (NoValues.Contains(text)) return true;
        foreach (string opening in Openings)
        {
            if (text.StartsWith(opening, StringComparison.OrdinalIgnoreCase)) return true;
        }

        bool isOneCharacter = true;
        bool hasCharacter = false;
        foreach (char character in text)
        {
            isOneCharacter &= character == text[0];
            hasCharacter |= char.IsLetterOrDigit(character);
        }

        return isOneCharacter || !hasCharacter;
    }

    private static bool IsVariable(string text, char quote)
    {
        // In PowerShell and shells, single quotes mean what they say.
        if (text[0] == '$') return quote != '\'' && IsName(text, 1, ":.{}[]()'\"->");
        if (text[0] == '%') return text.Length > 2 && (text[text.Length - 1] == '%' || text.Length == 2);
        if (text[0] is '@' or ':') return IsName(text, 1, string.Empty) && quote == '\0';
        return text[0] == '{' && text[text.Length - 1] == '}';
    }

    private static bool IsCall(string text)
    {
        int at = 0;
        while (at < text.Length && (CharSet.Word.Has(text[at]) || text[at] is '.' or ':' or '-' or '>')) at++;
        if (at == 0 || at >= text.Length || text[at] is not ('(' or '[')) return false;
        return char.IsLetter(text[0]) || text[0] == '_';
    }

    private static bool IsPath(string text) => text.IndexOf('.') > 0 && IsName(text, 0, ".->");

    private static bool IsName(string text, int start, string also)
    {
        bool hasLetter = false;
        for (int i = start; i < text.Length; i++)
        {
            hasLetter |= char.IsLetter(text[i]);
            if (!CharSet.Word.Has(text[i]) && also.IndexOf(text[i]) < 0) return false;
        }

        return hasLetter || text.Length == start;
    }
}
