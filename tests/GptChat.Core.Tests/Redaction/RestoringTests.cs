using System;
using System.Linq;
using GptChat.Redaction;
using Xunit;

namespace GptChat.Core.Tests.Redaction;

/// <summary>Values are put back into answers, whole or in pieces.</summary>
public sealed class RestoringTests
{
    private const string Answer = "Use [SECRET:PASSWORD:1] [x] not [SECRET:PASSWORD:2][SECRET:PASSWORD:1], [SECRET:PASSWORD:9], [SECRET: or [SECRET:PASSWORD:1";
    private const string Restored = "Use alpha-1 [x] not beta-2alpha-1, [SECRET:PASSWORD:9], [SECRET: or [SECRET:PASSWORD:1";

    private readonly RedactionVault _vault = new();

    public RestoringTests() => new Redactor(Corpus.Secrets, _vault, default).Redact("password=alpha-1 pwd=beta-2");

    [Fact]
    public void What_is_known_is_put_back_and_the_rest_stays() => Assert.Equal(Restored, _vault.Restore(Answer));

    [Fact]
    public void A_text_that_comes_in_two_pieces_cut_anywhere_is_the_same()
    {
        for (int cut = 0; cut <= Answer.Length; cut++) Assert.Equal(Restored, Pieces(Answer[..cut], Answer[cut..]));
    }

    [Fact]
    public void A_text_that_comes_letter_by_letter_is_the_same() => Assert.Equal(Restored, Pieces(Answer.Select(letter => letter.ToString()).ToArray()));

    [Fact]
    public void Nothing_waits_that_can_be_no_placeholder()
    {
        var stream = new RestoringStream(_vault);
        Assert.Equal("a [b", stream.Push("a [b"));
        Assert.Equal("c ", stream.Push("c ["));
        Assert.Equal("[SE x", stream.Push("SE x"));
    }

    [Fact]
    public void Each_choice_is_put_together_for_itself()
    {
        var answer = new AnswerRestoring(_vault);
        GptChunk[] chunks =
        [
            new() { Text = "0 [SECRET:PASS", Index = 0 }, new() { Text = "1 [SECRET:PASSWORD:2", Index = 1 }, new() { Text = "WORD:1]", Index = 0 }, new() { Text = "] [", Index = 1 }, new() { Response = new GptResponse() },
        ];
        GptChunk[] restored = [.. chunks.SelectMany(answer.Restored)];
        Assert.Equal("0 alpha-1", string.Concat(restored.Where(chunk => chunk.Index == 0).Select(chunk => chunk.Text)));
        Assert.Equal("1 beta-2 [", string.Concat(restored.Where(chunk => chunk.Index == 1).Select(chunk => chunk.Text)));
        Assert.NotNull(restored[^1].Response);
    }

    private string Pieces(params string[] pieces)
    {
        var stream = new RestoringStream(_vault);
        return string.Concat(pieces.Select(stream.Push)) + stream.End();
    }
}
