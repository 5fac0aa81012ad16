using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Connections;
using GptChat.Recording;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Recording;

/// <summary>What was recorded is replayed as it was, without a network.</summary>
public sealed class RecordAndReplayTests : ServerTest, IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Path => _directory.File("recording.jsonl");

    public void Dispose() => _directory.Dispose();

    private Task<Outcome> RecordAsync(Reply reply, bool stream = true, string prompt = "Say something.", CancellationToken cancellation = default)
    {
        Server.Enqueue(reply);
        return Outcome.OfAsync(Calls.Send(new RecordingTransport(HttpTransport.Instance, Path), Calls.Ask(Connection, stream, prompt), cancellation)).WaitAsync(Limit, CancellationToken.None);
    }

    private Task<Outcome> ReplayAsync(bool stream = true, string prompt = "Say something.", double speed = 0)
    {
        ReplayTransport replay = ReplayTransport.Load(Path);
        replay.Speed = speed;
        return Outcome.OfAsync(Calls.Send(replay, Calls.Ask(Connection, stream, prompt))).WaitAsync(Limit);
    }

    private JsonElement[] Lines() => [.. File.ReadAllLines(Path).Select(line => JsonElement.Parse(line))];

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task An_answer_replays_for_a_call_of_either_form(bool recordStream, bool replayStream)
    {
        Outcome recorded = await RecordAsync(Reply.AsAsked("Grüße 😀 “all”").WithGatewayMetadata(), recordStream);
        Outcome replayed = await ReplayAsync(replayStream);
        Assert.Equal(Projection.Of(recorded.Response), Projection.Of(replayed.Response));
        Assert.Equal(recorded.Chunks.Select(chunk => chunk.Text), replayed.Chunks.Select(chunk => chunk.Text));
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public async Task The_lighthouse_replays_whole_whatever_its_line_ends(string lineEnd)
    {
        string body = Fixture.Text(Fixture.Stream).Replace("\n", lineEnd, StringComparison.Ordinal);
        Outcome recorded = await RecordAsync(Reply.Sse(body).Splitting(1000));
        Outcome replayed = await ReplayAsync(speed: 1_000_000);
        Assert.Equal(Projection.Of(recorded.Response), Projection.Of(replayed.Response));
        Assert.Equal(154, replayed.Chunks.Count);
        if (lineEnd == "\n") Assert.Equal(157, Lines()[0].GetProperty("response").GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task Half_surrogate_pairs_comments_and_odd_events_survive()
    {
        string body = ": hi\n\n" + InMemory.Events(Payloads.ContentChunk("\ud83d"), Payloads.ContentChunk("\ude00 C:\\\\users")) + "event: ping\ndata: x\n\n" + InMemory.Events(Payloads.FinishChunk(), Payloads.Done);
        Outcome recorded = await RecordAsync(Reply.Sse(body));
        Assert.Equal("😀 C:\\\\users", recorded.Response.Content);
        Assert.Equal(Projection.Of(recorded.Response), Projection.Of((await ReplayAsync()).Response));
    }

    [Fact]
    public async Task An_error_replays_with_its_status_and_headers()
    {
        Reply reply = Reply.Error(429, "Slow down", "requests", "rate_limit_exceeded").WithHeader("Retry-After", "7").WithHeader("x-request-id", "req-1").WithHeader("Set-Cookie", "session=1");
        GptChatException recorded = (await RecordAsync(reply)).FailedAs(GptErrorKind.RateLimit);
        GptChatException replayed = (await ReplayAsync()).FailedAs(GptErrorKind.RateLimit);
        Assert.Equal(recorded.Message, replayed.Message);
        Assert.Equal((429, "req-1", "rate_limit_exceeded"), (replayed.StatusCode, replayed.RequestId, replayed.Code));
        JsonElement headers = Lines()[0].GetProperty("response").GetProperty("headers");
        Assert.Equal("7", headers.GetProperty("retry-after").GetString());
        Assert.False(headers.TryGetProperty("set-cookie", out _));
    }

    [Fact]
    public async Task A_page_replays_as_a_page()
    {
        GptChatException recorded = (await RecordAsync(Reply.Raw(502, "text/html", "<html><title>Bad</title></html>"))).FailedAs(GptErrorKind.ServerError);
        Assert.Equal("502 Bad Gateway: Bad", recorded.Message.Split(". ")[0]);
        Assert.Contains("Bad", (await ReplayAsync()).FailedAs(GptErrorKind.ServerError).Message, StringComparison.Ordinal);
    }

    [NotOnMonoTheory(OnMono.Cuts)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cut_answer_replays_as_a_cut_one(bool stream)
    {
        Reply reply = stream ? Reply.Stream("a b c").TruncateAfter(Offset.Events(3)) : Reply.Completion("a b c").TruncateAfter(50);
        GptChatException recorded = (await RecordAsync(reply, stream)).FailedAs(GptErrorKind.Truncated);
        GptChatException replayed = (await ReplayAsync(stream)).FailedAs(GptErrorKind.Truncated);
        Assert.Equal(recorded.PartialText, replayed.PartialText);
        Assert.True(Lines()[0].GetProperty("response").GetProperty("cut").GetBoolean());
    }

    [Fact]
    public async Task A_stream_whose_socket_stays_open_is_recorded_when_it_says_done()
    {
        await RecordAsync(Reply.Stream("a b").KeepOpenAfterEnd());
        Assert.Equal("a b", (await ReplayAsync()).Response.Content);
    }

    [Fact]
    public async Task An_answer_that_the_user_stopped_is_not_recorded()
    {
        using CancellationTokenSource stop = new();
        Server.Enqueue(Reply.Stream(["a", "b"]).HangAfter(Offset.Events(2)));
        IAsyncEnumerable<GptChunk> answer = Calls.Send(new RecordingTransport(HttpTransport.Instance, Path), Calls.Ask(Connection), stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (GptChunk _ in answer) await stop.CancelAsync();
        }).WaitAsync(Limit);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task No_key_and_no_account_is_in_the_file()
    {
        const string Account = "0123456789abcdef0123456789abcdef";
        GptConnection connection = ConnectionFactory.Create(new ConnectionParts { Provider = GptProvider.Cloudflare, AccountId = Account, Key = SecureText.From(Calls.Key) });
        await Outcome.OfAsync(Calls.Send(new RecordingTransport(new Canned(), Path), Calls.Ask(connection, prompt: "My key is " + Calls.Key)));
        string file = await File.ReadAllTextAsync(Path);
        Assert.DoesNotContain(Calls.Key, file, StringComparison.Ordinal);
        Assert.DoesNotContain(Account, file, StringComparison.Ordinal);
        Assert.Contains("/accounts/***/ai/v1/chat/completions", file, StringComparison.Ordinal);
        Assert.Contains("My key is ***", file, StringComparison.Ordinal);

        // The masked prompt still matches.
        ReplayTransport replay = ReplayTransport.Load(Path);
        (await Outcome.OfAsync(Calls.Send(replay, Calls.Ask(connection, prompt: "My key is " + Calls.Key)))).FailedAs(GptErrorKind.Authentication);
    }

    [Fact]
    public async Task Repeated_requests_are_answered_in_order_and_the_last_answer_again()
    {
        foreach (string text in new[] { "one", "two" }) await RecordAsync(Reply.Completion(text), stream: false);
        await RecordAsync(Reply.Completion("other"), stream: false, prompt: "Else?");
        ReplayTransport replay = ReplayTransport.Load(Path);
        List<string?> answers = [];
        for (int i = 0; i < 3; i++) answers.Add((await Outcome.OfAsync(Calls.Send(replay, Calls.Ask(Connection)))).Response.Content);
        Assert.Equal(["one", "two", "two"], answers);
    }

    [Fact]
    public async Task Concurrent_calls_each_get_a_line_of_their_own()
    {
        Server.Respond = request => Reply.Echo();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Outcome.OfAsync(Calls.Send(new RecordingTransport(HttpTransport.Instance, Path), Calls.Ask(Connection, i % 2 == 0, "Prompt " + i))))).WaitAsync(Limit);
        Assert.Equal(20, Lines().Length);
        for (int i = 0; i < 20; i++) Assert.Equal("Prompt " + i, (await ReplayAsync(prompt: "Prompt " + i)).Response.Content);
    }

    /// <summary>Answers with an error that repeats the key.</summary>
    private sealed class Canned : IChatTransport
    {
        public Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation) => Task.FromResult(new TransportResponse(
            401, "Unauthorized", new Dictionary<string, string> { ["Content-Type"] = "application/json" }, PieceStream.Whole(Encoding.UTF8.GetBytes(Payloads.Error("Wrong key " + Calls.Key)))));
    }
}
