using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using GptChat.Streaming;
using GptChat.TestServer;
using GptChat.Tests.Counting;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Growth;

/// <summary>A streamed answer costs what comes, however much that is and whatever its pieces hold.</summary>
public sealed class StreamGrowthTests
{
    [Theory]
    [InlineData("""{"content":" word"}""")]
    [InlineData("""{"content":[{"type":"text","text":" word"}]}""")]
    [InlineData("""{"refusal":" no"}""")]
    [InlineData("""{"reasoning":" because","reasoning_content":" why"}""")]
    [InlineData("""{"audio":{"id":"a","transcript":" word","data":"QUJD"}}""")]
    [InlineData("""{"tool_calls":[{"index":0,"function":{"arguments":" 1"}}]}""")]
    [InlineData("""{"tool_calls":[{"id":"c@","type":"function","function":{"name":"n","arguments":"{}"}}]}""")]
    [InlineData("""{"function_call":{"arguments":" 1"}}""")]
    [InlineData("""{"annotations":[{"type":"url_citation"}]}""")]
    [InlineData("""{"later":" word"}""")]
    [InlineData("""{"later":[{"text":" word"}]}""")]
    public void Pieces_of_any_kind(string delta) => Cost.AllocatesLinearly(100, count => Reading(Body(Enumerable.Range(0, count).Select(i => Payloads.Chunk(delta.Replace("@", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal))))));

    [Fact]
    public void Tokens_with_their_probabilities() => Cost.AllocatesLinearly(100, count => Reading(Body(Enumerable.Repeat(
        """{"choices":[{"index":0,"delta":{"content":"a"},"logprobs":{"content":[{"token":"a","logprob":-0.1,"bytes":[97],"top_logprobs":[]}]}}]}""", count))));

    [Fact]
    public void Choices_beside_each_other() => Cost.AllocatesLinearly(1, count => Reading(Body(Enumerable.Range(0, 100 * count).Select(i => $$$"""{"choices":[{"index":{{{i % count}}},"delta":{"content":" word"}}]}"""), count)));

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(64)]
    public void One_piece_that_is_large(int pieceSize) => Cost.AllocatesLinearly(10_000, length => Reading(Body([Payloads.ContentChunk(new string('a', length))]), pieceSize));

    [Fact]
    public void A_plain_answer() => Cost.AllocatesLinearly(10_000, length =>
    {
        byte[] body = Encoding.UTF8.GetBytes(InMemory.Plain($$"""{"role":"assistant","content":"{{new string('a', length)}}"}"""));
        return async () => Assert.Equal(length, (await InMemory.AnswerAsync(PieceStream.Every(1024, body), InMemory.Json, asksForStream: false)).Response.Content!.Length);
    });

    [Fact]
    public void What_came_before_a_failure_is_put_together_once() => Cost.AllocatesLinearly(100, count =>
    {
        byte[] body = Encoding.UTF8.GetBytes(InMemory.Events([.. Enumerable.Repeat(Payloads.ContentChunk(" word"), count), Payloads.Error("Broken.")]));
        return async () => Assert.Equal(count * 5, (await InMemory.AnswerAsync(PieceStream.Whole(body))).Failure!.PartialText!.Length);
    });

    [Fact]
    public async Task Pieces_of_members_that_are_not_known_are_not_compared_with_all_before_them() => await Hangs(() =>
    {
        JsonElement piece = JsonElement.Parse("\"a\"");
        var merger = new MemberMerger(joins: true);
        for (int i = 0; i < 2_000_000; i++) merger.Add(new Dictionary<string, JsonElement> { ["later"] = piece });
        Assert.Equal(2_000_000, merger.Build()!["later"].GetString()!.Length);
    });

    [Fact]
    public async Task Calls_of_tools_are_not_compared_with_all_before_them() => await Hangs(() =>
    {
        var calls = new ToolCallAssembler();
        for (int i = 0; i < 400_000; i++) calls.Add(new ToolCallFragment { Id = "call_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal(400_000, calls.Build()!.Count);
    });

    // Compared with all before them, these would take many minutes.
    private static Task Hangs(Action work) => Task.Run(work).WaitAsync(TimeSpan.FromSeconds(60));

    private static byte[] Body(IEnumerable<string> events, int choices = 1) => Encoding.UTF8.GetBytes(InMemory.Events(
        [.. events, .. Enumerable.Range(0, choices).Select(i => $$$"""{"choices":[{"index":{{{i}}},"delta":{},"finish_reason":"stop"}]}"""), Payloads.Done]));

    private static Func<Task> Reading(byte[] body, int pieceSize = 4096)
    {
        // What is known already about this body: cutting it is the work of a network, not of a reader.
        var pieces = new List<ReadOnlyMemory<byte>>();
        for (int at = 0; at < body.Length; at += pieceSize) pieces.Add(body.AsMemory(at, Math.Min(pieceSize, body.Length - at)));
        return async () =>
        {
            try
            {
                GptChunk? last = null;
                await foreach (GptChunk chunk in Calls.Send(new InMemoryTransport(new PieceStream(pieces)), Calls.Ask(Calls.Connection()))) last = chunk;
                Assert.NotNull(last!.Response);
            }
            catch (GptChatException failure)
            {
                // A refusal, or an answer without text: it was read and put together all the same.
                Assert.NotNull(failure.Response);
            }
        };
    }
}
