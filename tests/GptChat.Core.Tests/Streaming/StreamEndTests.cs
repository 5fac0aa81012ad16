using System;
using System.Text;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Streaming;

/// <summary>How a stream may end, and what each ending means.</summary>
public sealed class StreamEndTests
{
    private static readonly string Unfinished = InMemory.Events(Payloads.RoleChunk(), Payloads.ContentChunk("Hel"), Payloads.ContentChunk("lo"));
    private static readonly string Finished = Unfinished + InMemory.Events(Payloads.FinishChunk());

    [Theory]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data: [DONE]\n")]
    [InlineData("data: [DONE]\r")]
    [InlineData("data: [DONE]")]
    [InlineData("data:[DONE]")]
    public async Task The_mark_of_the_end_needs_no_blank_line(string end)
    {
        Outcome outcome = await InMemory.StreamAsync(Unfinished + end);
        Assert.Equal("Hello", outcome.Response.Content);
        Assert.Null(outcome.Response.FinishReason);
    }

    [Theory]
    [InlineData("\n\n")]
    [InlineData("\n")]
    [InlineData("")]
    public async Task A_last_event_without_blank_line_counts(string end)
    {
        Outcome outcome = await InMemory.StreamAsync(Unfinished + "data: " + Payloads.FinishChunk() + end);
        Assert.Equal("stop", outcome.Response.FinishReason);
    }

    [Fact]
    public async Task A_finish_reason_ends_a_stream_without_the_mark() =>
        Assert.Equal("Hello", (await InMemory.StreamAsync(Finished)).Response.Content);

    [Fact]
    public async Task An_end_without_reason_is_a_truncation_that_keeps_the_text()
    {
        Outcome outcome = await InMemory.StreamAsync(Unfinished);
        Assert.Equal("Hello", outcome.FailedAs(GptErrorKind.Truncated).PartialText);
        Assert.Equal("Hello", outcome.Text);
    }

    [Fact]
    public async Task A_break_is_a_truncation_that_keeps_the_text_even_after_a_finish_reason_of_another_choice()
    {
        string body = Finished + InMemory.Events("""{"choices":[{"index":1,"delta":{"content":"x"}}]}""");
        Outcome outcome = await InMemory.AnswerAsync(new PieceStream([Encoding.UTF8.GetBytes(body)]) { Ending = PieceStream.Break });
        Assert.Equal("Hello", outcome.FailedAs(GptErrorKind.Truncated).PartialText);
    }

    [Fact]
    public async Task A_stream_cut_at_any_byte_is_an_answer_or_a_truncation()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(InMemory.TextStream("Hé", " 😀"));
        string whole = Projection.Of((await InMemory.AnswerAsync(PieceStream.Whole(bytes))).Response);
        int finish = Encoding.UTF8.GetByteCount(InMemory.Events(Payloads.RoleChunk(), Payloads.ContentChunk("Hé"), Payloads.ContentChunk(" 😀"), Payloads.FinishChunk())) - 2;
        for (int length = "data: {".Length; length < bytes.Length; length++)
        {
            Outcome cut = await InMemory.AnswerAsync(PieceStream.Whole(bytes[..length]));
            if (length < finish) Assert.StartsWith(cut.FailedAs(GptErrorKind.Truncated).PartialText ?? "", "Hé 😀", StringComparison.Ordinal);
            else Assert.Equal("Hé 😀", cut.Response.Content);
        }

        Assert.Contains("\"usage\"", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_in_the_first_event_shows_nothing_of_it()
    {
        Outcome outcome = await InMemory.StreamAsync("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"private");
        Assert.DoesNotContain("private", outcome.FailedAs(GptErrorKind.Truncated).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_the_mark_is_ignored()
    {
        Outcome outcome = await InMemory.StreamAsync(Finished + InMemory.Events(Payloads.Done, Payloads.ContentChunk("!"), Payloads.Error("boom")));
        Assert.Equal("Hello", outcome.Response.Content);
    }

    [Theory]
    [InlineData("[DONE] ")]
    [InlineData("[DONE]x")]
    [InlineData("[done]")]
    [InlineData("[DONE]\ndata: {}")]
    [InlineData("{\"choices\":")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    public async Task What_is_neither_chunk_nor_mark_is_malformed_and_not_shown(string data)
    {
        Outcome outcome = await InMemory.StreamAsync(Unfinished + InMemory.Events(data) + InMemory.Events(Payloads.Done));
        GptChatException failure = outcome.FailedAs(GptErrorKind.MalformedResponse);
        Assert.Equal("Hello", failure.PartialText);
        Assert.DoesNotContain("DONE", failure.Message.ToUpperInvariant(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_without_a_byte_is_an_empty_answer() =>
        (await InMemory.StreamAsync("")).FailedAs(GptErrorKind.EmptyResponse);

    [Fact]
    public async Task A_stream_of_the_mark_alone_is_an_empty_answer() =>
        (await InMemory.StreamAsync(InMemory.Events(Payloads.Done))).FailedAs(GptErrorKind.EmptyResponse);

    [Fact]
    public async Task Half_a_character_at_the_end_is_kept_in_the_partial_text()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Events(Payloads.ContentChunk("a\ud83d")));
        Assert.Equal("a\ud83d", outcome.FailedAs(GptErrorKind.Truncated).PartialText);
        Assert.Equal("a", outcome.Text);
    }
}
