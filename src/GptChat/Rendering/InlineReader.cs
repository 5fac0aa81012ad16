using System.Collections.Generic;

namespace GptChat.Rendering;

/// <summary>What became of a marker.</summary>
internal enum InlineOutcome
{
    /// <summary>More text decides.</summary>
    Open,

    /// <summary>It is no marker but text.</summary>
    Text,

    /// <summary>A whole span was read.</summary>
    Span,
}

/// <summary>
/// Reads spans of one line: code, emphasis, links, escapes. What is not closed on its line stays as it was written, and a star or an
/// underscore within a word is no marker, since file names and formulas have them.
/// </summary>
internal sealed class InlineReader(string text, bool isWhole)
{
    private const int MostNesting = 12;

    // What was found not to begin a span, so that many open markers do not make each other be read again and again.
    private readonly HashSet<int> _noSpans = new();

    /// <summary>Whether a character may begin a span.</summary>
    public static bool IsMarker(char character) => character is '*' or '_' or '~' or '`' or '[' or '!' or '\\';

    /// <summary>Reads what begins with a marker.</summary>
    /// <param name="at">Where it stands.</param>
    /// <param name="before">The character before it; a space where there is none.</param>
    /// <param name="ink">The ink of the text around it.</param>
    /// <param name="into">Gets the pieces, if it is a span.</param>
    /// <param name="depth">How many spans are around it.</param>
    /// <returns>What it is, and how many characters that takes.</returns>
    public (InlineOutcome Outcome, int Length) Read(int at, char before, Ink ink, List<(string Text, Ink Ink)> into, int depth = 0)
    {
        int run = Run(at);
        if (_noSpans.Contains(at) || depth > MostNesting) return (InlineOutcome.Text, run);
        int count = into.Count;
        (InlineOutcome outcome, int length) = text[at] switch
        {
            '\\' => Escape(at, ink, into),
            '`' => Code(at, run, ink, into),
            '[' => Link(at, 1, ink, into, depth),
            '!' => Image(at, ink, into, depth),
            _ => Emphasis(at, run, before, ink, into, depth),
        };
        if (outcome == InlineOutcome.Open && !isWhole) return (outcome, 0);
        if (outcome == InlineOutcome.Span) return (outcome, length);
        _noSpans.Add(at);
        into.RemoveRange(count, into.Count - count);
        return (InlineOutcome.Text, run);
    }

    private (InlineOutcome, int) Escape(int at, Ink ink, List<(string, Ink)> into)
    {
        if (at + 1 == text.Length) return (InlineOutcome.Open, 0);

        // A pair of backslashes stays: in answers about computers it begins the path of a share far more often than it is an escape.
        if ("`*_~[]|#<>".IndexOf(text[at + 1]) < 0) return (InlineOutcome.Text, 0);
        into.Add((text[at + 1].ToString(), ink));
        return (InlineOutcome.Span, 2);
    }

    private (InlineOutcome, int) Code(int at, int run, Ink ink, List<(string, Ink)> into)
    {
        int start = at + run;
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] != '`') continue;
            int closing = Run(i);
            if (i + closing == text.Length && !isWhole) return (InlineOutcome.Open, 0);
            if (closing == run)
            {
                string code = text.Substring(start, i - start);
                bool isPadded = code.Length > 2 && code[0] == ' ' && code[code.Length - 1] == ' ';
                into.Add((isPadded ? code.Substring(1, code.Length - 2) : code, ink.In(Ink.Code.Color)));
                return (InlineOutcome.Span, i + closing - at);
            }

            i += closing - 1;
        }

        return (InlineOutcome.Open, 0);
    }

    private (InlineOutcome, int) Emphasis(int at, int run, char before, Ink ink, List<(string, Ink)> into, int depth)
    {
        char mark = text[at];
        int start = at + run;
        if (start == text.Length) return (InlineOutcome.Open, 0);
        if (run > 3 || (mark == '~' && run != 2)) return (InlineOutcome.Text, 0);
        bool joinsWords = mark == '~' || (mark == '*' && run > 1);
        char next = text[start];
        bool opens = !char.IsWhiteSpace(next) && (!char.IsPunctuation(next) || !IsWord(before)) && (joinsWords || !IsWord(before));
        if (!opens) return (InlineOutcome.Text, 0);
        Ink inner = mark == '~' ? ink.With(InkForm.Strike) : ink.With(run switch { 1 => InkForm.Italic, 2 => InkForm.Bold, _ => InkForm.Bold | InkForm.Italic });
        for (int i = start; i < text.Length;)
        {
            if (text[i] == mark && i > start)
            {
                int closing = Run(i);
                if (i + closing == text.Length && !isWhole) return (InlineOutcome.Open, 0);
                char after = i + closing < text.Length ? text[i + closing] : ' ';
                bool isLong = closing >= run && !(run == 1 && closing == 2);
                if (isLong && !char.IsWhiteSpace(text[i - 1]) && (joinsWords || closing > run || !IsWord(after))) return (InlineOutcome.Span, i + run - at);
            }

            int length = Inner(i, inner, into, depth);
            if (length == 0) return (InlineOutcome.Open, 0);
            i += length;
        }

        return (InlineOutcome.Open, 0);
    }

    private (InlineOutcome, int) Image(int at, Ink ink, List<(string, Ink)> into, int depth)
    {
        if (at + 1 == text.Length) return (InlineOutcome.Open, 0);
        return text[at + 1] == '[' ? Link(at, 2, ink, into, depth) : (InlineOutcome.Text, 0);
    }

    private (InlineOutcome, int) Link(int at, int opening, Ink ink, List<(string Text, Ink Ink)> into, int depth)
    {
        int start = at + opening;
        int i = start;
        while (i < text.Length && text[i] != ']')
        {
            int length = Inner(i, ink.With(InkForm.Underline), into, depth);
            if (length == 0) return (InlineOutcome.Open, 0);
            i += length;
        }

        if (i + 1 >= text.Length) return (InlineOutcome.Open, 0);
        if (text[i + 1] != '(') return (InlineOutcome.Text, 0);
        int address = i + 2;
        int open = 1;
        for (int end = address; end < text.Length; end++)
        {
            if (text[end] == '(') open++;
            if (text[end] != ')' || --open > 0) continue;
            string target = text.Substring(address, end - address);
            bool isSame = string.CompareOrdinal(text, start, target, 0, i - start) == 0 && target.Length == i - start;
            if (!isSame && target.Length > 0) into.Add(((i > start ? " (" : "(") + target + ")", ink.In(Ink.Mark.Color)));
            return (InlineOutcome.Span, end + 1 - at);
        }

        return (InlineOutcome.Open, 0);
    }

    /// <summary>Reads a character, or a span, within a span; 0 if more text decides.</summary>
    private int Inner(int at, Ink ink, List<(string, Ink)> into, int depth)
    {
        if (!IsMarker(text[at]))
        {
            into.Add((text[at].ToString(), ink));
            return 1;
        }

        (InlineOutcome outcome, int length) = Read(at, text[at - 1], ink, into, depth + 1);
        if (outcome == InlineOutcome.Text) into.Add((text.Substring(at, length), ink));
        return length;
    }

    /// <summary>How many of the same marker stand here; brackets and escapes stand alone.</summary>
    private int Run(int at)
    {
        if (text[at] is '[' or '!' or '\\') return 1;
        int end = at;
        while (end < text.Length && text[end] == text[at]) end++;
        return end - at;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) && !CellWidth.IsWide(character);
}
