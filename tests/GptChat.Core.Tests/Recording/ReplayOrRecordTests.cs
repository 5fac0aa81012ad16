using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GptChat.Connections;
using GptChat.Recording;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Recording;

/// <summary>A recording answers what it holds; the rest is sent and added to it.</summary>
public sealed class ReplayOrRecordTests : ServerTest, IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Path => _directory.File("r.jsonl");

    public void Dispose() => _directory.Dispose();

    /// <summary>A session of its own: what it has been given starts at the beginning.</summary>
    private ReplayTransport Session()
    {
        var file = new ExchangeFile(Path);
        file.Refresh(FileRole.Replay, startsOver: false);
        return new ReplayTransport(file, FileRole.Replay, new MissTransport(file, FileRole.Replay, HttpTransport.Instance));
    }

    private async Task<string?> AskAsync(ReplayTransport session, string prompt, bool stream = false)
    {
        Outcome outcome = await Outcome.OfAsync(Calls.Send(session, Calls.Ask(Connection, stream, prompt))).WaitAsync(Limit);
        return outcome.Response.Content + (outcome.Response.FromRecording ? "*" : string.Empty);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_sent_once_is_not_sent_again(bool stream)
    {
        Server.Default = Reply.Echo();
        Assert.Equal("a", await AskAsync(Session(), "a", stream));
        Assert.Equal("a*", await AskAsync(Session(), "a", stream));
        Assert.Equal("a*", await AskAsync(Session(), "a", !stream));
        Assert.Single(Server.Requests);
        Assert.Single(await File.ReadAllLinesAsync(Path));
    }

    [Fact]
    public async Task Repeated_requests_are_answered_in_order_and_then_sent()
    {
        int count = 0;
        Server.Respond = _ => Reply.Completion("answer " + ++count);
        ReplayTransport first = Session();
        Assert.Equal("answer 1", await AskAsync(first, "a"));
        Assert.Equal("answer 2", await AskAsync(first, "a"));
        ReplayTransport second = Session();
        List<string?> answers = [];
        for (int i = 0; i < 3; i++) answers.Add(await AskAsync(second, "a"));
        Assert.Equal(["answer 1*", "answer 2*", "answer 3"], answers);
        Assert.Equal(3, (await File.ReadAllLinesAsync(Path)).Length);
    }

    [Fact]
    public async Task Equal_requests_at_once_have_an_answer_each()
    {
        int count = 0;
        Server.Respond = _ => Reply.Completion("answer " + System.Threading.Interlocked.Increment(ref count));
        ReplayTransport session = Session();
        string?[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync(session, "a")));
        Assert.Equal(10, answers.Distinct().Count());
        ReplayTransport again = Session();
        Assert.Equal(answers.Select(answer => answer + "*").Order(), (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync(again, "a")))).Order());
    }

    [Theory]
    [InlineData(401)]
    [InlineData(400)]
    [InlineData(500)]
    public async Task A_failure_is_not_kept(int status)
    {
        Server.Enqueue(Reply.Error(status, "No."));
        await Outcome.OfAsync(Calls.Send(Session(), Calls.Ask(Connection, prompt: "a"))).WaitAsync(Limit);
        Server.Default = Reply.Echo();
        Assert.Equal("a", await AskAsync(Session(), "a"));
        Assert.Equal("a*", await AskAsync(Session(), "a"));
    }

    [Fact]
    public async Task A_cut_answer_is_not_kept_and_a_refusal_is()
    {
        Server.Enqueue(Reply.Stream("a b c").TruncateAfter(Offset.Events(3)));
        (await Outcome.OfAsync(Calls.Send(Session(), Calls.Ask(Connection, prompt: "cut"))).WaitAsync(Limit)).FailedAs(GptErrorKind.Truncated);
        Assert.Equal(0, new FileInfo(Path).Length);

        Server.Enqueue(Reply.Json(InMemory.Plain("""{"role":"assistant","content":null,"refusal":"No."}""")));
        for (int i = 0; i < 2; i++) (await Outcome.OfAsync(Calls.Send(Session(), Calls.Ask(Connection, stream: false, prompt: "bad"))).WaitAsync(Limit)).FailedAs(GptErrorKind.Refused);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task Without_a_connection_it_answers_what_it_holds_and_says_so_of_the_rest()
    {
        Server.Default = Reply.Echo();
        await AskAsync(Session(), "a");
        ChatCall Nowhere(string prompt) => Calls.Ask(GptConnection.OfRecording(), prompt: prompt, change: parameters => parameters.Model = null);
        Assert.Equal("a", (await Outcome.OfAsync(Calls.Send(Session(), Nowhere("a")))).Response.Content);
        GptChatException failure = (await Outcome.OfAsync(Calls.Send(Session(), Nowhere("b")))).FailedAs(GptErrorKind.ReplayMiss);
        Assert.Contains("recorded \"a\", sent \"b\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no connection to ask instead: Connect-GptChat", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told_before_anything_is_sent_and_answers_what_it_holds()
    {
        string missing = System.IO.Path.Combine(_directory.File("none"), "r.jsonl");
        var file = new ExchangeFile(missing);
        file.Refresh(FileRole.Replay, startsOver: false);
        var session = new ReplayTransport(file, FileRole.Replay, new MissTransport(file, FileRole.Replay, HttpTransport.Instance));
        GptChatException failure = (await Outcome.OfAsync(Calls.Send(session, Calls.Ask(Connection)))).FailedAs(GptErrorKind.RecordingNotUsable);
        Assert.Equal(0, failure.Attempts);
        Assert.Empty(Server.Requests);
    }

    [FullDeviceFact]
    public async Task On_a_full_disk_the_answer_comes_with_a_failure_beside_it()
    {
        var file = new ExchangeFile(FullDeviceFactAttribute.Path);
        var transport = new MissTransport(file, FileRole.Replay, HttpTransport.Instance);
        Server.Enqueue(Reply.Completion("paid for"));
        Outcome outcome = await Outcome.OfAsync(Calls.Send(transport, Calls.Ask(Connection, stream: false))).WaitAsync(Limit);
        Assert.Equal("paid for", outcome.Response.Content);
        Assert.Same(outcome.Response, outcome.Chunks[^1].LateFailure!.Response);
    }
}
