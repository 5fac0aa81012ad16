using System;

namespace GptChat.Chunking;

/// <summary>
/// Chooses where to cut a text: between paragraphs, else between lines, sentences, words, and at last anywhere but inside a
/// character. A block of code is torn only where it is longer than a piece.
/// </summary>
internal sealed class TextBorders(string text)
{
    private readonly FencedBlocks _blocks = new(text);

    /// <summary>The best place to cut after the beginning of a piece and not after its limit.</summary>
    /// <param name="start">Where the piece begins.</param>
    /// <param name="limit">The last place where it may end.</param>
    /// <returns>A place after the beginning; the limit itself where nothing better is in the second half.</returns>
    public int Before(int start, int limit)
    {
        // Better a short piece than a torn block; a block that is longer than a whole piece is torn anyway.
        if (_blocks.At(limit) is { } block && block.Start > start && block.End - block.Start <= limit - start) return block.Start;

        // In the first half a cut would double the number of requests.
        int middle = start + ((limit - start) / 2);
        return Last(middle, limit, IsParagraph) ?? Last(middle, limit, IsLineOutsideBlocks) ?? Last(middle, limit, IsLine) ?? Last(middle, limit, IsSentence)
            ?? Last(middle, limit, IsWord) ?? Last(start, middle, IsLine) ?? limit;
    }

    /// <summary>The first place from one on, before a limit, where a line begins, else a word; the place itself where there is none.</summary>
    public int After(int place, int limit)
    {
        if (place == 0 || IsLine(place)) return place;
        int line = text.IndexOf('\n', place, limit - place);
        if (line >= 0 && line + 1 < limit) return line + 1;
        for (int at = place; at < limit; at++)
        {
            if (IsWord(at)) return at;
        }

        return Whole(place);
    }

    /// <summary>The place itself, or the one before it where it would tear a character or the end of a line.</summary>
    public int Whole(int place)
    {
        if (place <= 0 || place >= text.Length) return place;
        bool isTorn = (char.IsLowSurrogate(text[place]) && char.IsHighSurrogate(text[place - 1])) || (text[place] == '\n' && text[place - 1] == '\r');
        return isTorn ? place - 1 : place;
    }

    /// <summary>The last place after one and up to another where it can be cut.</summary>
    private static int? Last(int after, int upTo, Func<int, bool> isBorder)
    {
        for (int at = upTo; at > after; at--)
        {
            if (isBorder(at)) return at;
        }

        return null;
    }

    private bool IsLine(int at) => text[at - 1] == '\n';

    private bool IsLineOutsideBlocks(int at) => IsLine(at) && _blocks.At(at) is null;

    /// <summary>After a blank line, outside blocks of code.</summary>
    private bool IsParagraph(int at)
    {
        if (!IsLine(at)) return false;
        int before = at - 2;
        while (before >= 0 && text[before] is ' ' or '\t' or '\r') before--;
        return before >= 0 && text[before] == '\n' && (at == text.Length || text[at] != '\n') && _blocks.At(at) is null;
    }

    private bool IsSentence(int at)
    {
        if (text[at - 1] is '。' or '！' or '？') return true;
        return at >= 2 && char.IsWhiteSpace(text[at - 1]) && text[at - 2] is '.' or '!' or '?' or ';' or ':' or '…' && (at == text.Length || !char.IsWhiteSpace(text[at]));
    }

    private bool IsWord(int at) => char.IsWhiteSpace(text[at - 1]) && (at == text.Length || !char.IsWhiteSpace(text[at]));
}
