using System;
using System.Collections.Generic;

namespace GptChat.Chunking;

/// <summary>
/// Splits a text into pieces of so many tokens at most, at the best borders, each beginning with some of the end of the one before
/// it. The work grows with the length of the text: every piece is measured a few times, whatever follows it.
/// </summary>
/// <param name="size">The most tokens of a piece, overlap included.</param>
/// <param name="overlap">The most tokens of it that the piece before it has too; at most half of the size.</param>
/// <param name="measure">Counts tokens.</param>
internal sealed class TextSplitter(int size, int overlap, TextMeasure measure)
{
    private const double UsualCharactersPerToken = 4;
    private const double MostCharactersPerToken = 16;

    // A piece that is nearly full is full: another measure would cost as much as the whole piece.
    private const double Full = 0.9;
    private const double Margin = 0.97;
    private const int MostGuesses = 6;

    private double _charactersPerToken = UsualCharactersPerToken;

    /// <summary>Splits it.</summary>
    /// <returns>Pieces whose own parts, put together, are the text; none for an empty one.</returns>
    public List<TextPiece> Split(string text)
    {
        var pieces = new List<TextPiece>();
        var borders = new TextBorders(text);
        int start = 0;
        int own = 0;
        while (own < text.Length)
        {
            int limit = Limit(text, borders, start, own);
            int end = limit == text.Length ? limit : borders.Before(own, limit);
            pieces.Add(new TextPiece(start, own, end));
            start = end == text.Length ? end : OverlapBefore(text, borders, own, end);
            own = end;
        }

        return pieces;
    }

    /// <summary>A place up to which a piece can go that begins at the start: nearly as far as can be, and always further than before.</summary>
    private int Limit(string text, TextBorders borders, int start, int own)
    {
        int fits = own;
        int tooFar = text.Length + 1;
        int guess = Guess(start, (long)(size * Margin), text.Length);
        for (int guesses = 0; ; guesses++)
        {
            // Never half a character; at least one whole.
            guess = borders.Whole(Math.Min(Math.Max(guess, fits + 1), Math.Min(tooFar - 1, text.Length)));
            if (guess <= fits)
            {
                if (fits > own) return fits;
                guess = Next(text, own);
                if (guess >= tooFar) return guess;
            }

            bool isGuessing = guesses < MostGuesses;
            if (Measure(text, start, guess) is var tokens && tokens <= size)
            {
                fits = guess;
                int further = Math.Min(Guess(start, (long)(size * Margin), text.Length), start + (2 * (guess - start)));
                if (guess == text.Length || tokens >= size * Full || further <= fits || !isGuessing) return fits;
                guess = further < tooFar ? further : fits + ((tooFar - fits) / 2);
            }
            else
            {
                // Density changes along a text; what does not converge is halved.
                tooFar = guess;
                int nearer = Guess(start, (long)(size * Margin), text.Length);
                guess = nearer > fits && nearer < tooFar && isGuessing ? nearer : fits + ((tooFar - fits) / 2);
            }

            if (guess <= fits && fits > own) return fits;
        }
    }

    /// <summary>Where the piece after a cut begins.</summary>
    private int OverlapBefore(string text, TextBorders borders, int own, int end)
    {
        if (overlap == 0) return end;
        int length = (int)Math.Min(end - own, overlap * _charactersPerToken);
        for (int guesses = 0; length > 0 && guesses < 2 * MostGuesses; guesses++)
        {
            int start = borders.After(borders.Whole(end - length), end);
            if (start >= own && start < end && measure(text.AsSpan(start, end - start)) <= overlap) return start;
            length /= 2;
        }

        return end;
    }

    private int Guess(int start, long tokens, int length) => (int)Math.Min(length, start + Math.Max(1, tokens * _charactersPerToken));

    private long Measure(string text, int start, int end)
    {
        long tokens = measure(text.AsSpan(start, end - start));

        // What is dense may follow what is thin: a guess that is far too long would be measured in vain.
        _charactersPerToken = Math.Min((end - start) / (double)Math.Max(1, tokens), MostCharactersPerToken);
        return tokens;
    }

    /// <summary>The end of the character at a place.</summary>
    private static int Next(string text, int place)
    {
        bool isPair = place + 1 < text.Length && ((char.IsHighSurrogate(text[place]) && char.IsLowSurrogate(text[place + 1])) || (text[place] == '\r' && text[place + 1] == '\n'));
        return place + (isPair ? 2 : 1);
    }
}
