using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GptChat.Chunking;
using GptChat.Core.Tests.Fuzzing;
using GptChat.Tokens;
using Xunit;

namespace GptChat.Core.Tests.Chunking;

/// <summary>Texts in pieces: nothing lost, nothing too long, cut where it hurts least.</summary>
public sealed class TextSplitterTests
{
    private static readonly string[] Shreds =
    [
        "word ", "A sentence. ", "Who? ", "line\n", "line\r\n", "\n\n", "\r\n\r\n", "\n", "\r", " ", "   ", "\t", "```\n", "```csharp\n", "~~~\n", "    ```\n", "code();\n", "x", "0123456789",
        "😀", "👍🏽", "\ud83d", "日本語。", "e\u0301", "{\"a\":1}\n", new string('a', 60), "\u2028", "…\n",
    ];

    private static Arbitrary<string> Texts => Gen.Elements(Shreds).ListOf().Select(shreds => string.Concat(shreds)).ToArbitrary();

    private static Arbitrary<(string Text, int Size, int Overlap)> Cases =>
        (from text in Texts.Generator
         from size in Gen.Choose(4, 60)
         from overlap in Gen.Choose(0, size / 2)
         select (text, size, overlap)).ToArbitrary();

    [Fuzz(2000)]
    public Property Pieces_are_the_text_and_none_is_too_long() => Prop.ForAll(Cases, given =>
    {
        (string text, int size, int overlap) = given;
        List<TextPiece> pieces = new TextSplitter(size, overlap, span => span.Length).Split(text);
        Holds(text, pieces, size, overlap, span => span.Length);
    });

    [Fuzz(300)]
    public Property Real_tokens_are_kept_to_the_token() => Prop.ForAll(Cases, given =>
    {
        // A single character has up to a handful of tokens.
        (string text, int size, int overlap) = (given.Text, given.Size + 12, given.Overlap);
        Holds(text, new TextSplitter(size, overlap, Tokens).Split(text), size, overlap, Tokens);
    });

    [Fuzz(500)]
    public Property The_work_grows_with_the_text() => Prop.ForAll(Cases, given =>
    {
        long once = Measured(20);
        Assert.InRange(Measured(40), 0, (3 * once) + 500);

        // With half of each piece overlapping, and cuts that spare the block behind them, a character is measured some twenty times.
        Assert.InRange(once, 0, (30L * 20 * given.Text.Length) + 500);

        long Measured(int times)
        {
            long measured = 0;
            new TextSplitter(given.Size, given.Overlap, span =>
            {
                measured += span.Length;
                return span.Length;
            }).Split(string.Concat(Enumerable.Repeat(given.Text, times)));
            return measured;
        }
    });

    [Theory]
    [InlineData("One paragraph.\n\nAnother one.\n\nA third that is longer.", 36, "One paragraph.\n\nAnother one.\n\n|A third that is longer.")]
    [InlineData("first line\nsecond line\nthird line\n", 26, "first line\nsecond line\n|third line\n")]
    [InlineData("First sentence. Second sentence. Third sentence.", 40, "First sentence. Second sentence. |Third sentence.")]
    [InlineData("これは文です。次の文です。三つ目の文です。", 16, "これは文です。次の文です。|三つ目の文です。")]
    [InlineData("words that go on and on without an end", 18, "words that go on |and on without |an end")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa", 10, "aaaaaaaaa|aaaaaaaaa|aaaaaaa")]
    [InlineData("text\n```\nline one\n\nline two\n```\nmore text here\n", 40, "text\n```\nline one\n\nline two\n```\n|more text here\n")]
    [InlineData("some text before it\n```\nline one\n\nline two\n```\n", 36, "some text before it\n|```\nline one\n\nline two\n```\n")]
    [InlineData("```\na line of code\na line of code\na line of code\n```\n", 36, "```\na line of code\na line of code\n|a line of code\n```\n")]
    [InlineData("a log line\n```\nnever closed\n\nanother\nlast", 30, "a log line\n```\nnever closed\n\n|another\nlast")]
    [InlineData("aaa😀😀😀", 6, "aaa😀|😀😀")]
    [InlineData("aaaaaaa\r\nbbb", 8, "aaaaaaa|\r\nbbb")]
    public void It_is_cut_where_a_reader_would_cut(string text, int size, string expected) =>
        Assert.Equal(expected, string.Join('|', new TextSplitter(size, 0, span => span.Length).Split(text).Select(piece => piece.Of(text))));

    [Theory]
    [InlineData("first line\nsecond line\nthird line\nfourth line\n", 36, 12, "first line\nsecond line\nthird line\n|third line\nfourth line\n")]
    [InlineData("one two three four five six seven", 16, 6, "one two three |three four |four five six |six seven")]
    public void A_piece_begins_with_the_end_of_the_one_before(string text, int size, int overlap, string expected) =>
        Assert.Equal(expected, string.Join('|', new TextSplitter(size, overlap, span => span.Length).Split(text).Select(piece => piece.Of(text))));

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public void What_fits_is_one_piece(string text) => Assert.Equal(text.Length == 0 ? 0 : 1, new TextSplitter(100, 10, span => span.Length).Split(text).Count);

    [Fact]
    public void Ten_million_characters_are_split_with_a_few_measures_of_each()
    {
        var text = new StringBuilder();
        for (int i = 0; text.Length < 10_000_000; i++) text.Append("2026-01-02T03:04:05Z host-").Append(i % 97).Append(" service[").Append(i).Append("]: request took ").Append(i % 1000).Append(" ms\n");
        long measured = 0;
        List<TextPiece> pieces = new TextSplitter(100_000, 200, span =>
        {
            measured += span.Length;
            return span.Length / 3;
        }).Split(text.ToString());
        Assert.InRange(pieces.Count, 33, 40);
        Assert.InRange(measured, 0, 4L * text.Length);
        Assert.All(pieces, piece => Assert.Equal('\n', text[piece.End - 1]));
    }

    private static long Tokens(ReadOnlySpan<char> text)
    {
        var counter = new TextTokens();
        counter.Add(text);
        return counter.End().Tokens;
    }

    private static void Holds(string text, List<TextPiece> pieces, int size, int overlap, TextMeasure measure)
    {
        Assert.Equal(text, string.Concat(pieces.Select(piece => text[piece.OwnStart..piece.End])));
        int before = 0;
        foreach (TextPiece piece in pieces)
        {
            Assert.True(piece.OwnStart == before && piece.End > piece.OwnStart && piece.Start <= piece.OwnStart, "Out of order: " + piece);
            Assert.InRange(measure(text.AsSpan(piece.Start, piece.End - piece.Start)), 0, size);
            Assert.InRange(measure(text.AsSpan(piece.Start, piece.OwnStart - piece.Start)), 0, overlap);
            Assert.False(IsTorn(text, piece.Start) || IsTorn(text, piece.End), "A character is torn: " + piece);
            before = piece.End;
        }
    }

    private static bool IsTorn(string text, int at) =>
        at > 0 && at < text.Length && ((char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at])) || (text[at - 1] == '\r' && text[at] == '\n'));
}
