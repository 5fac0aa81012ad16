using System;
using System.Globalization;

namespace GptChat.Tokens;

/// <summary>
/// Where a text can be cut without changing its tokens. o200k_base first splits a text by a pattern that looks forward only, so a
/// cut is safe where every match ends, whatever follows. These are some of those places, found without running the pattern:
/// after a word or number, before a number, after a line, and where a lower-case letter meets an upper-case one.
/// </summary>
internal static class TokenBorders
{
    /// <summary>Whether a cut before the character at a place changes nothing.</summary>
    public static bool IsSafe(ReadOnlySpan<char> text, int at)
    {
        char next = text[at];
        char previous = text[at - 1];
        if (char.IsLetter(previous)) return IsSafeAfterLetter(text, at, previous, next);
        if (char.IsNumber(previous)) return !char.IsNumber(next);

        // A line's end takes slashes along, but no letter and no number.
        if (previous is '\n' or '\r') return char.IsLetter(next) || char.IsNumber(next);

        // White space before a visible character is split by what follows it; everything else ends before a number.
        return char.IsNumber(next) && !char.IsWhiteSpace(previous);
    }

    private static bool IsSafeAfterLetter(ReadOnlySpan<char> text, int at, char previous, char next)
    {
        // Half of a pair of surrogates is no letter here, nor for the pattern, which sees halves too.
        if (char.IsLetter(next))
        {
            // 'll, 're and 've belong to the word before them, in any mixture of cases.
            return char.IsLower(previous) && IsUpper(next) && at > 1 && text[at - 2] != '\'';
        }

        return next != '\'' && !IsMark(next);
    }

    private static bool IsUpper(char character) => CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsMark(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
