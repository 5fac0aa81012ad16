using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Streaming;

/// <summary>How events are told apart, however their bytes arrive.</summary>
public sealed class EventFramingTests
{
    private static readonly string Short = InMemory.TextStream("Hé", "llo ", "• 😀", " −", "’s");

    public static TheoryData<string> LineEnds => ["\n", "\r", "\r\n", "mixed"];

    [Theory]
    [MemberData(nameof(LineEnds))]
    public async Task Any_line_end_gives_the_same_answer_wherever_the_stream_is_split(string lineEnd)
    {
        Outcome expected = await InMemory.StreamAsync(Short);
        Assert.Equal("Héllo • 😀 −’s", expected.Response.Content);
        byte[] bytes = Encoding.UTF8.GetBytes(WithLineEnds(Short, lineEnd));
        string whole = Projection.Of(expected.Response);
        for (int at = 0; at <= bytes.Length; at++)
        {
            Outcome split = await InMemory.AnswerAsync(PieceStream.At(at, bytes));
            Assert.Equal(whole, Projection.Of(split.Response));
            Assert.Equal(expected.Chunks.Count, split.Chunks.Count);
        }
    }

    [Theory]
    [MemberData(nameof(LineEnds))]
    public async Task A_stream_that_comes_byte_by_byte_gives_the_same_answer(string lineEnd)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(WithLineEnds(Fixture.Text(Fixture.Stream), lineEnd));
        Outcome expected = await InMemory.StreamAsync(Fixture.Text(Fixture.Stream));
        for (int size = 1; size <= 64; size = (size * 2) + 1)
        {
            Outcome pieces = await InMemory.AnswerAsync(new PieceStream(bytes.Chunk(size).Select(piece => new ReadOnlyMemory<byte>(piece))) { IsSlow = size == 1 });
            Assert.Equal(Projection.Of(expected.Response), Projection.Of(pieces.Response));
            Assert.Equal(expected.Chunks.Count, pieces.Chunks.Count);
        }
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_cost_the_first_event_even_if_split()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Short)];
        string whole = Projection.Of((await InMemory.StreamAsync(Short)).Response);
        for (int at = 0; at < 12; at++) Assert.Equal(whole, Projection.Of((await InMemory.AnswerAsync(PieceStream.At(at, bytes))).Response));
        PieceStream inThree = new([bytes.AsMemory(0, 1), bytes.AsMemory(1, 1), bytes.AsMemory(2, 1), bytes.AsMemory(3)]);
        Assert.Equal(whole, Projection.Of((await InMemory.AnswerAsync(inThree)).Response));
    }

    [Fact]
    public async Task Comments_before_and_between_events_are_ignored()
    {
        StringBuilder body = new();
        for (int i = 0; i < 10_000; i++) body.Append(i % 2 == 0 ? ": OPENROUTER PROCESSING\n\n" : ":\n\n");
        body.Append(Payloads.Event(Payloads.ContentChunk("a"))).Append(":\n: keep-alive\n\n").Append(Payloads.Event(Payloads.ContentChunk("b")));
        body.Append(InMemory.Events(Payloads.FinishChunk(), Payloads.Done));
        Outcome outcome = await InMemory.StreamAsync(body.ToString());
        Assert.Equal("ab", outcome.Response.Content);
    }

    [Theory]
    [InlineData("data:")]
    [InlineData("data:  ")]
    [InlineData("id: 1\nretry: 5\n data: nothing\nDATA: nothing\ndata: ")]
    public async Task The_space_after_the_colon_and_other_fields_do_not_matter(string before)
    {
        Outcome outcome = await InMemory.StreamAsync(before + Payloads.ContentChunk("a") + "\n\n" + InMemory.Events(Payloads.FinishChunk(), Payloads.Done));
        Assert.Equal("a", outcome.Response.Content);
    }

    [Fact]
    public async Task Json_spread_over_several_data_lines_is_one_event()
    {
        const string Body = "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"a\"},\ndata:\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        Outcome outcome = await InMemory.StreamAsync(Body);
        Assert.Equal("a", outcome.Response.Content);
    }

    [Fact]
    public async Task Only_real_line_ends_end_a_line()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Deltas("{\"content\":\"a\u2028b\u2029c\u0085d\"}", """{"content":"\u0000\r\n\u000b"}"""));
        Assert.Equal("a\u2028b\u2029c\u0085d\0\r\n\v", outcome.Response.Content);
        Assert.Equal(3, outcome.Chunks.Count);
    }

    [Fact]
    public async Task Malformed_utf8_becomes_replacement_characters()
    {
        byte[] bytes = [.. "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a"u8, 0xFF, 0xE2, 0x80, .. "b\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"u8];
        Outcome outcome = await InMemory.AnswerAsync(PieceStream.Whole(bytes));
        Assert.Equal("a\uFFFD\uFFFDb", outcome.Response.Content);
    }

    [Fact]
    public async Task Malformed_utf8_in_a_member_that_nobody_knows_does_no_harm()
    {
        byte[] chunk = [.. "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"odd\":{\"x"u8, 0xFF, .. "\":\"y"u8, 0xE2, .. "\"}}"u8];
        Outcome stream = await InMemory.AnswerAsync(PieceStream.Whole([.. "data: "u8, .. chunk, .. "\n\n"u8]));
        Outcome plain = await InMemory.AnswerAsync(PieceStream.Whole(chunk), InMemory.Json);
        foreach (Outcome outcome in new[] { stream, plain })
        {
            KeyValuePair<string, object?> odd = Assert.Single(Assert.IsType<Dictionary<string, object?>>(outcome.Response.ExtensionData["odd"]));
            Assert.Equal(("x\uFFFD", "y\uFFFD"), (odd.Key, odd.Value));
        }
    }

    private static string WithLineEnds(string text, string lineEnd)
    {
        if (lineEnd != "mixed") return text.Replace("\n", lineEnd, StringComparison.Ordinal);
        string[] ends = ["\r\n", "\n", "\r"];
        int next = 0;
        return string.Concat(text.Select(c => c == '\n' ? ends[next++ % ends.Length] : c.ToString()));
    }
}
