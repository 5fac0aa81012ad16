using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>Servers and networks that fail, on real sockets.</summary>
public sealed class FailureOnTheWireTests : ServerTest
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly string[] Ten = [.. Enumerable.Range(0, 10).Select(i => i + " ")];

    private static string TenText => string.Concat(Ten);

    [Fact]
    public async Task A_stream_arrives_as_it_is_sent()
    {
        TaskCompletionSource rest = new();
        Server.Enqueue(Reply.Stream(["a", "b"]).Gate(Offset.Events(2), rest.Task));
        await using IAsyncEnumerator<GptChunk> chunks = Calls.Send(HttpTransport.Instance, Calls.Ask(Connection)).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync().AsTask().WaitAsync(Limit));
        Assert.Equal("a", chunks.Current.Text);
        rest.SetResult();
        Assert.True(await chunks.MoveNextAsync().AsTask().WaitAsync(Limit));
        Assert.Equal("b", chunks.Current.Text);
        Assert.True(await chunks.MoveNextAsync().AsTask().WaitAsync(Limit));
        Assert.Equal("ab", chunks.Current.Response!.Content);
        Assert.False(await chunks.MoveNextAsync().AsTask().WaitAsync(Limit));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task The_lighthouse_arrives_whole_in_pieces_of_any_size(int size)
    {
        Outcome outcome = await SendAsync(Reply.Sse(Fixture.Bytes(Fixture.Stream)).Splitting(size));
        Assert.Equal(Projection.Of((await InMemory.StreamAsync(Fixture.Text(Fixture.Stream))).Response), Projection.Of(outcome.Response));
        Assert.Equal(154, outcome.Chunks.Count);
        Assert.Equal(Connection.Uri, outcome.Response.RequestUri);
        Assert.True(outcome.Response.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task The_words_of_a_failure_that_never_end_are_not_waited_for()
    {
        Outcome outcome = await SendAsync(Reply.Error(503, "Too busy.").HangAfter(20), timeouts: Calls.Patient with { Silence = Short });
        Assert.Equal(503, outcome.FailedAs(GptErrorKind.ServerError).StatusCode);
    }

    [Fact]
    public async Task The_words_of_a_failure_that_drip_for_ever_are_not_waited_for()
    {
        var gone = new TaskCompletionSource();
        Server.Enqueue(Reply.RawSocket(async (stream, ended) =>
        {
            await stream.WriteAsync("HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), ended);
            using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            try
            {
                while (await drip.WaitForNextTickAsync(ended)) await stream.WriteAsync("x"u8.ToArray(), ended);
            }
            finally
            {
                gone.SetResult();
            }
        }));
        GptChatException failure = (await SendAsync(Calls.Ask(Connection, timeouts: Calls.Patient with { Silence = Short }))).FailedAs(GptErrorKind.ServerError);
        Assert.StartsWith("500 Oops: xx", failure.Message, StringComparison.Ordinal);
        await gone.Task.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_the_words_of_a_failure()
    {
        using CancellationTokenSource stop = new();
        Server.Enqueue(Reply.Error(503, "Too busy.").HangAfter(20));
        Task<Outcome> call = SendAsync(Calls.Ask(Connection), stop.Token);
        await Server.WaitForRequestsAsync(1).WaitAsync(Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_stream_that_says_done_ends_at_once_though_the_socket_stays_open()
    {
        Outcome outcome = await SendAsync(Reply.Stream("a b").KeepOpenAfterEnd());
        Assert.Equal("a b", outcome.Response.Content);
    }

    [Fact]
    public async Task A_stream_cut_in_the_middle_keeps_its_text_and_is_sent_once()
    {
        Outcome outcome = await SendAsync(Reply.Stream(Ten).TruncateAfter(Offset.Events(11)));
        GptChatException failure = outcome.FailedAs(GptErrorKind.Truncated);
        Assert.Equal(TenText, failure.PartialText);
        Assert.Equal(Ten, outcome.Chunks.Select(chunk => chunk.Text));
        Assert.Equal(1, failure.Attempts);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_stream_without_length_that_just_ends_is_cut_too()
    {
        Outcome outcome = await SendAsync(Reply.Stream(Ten).CloseWithoutLength(Offset.Events(11)));
        Assert.Equal(TenText, outcome.FailedAs(GptErrorKind.Truncated).PartialText);
        Assert.Equal(TenText, (await SendAsync(Reply.Stream(Ten).CloseWithoutLength())).Response.Content);
    }

    [Fact]
    public async Task A_reset_in_the_middle_keeps_the_text()
    {
        TaskCompletionSource read = new();
        Server.Enqueue(Reply.Stream(Ten).Gate(Offset.Events(11), read.Task).ResetAfter(Offset.Events(11)));
        GptChatException failure = await Assert.ThrowsAsync<GptChatException>(async () =>
        {
            int count = 0;
            await foreach (GptChunk _ in Calls.Send(HttpTransport.Instance, Calls.Ask(Connection)))
            {
                if (++count == Ten.Length) read.SetResult();
            }
        }).WaitAsync(Limit);
        Assert.Equal(GptErrorKind.Truncated, failure.Kind);
        Assert.Equal(TenText, failure.PartialText);
    }

    [Fact]
    public async Task A_plain_body_cut_short_is_a_truncation() =>
        (await SendAsync(Reply.Completion(TenText).TruncateAfter(100), stream: false)).FailedAs(GptErrorKind.Truncated);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_breaks_before_an_answer_is_lost(bool reset)
    {
        Outcome outcome = await SendAsync(reset ? Reply.Stream("a").ResetAfter(0) : Reply.Stream("a").CloseBeforeHeaders());
        GptChatException failure = outcome.FailedAs(GptErrorKind.ConnectionLost);
        Assert.Equal(1, failure.Attempts);
        Assert.Null(failure.PartialText);
    }

    [Fact]
    public async Task Silence_in_the_middle_ends_with_the_text_so_far_and_closes_the_socket()
    {
        Outcome outcome = await SendAsync(Reply.Stream(Ten).HangAfter(Offset.Events(11)), timeouts: Calls.Patient with { Silence = Short });
        GptChatException failure = outcome.FailedAs(GptErrorKind.OperationTimeout);
        Assert.Equal(TenText, failure.PartialText);
        Assert.Contains("1 second.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-OperationTimeoutSeconds", failure.Hint, StringComparison.Ordinal);
        await Assert.Single(Server.Requests).Aborted.WaitAsync(Limit);
    }

    [Fact]
    public async Task Silence_right_after_the_headers_ends_too()
    {
        (await SendAsync(Reply.Stream("a").HangAfter(0), timeouts: Calls.Patient with { Silence = Short })).FailedAs(GptErrorKind.OperationTimeout);
        (await SendAsync(Reply.Completion("a").HangAfter(20), stream: false, timeouts: Calls.Patient with { Silence = Short })).FailedAs(GptErrorKind.OperationTimeout);
    }

    [Fact]
    public async Task Headers_that_never_come_are_a_response_timeout()
    {
        ChatTimeouts timeouts = Calls.Patient with { Response = Short };
        Outcome outcome = await SendAsync(Reply.Completion("a").HangBeforeHeaders(), timeouts: timeouts);
        Assert.Contains("-ResponseTimeoutSeconds", outcome.FailedAs(GptErrorKind.ResponseTimeout).Hint, StringComparison.Ordinal);
        await Assert.Single(Server.Requests).Aborted.WaitAsync(Limit);
    }

    [NotOnMonoFact(OnMono.Connecting)]
    public async Task A_port_without_a_server_is_a_failed_connection()
    {
        TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Outcome outcome = await SendAsync(Calls.Ask(Calls.Connection("http://127.0.0.1:" + port + "/v1")));
        GptChatException failure = outcome.FailedAs(GptErrorKind.ConnectFailed);
        Assert.Contains("Is the server running", failure.Hint, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:" + port, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_html_page_becomes_a_short_text()
    {
        string page = "<!DOCTYPE html><html><head><title>example.com | 502: Bad gateway</title></head><body>" + new string('x', 200 * 1024) + "</body></html>";
        GptChatException failure = (await SendAsync(Reply.Raw(502, "text/html", page))).FailedAs(GptErrorKind.ServerError);
        Assert.StartsWith("502 Bad Gateway: example.com | 502: Bad gateway.", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 1, 400);
        Assert.Equal(502, failure.StatusCode);
    }

    [Fact]
    public async Task A_message_that_repeats_the_key_is_shown_without_it()
    {
        Reply reply = Reply.Error(401, "Incorrect API key provided: " + Calls.Key + ".", "invalid_request_error", "invalid_api_key").WithHeader("x-request-id", "req-1");
        GptChatException failure = (await SendAsync(reply)).FailedAs(GptErrorKind.Authentication);
        Assert.DoesNotContain(Calls.Key, failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("***", failure.Message, StringComparison.Ordinal);
        Assert.Contains("req-1", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Connection.Uri.AbsoluteUri, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quota_that_is_used_up_costs_one_request()
    {
        GptChatException failure = (await SendAsync(Reply.Error(429, "You exceeded your current quota", "insufficient_quota", "insufficient_quota"))).FailedAs(GptErrorKind.QuotaExceeded);
        Assert.Equal(1, failure.Attempts);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task An_endless_event_is_ended()
    {
        byte[] block = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
        Outcome outcome = await SendAsync(Reply.Sse("data: ").Repeating(block, long.MaxValue));
        Assert.Contains("64 MiB", outcome.FailedAs(GptErrorKind.MalformedResponse).Message, StringComparison.Ordinal);
        await Assert.Single(Server.Requests).Aborted.WaitAsync(Limit);
    }

    [Fact]
    public async Task An_endless_error_page_is_cut_and_still_an_error()
    {
        byte[] block = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
        (await SendAsync(Reply.Raw(500, "text/html", "<html>").Repeating(block, long.MaxValue))).FailedAs(GptErrorKind.ServerError);
        await Assert.Single(Server.Requests).Aborted.WaitAsync(Limit);
    }
}
