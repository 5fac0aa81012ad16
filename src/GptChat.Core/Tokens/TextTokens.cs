using System;
using System.Globalization;
using System.IO;
using System.Threading;

namespace GptChat.Tokens;

/// <summary>
/// Counts the tokens of a text that comes in pieces, in flat memory. The pieces may be cut anywhere; the text is counted as if it
/// had come whole.
/// </summary>
/// <remarks>
/// A run without any border (a million times the same letter, a line of Thai that long) takes the tokenizer a time that grows with the
/// square of its length. Such runs are cut into quarters of what is counted whole, which is quicker still, and the count is an estimate
/// from then on: it may be a token off for every cut.
/// </remarks>
/// <param name="longestRun">The longest run that is counted whole, in characters.</param>
/// <param name="stop">Fires when the user stops.</param>
internal sealed class TextTokens(int longestRun, CancellationToken stop)
{
    /// <summary>The longest run that is counted whole: the worst of that length takes three milliseconds.</summary>
    public const int LongestRun = 1024;

    private const int BufferLength = 16 * 1024;

    // Words of the encoding that stand for the end of a text when OpenAI says them, and for themselves when a user does.
    private static readonly string[] SpecialWords = { "<|endoftext|>", "<|endofprompt|>" };

    private readonly char[] _buffer = new char[Math.Max(BufferLength, 4 * longestRun)];
    private int _filled;

    /// <summary>A counter for text of any kind.</summary>
    public TextTokens(CancellationToken stop = default)
        : this(LongestRun, stop)
    {
    }

    /// <summary>The tokens so far; all of them after <see cref="End"/>.</summary>
    public long Tokens { get; private set; }

    /// <summary>How many characters came.</summary>
    public long Characters { get; private set; }

    /// <summary>Whether the number is that of the encoding, to the token.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Counts a text that is there whole.</summary>
    public static TokenCount Count(string text, CancellationToken stop = default)
    {
        var counter = new TextTokens(stop);
        counter.Add(text.AsSpan());
        return counter.End();
    }

    /// <summary>Counts on with a piece of the text.</summary>
    public void Add(ReadOnlySpan<char> piece)
    {
        Characters += piece.Length;
        while (piece.Length > 0)
        {
            int fits = Math.Min(piece.Length, _buffer.Length - _filled);
            piece.Slice(0, fits).CopyTo(_buffer.AsSpan(_filled));
            _filled += fits;
            piece = piece.Slice(fits);
            if (_filled == _buffer.Length) Drain(isEnd: false);
        }
    }

    /// <summary>Counts on with all that a reader has.</summary>
    public void Add(TextReader reader)
    {
        var piece = new char[BufferLength];
        int read;
        while ((read = reader.Read(piece, 0, piece.Length)) > 0) Add(piece.AsSpan(0, read));
    }

    /// <summary>Counts what is left, and gives the sum.</summary>
    public TokenCount End()
    {
        Drain(isEnd: true);
        return new TokenCount(Tokens, IsExact);
    }

    /// <summary>Counts what can be counted; what may belong to the next piece stays.</summary>
    private void Drain(bool isEnd)
    {
        int at = 0;

        // Two runs are kept: one in which a border is looked for, and as much again, so that a cut is never made for want of text.
        while (_filled - at > (isEnd ? longestRun : 2 * longestRun))
        {
            int end = LastBorder(at, at + longestRun) is var border and > 0 ? border : ForcedCut(at);
            CountSlice(_buffer.AsSpan(at, end - at));
            at = end;
        }

        if (isEnd)
        {
            CountSlice(_buffer.AsSpan(at, _filled - at));
            at = _filled;
        }

        _buffer.AsSpan(at, _filled - at).CopyTo(_buffer);
        _filled -= at;
    }

    /// <summary>The last place before the limit where a cut changes nothing; 0 where there is none.</summary>
    private int LastBorder(int start, int limit)
    {
        ReadOnlySpan<char> text = _buffer.AsSpan(0, _filled);
        for (int at = limit; at > start; at--)
        {
            if (TokenBorders.IsSafe(text, at)) return at;
        }

        return 0;
    }

    /// <summary>Where to cut a run that has no border.</summary>
    private int ForcedCut(int start)
    {
        // Numbers are taken three at a time, from their beginning.
        int threes = longestRun - (longestRun % 3);
        if (AreNumbers(_buffer.AsSpan(start, threes))) return start + threes;
        IsExact = false;
        int end = start + Math.Max(2, longestRun / 4);
        return char.IsLowSurrogate(_buffer[end]) ? end - 1 : end;
    }

    private static bool AreNumbers(ReadOnlySpan<char> run)
    {
        foreach (char character in run)
        {
            if (!char.IsNumber(character)) return false;
        }

        return true;
    }

    private void CountSlice(ReadOnlySpan<char> slice)
    {
        if (slice.IsEmpty) return;
        stop.ThrowIfCancellationRequested();
        if (IsExact && HasUncommonLetter(slice)) IsExact = false;
        foreach (string word in SpecialWords)
        {
            int at = slice.IndexOf(word.AsSpan());
            if (at < 0) continue;

            // Between the bar and the word there is a border, and neither half is special.
            CountSlice(slice.Slice(0, at + 2));
            CountSlice(slice.Slice(at + 2));
            return;
        }

        Tokens += TokenVocabulary.Count(slice);
    }

    /// <summary>
    /// Letters and numbers beyond the first 65,536 characters (rare Chinese characters, letters of mathematics) are no letters for
    /// the tokenizer used here, which sees halves of them; for OpenAI's they are.
    /// </summary>
    private static bool HasUncommonLetter(ReadOnlySpan<char> slice)
    {
        for (int i = 0; i + 1 < slice.Length; i++)
        {
            if (!char.IsSurrogatePair(slice[i], slice[i + 1])) continue;
            if (CharUnicodeInfo.GetUnicodeCategory(slice.Slice(i, 2).ToString(), 0) is <= UnicodeCategory.OtherNumber) return true;
        }

        return false;
    }
}
