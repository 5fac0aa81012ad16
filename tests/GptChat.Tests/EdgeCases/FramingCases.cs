using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Tests.Requests;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>How events are cut out of bytes.</summary>
public sealed class FramingCases : EdgeCaseTest
{
    private static readonly Dictionary<string, Func<string, string>> LineEnds = new()
    {
        ["LF"] = text => text,
        ["CRLF"] = text => text.Replace("\n", "\r\n"),
        ["CR"] = text => text.Replace('\n', '\r'),
        ["mixed"] = text => string.Concat(text.Split('\n').Select((line, at) => at == 0 ? line : new[] { "\n", "\r", "\r\n" }[at % 3] + line)),
    };

    [RealExchangeTheory]
    [InlineData("-Stream", "LF")]
    [InlineData("-Stream", "CRLF")]
    [InlineData("-Stream", "CR")]
    [InlineData("-Stream", "mixed")]
    [InlineData("", "LF")]
    [InlineData("-Live -PassThru", "CR")]
    public void Case_02_and_03_A_real_stream_byte_by_byte_is_whole_whatever_ends_its_lines(string mode, string lineEnd)
    {
        string body = LineEnds[lineEnd](File.ReadAllText(Path.Combine(Repository.RealExchanges, "streaming.response.sse")));
        Call call = Ask(mode, Reply.Sse(body).Splitting(1));
        call.Is((string)call.Response("Content")!);
        Assert.Equal("d9eb05e27867d7cd31e1ab908740de2b248208fb32f2194c30029dabc71779c3", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(call.Text))));
        Assert.Equal([16L, 156L, 172L], new[] { "PromptTokens", "CompletionTokens", "TotalTokens" }.Select(name => call.Response("Usage." + name)));
        Assert.Equal("stop", call.Response("FinishReason"));
        Assert.Equal(mode == "-Stream" ? 154 : 1, call.Output.Count);
    }

    [Theory]
    [InlineData("LF")]
    [InlineData("CRLF")]
    [InlineData("CR")]
    [InlineData("mixed")]
    public void Case_03_A_stream_split_anywhere_is_the_same(string lineEnd)
    {
        string events = string.Concat(new[] { "a’", "b" }.Select(text => "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n"));
        byte[] body = Encoding.UTF8.GetBytes(LineEnds[lineEnd](": c\n\n" + events + Done));
        int next = 0;
        Server.Respond = _ => Reply.Sse(body).SplitAt(Interlocked.Increment(ref next));
        Outcome outcome = Run("foreach ($i in 1..$count) { (Invoke-GptChat 'x' -Stream) -join '|' }", ("count", body.Length - 1));
        Assert.Equal(body.Length - 1, outcome.Output.Count);
        Assert.All(outcome.Output, answer => Assert.Equal("a’|b|", answer.BaseObject));
    }

    [Theory]
    [EachMode]
    public void Case_04_A_byte_order_mark_split_over_reads_costs_no_event(string mode) =>
        Ask(mode, Reply.Sse("\uFEFF" + Text("first ") + Text("second") + End).SplitAt(1, 2, 3)).Is("first second");

    [Theory]
    [EachMode]
    public void Case_05_Ten_thousand_comments_before_the_first_event_are_nothing(string mode) =>
        Ask(mode, Reply.Sse(": OPENROUTER PROCESSING\n\n:\n\n" + string.Concat(Enumerable.Repeat(": keep-alive\n\n", 10_000)) + Good("here"))).Is("here");

    [Fact]
    public async Task Case_05_Comments_keep_an_answer_alive_that_silence_would_end()
    {
        // The clock is another call, which waits just as long for a server that is silent.
        var isLonger = new TaskCompletionSource();
        Reply commenting = Reply.RawSocket(async (stream, stopping) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"u8.ToArray(), stopping);
            while (!isLonger.Task.IsCompleted) await stream.WriteAsync(": keep-alive\n\n"u8.ToArray(), stopping);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Good("alive")), stopping);
        });
        Server.Enqueue(commenting);
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' -OperationTimeoutSeconds 1");
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        await using (ModuleHost clock = await ModuleHost.StartAsync())
        {
            clock.Connect().Server.Default = Reply.Stream("never").HangAfter(0);
            clock.InvokeError("Invoke-GptChat 'x' -OperationTimeoutSeconds 1").IsKind("OperationTimeout");
        }

        isLonger.SetResult();
        Assert.Equal("alive", Assert.Single((await call.EndAsync()).RequireSuccess().Output).BaseObject);
    }

    [Theory]
    [EachMode("data:", "data:  ")]
    public void Case_06_No_space_or_two_after_the_colon_are_as_good_as_one(string mode, string field) =>
        Ask(mode, Reply.Sse(field + Text("one")[6..] + field + Text(" two")[6..] + End)).Is("one two");

    [Theory]
    [EachMode]
    public void Case_07_One_chunk_over_three_data_lines_is_one_chunk(string mode)
    {
        string event1 = Text("one").Replace(",\"created\"", ",\ndata: \"created\"").Replace("\"object\"", "\ndata:\"object\"");
        Assert.Equal(3, event1.Split("data:").Length - 1);
        Ask(mode, Reply.Sse(event1 + End)).Is("one");
    }
}
