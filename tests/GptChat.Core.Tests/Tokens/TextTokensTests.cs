using System;
using System.IO;
using System.Linq;
using System.Threading;
using FsCheck;
using FsCheck.Fluent;
using GptChat.Core.Tests.Fuzzing;
using GptChat.Tokens;
using Xunit;

namespace GptChat.Core.Tests.Tokens;

/// <summary>The tokens of texts: exact, in pieces as in one, and in bounded time whatever the text.</summary>
public sealed class TextTokensTests
{
    private static readonly string[] Shreds =
    [
        "word", "Word", "WORD", "camelCase", "aB", "'s", "'LL", "'lL", "x'rE", "don't", "'", "''", "123", "1", "4567890", "½", "²", " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", " \n ", "\r",
        ".", ",", "!?", "//", "/", "\n/", "\n//x", "--", "===", "(", ")", "{\"a\":", "é", "e\u0301", "\u0301", "ª", "ǅ", "ʰ", "日本語", "文", "。", "ไทย", "اللغة", "हिन्दी", "😀", "👍🏽", "1\u0301",
        "\u00a0", "\u2028", "\u3000", "\u200d", "<|", "|>", "_", "$", "€", "\u0000", "\u0085", "ß", "ſ", "'ſ",
    ];

    /// <summary>Texts made of what the pattern tells apart, in any order.</summary>
    private static Arbitrary<string> Texts => Gen.Elements(Shreds).ListOf().Select(shreds => string.Concat(shreds)).ToArbitrary();

    [Fact]
    public void What_the_library_has_for_other_models_is_not_needed()
    {
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "Google.Protobuf.dll")));
        Assert.Equal(2, TokenVocabulary.Count("hello world"));
    }

    [Fuzz(2000)]
    public Property A_text_that_is_cut_into_slices_has_the_tokens_of_the_whole() => Prop.ForAll(Texts, text =>
    {
        // Runs of eight make for many cuts in short texts; where one had to be forced, the count says that it is an estimate.
        var counter = new TextTokens(8, CancellationToken.None);
        foreach (char character in text) counter.Add([character]);
        TokenCount count = counter.End();
        Assert.Equal(text.Length, counter.Characters);
        if (count.IsExact) Assert.Equal(TokenVocabulary.Count(text), count.Tokens);
    });

    [Fuzz(300)]
    public Property A_cut_at_any_border_changes_nothing() => Prop.ForAll(Texts, text =>
    {
        int whole = TokenVocabulary.Count(text);
        for (int at = 1; at < text.Length; at++)
        {
            if (!TokenBorders.IsSafe(text, at)) continue;
            int parts = TokenVocabulary.Count(text.AsSpan(0, at)) + TokenVocabulary.Count(text.AsSpan(at));
            Assert.True(whole == parts, $"cut of {whole} tokens before '{text[at]}' at {at} gives {parts}: {text}");
        }
    });

    [Theory]
    [InlineData("", 0)]
    [InlineData("Hello", 1)]
    [InlineData("What are the three laws of thermodynamics?", 9)]
    [InlineData("<|endoftext|>", 7)]
    [InlineData("a<|endofprompt|>b", 9)]
    public void Known_texts_have_their_tokens(string text, int tokens) => Assert.Equal(new TokenCount(tokens, IsExact: true), TextTokens.Count(text));

    [Fact]
    public void Words_that_are_special_to_the_encoding_are_text_wherever_they_are_cut()
    {
        string text = string.Concat(Enumerable.Repeat("some text <|endoftext|> and more, <|endofprompt|>; ", 2000));
        long expected = TokenVocabulary.Count("some text <|") + TokenVocabulary.Count("endoftext|> and more, <|") + TokenVocabulary.Count("endofprompt|>;");
        var counter = new TextTokens();
        counter.Add(new StringReader(text));
        long perRound = (counter.End().Tokens - TokenVocabulary.Count(" ")) / 2000;
        Assert.Equal(expected, perRound);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('=')]
    [InlineData(' ')]
    [InlineData('文')]
    [InlineData('A')]
    public void A_run_without_border_is_counted_nearly_and_says_so(char character)
    {
        // As long as is still counted whole in no time.
        var run = new string(character, 5000);
        TokenCount count = TextTokens.Count(run);
        int exact = TokenVocabulary.Count(run);
        Assert.False(count.IsExact);
        Assert.InRange(count.Tokens, exact, exact + 10);
    }

    [Fact]
    public void A_run_of_digits_is_exact_however_long()
    {
        var digits = new string('7', 5003);
        Assert.Equal(new TokenCount(TokenVocabulary.Count(digits), IsExact: true), TextTokens.Count(digits));
    }

    [Fact]
    public void Letters_that_the_tokenizer_sees_by_halves_are_an_estimate()
    {
        Assert.False(TextTokens.Count("𠀀𠀁 rare").IsExact);
        Assert.True(TextTokens.Count("😀 is common").IsExact);
    }

    [Fact]
    public void Counting_stops_between_slices()
    {
        using var stop = new CancellationTokenSource();
        var counter = new TextTokens(stop.Token);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => counter.Add(new string('a', 100_000)));
    }
}
