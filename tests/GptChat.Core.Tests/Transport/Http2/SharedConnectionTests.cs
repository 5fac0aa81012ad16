using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Connections;
using GptChat.Http2Server;
using GptChat.TestServer;
using GptChat.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GptChat.Core.Tests.Transport.Http2;

/// <summary>Many requests on one connection, where the server has HTTP/2.</summary>
public sealed class SharedConnectionTests : Http2Test
{
    [Fact]
    public async Task A_hundred_calls_at_once_share_one_connection()
    {
        Arrivals arrivals = new(100);
        Server.Respond = async context =>
        {
            arrivals.Add();
            await arrivals.All.WaitAsync(Limit);
            await Answers.PlainAsync(context, context.Connection.Id);
        };
        Outcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => AskAsync("Number " + i)));
        Assert.All(outcomes, outcome => Assert.Equal("2", outcome.Response.Transfer!.HttpVersion));
        Assert.Single(outcomes.Select(outcome => outcome.Response.Content).Distinct());
        Assert.Equal(Enumerable.Repeat("HTTP/2", 100), Server.Protocols);
        Assert.Equal(1, Server.SecuredCount);
    }

    [Fact]
    public async Task A_plain_address_is_spoken_to_in_the_version_before()
    {
        await using ChatServer plain = await ChatServer.StartAsync();
        Outcome outcome = await SendAsync(Calls.Ask(Calls.Connection(plain.BaseUri.AbsoluteUri), stream: false));
        Assert.Equal("1.1", outcome.Response.Transfer!.HttpVersion);
    }

    [Fact]
    public async Task A_server_that_knows_nothing_of_versions_is_spoken_to_in_the_version_before()
    {
        await using ChatServer old = await ChatServer.StartAsync(certificate: Certificate);
        Outcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => SendAsync(Calls.Ask(To(old.BaseUri.AbsoluteUri), stream: false))));
        Assert.All(outcomes, outcome => Assert.Equal("1.1", outcome.Response.Transfer!.HttpVersion));
    }

    [Fact]
    public async Task A_stream_that_is_reset_in_the_middle_ends_early_and_leaves_the_others_alone()
    {
        TaskCompletionSource isRead = new();
        TaskCompletionSource isReset = new();
        Server.Respond = async context =>
        {
            await Answers.PieceAsync(context, "a");
            if (context.Request.Headers["x-request"] == "reset")
            {
                await isRead.Task.WaitAsync(Limit);
                Answers.Reset(context, 2);
                isReset.TrySetResult();
                return;
            }

            await isReset.Task.WaitAsync(Limit);
            await Answers.StreamAsync(context, "b");
        };
        Task<Outcome> other = AskAsync(stream: true);
        ChatCall call = Calls.Ask(Connection) with { Headers = [HeaderRules.Make("x-request", SecureText.From("reset"), "-ExtraHeader")], Retry = Once };
        var pieces = new List<string?>();
        GptChatException failure = await Assert.ThrowsAsync<GptChatException>(async () =>
        {
            await foreach (GptChunk chunk in Calls.Send(HttpTransport.Instance, call))
            {
                pieces.Add(chunk.Text);
                isRead.TrySetResult();
            }
        }).WaitAsync(Limit);
        Assert.Equal(["a"], pieces);
        Assert.Equal((GptErrorKind.Truncated, "a", 1), (failure.Kind, failure.PartialText, failure.Attempts));
        Assert.Contains("INTERNAL_ERROR", failure.Message, StringComparison.Ordinal);
        Assert.Equal("ab", (await other).Response.Content);
        Assert.Equal(1, Server.SecuredCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stop_is_seen_by_the_server_and_leaves_the_others_alone(bool hasBegun)
    {
        using CancellationTokenSource stop = new();
        Arrivals arrivals = new(2);
        TaskCompletionSource isStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Respond = async context =>
        {
            using CancellationTokenRegistration _ = context.RequestAborted.Register(() => isStopped.TrySetResult());
            if (hasBegun) await Answers.PieceAsync(context, "a");
            arrivals.Add();
            await isStopped.Task.WaitAsync(Limit);
            if (!context.RequestAborted.IsCancellationRequested) await Answers.StreamAsync(context, "b");
        };
        Task<Outcome> stopped = AskAsync(stream: true, cancellation: stop.Token);
        Task<Outcome> other = AskAsync(stream: true);
        await arrivals.All.WaitAsync(Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        await isStopped.Task.WaitAsync(Limit);
        Assert.Equal(hasBegun ? "ab" : "b", (await other).Response.Content);
        Assert.Equal(1, (await AskAsync()).Response.Attempts);
        Assert.Equal(1, Server.SecuredCount);
    }

    [Fact]
    public async Task A_reader_that_has_enough_is_seen_by_the_server()
    {
        TaskCompletionSource isStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Respond = async context =>
        {
            using CancellationTokenRegistration _ = context.RequestAborted.Register(() => isStopped.TrySetResult());
            await Answers.PieceAsync(context, "a");
            await isStopped.Task.WaitAsync(Limit);
        };
        await foreach (GptChunk chunk in Calls.Send(HttpTransport.Instance, Calls.Ask(Connection)))
        {
            Assert.Equal("a", chunk.Text);
            break;
        }

        await isStopped.Task.WaitAsync(Limit);
        Server.Respond = context => Answers.PlainAsync(context);
        Assert.Equal(1, (await AskAsync()).Response.Attempts);
        Assert.Equal(1, Server.SecuredCount);
    }

    [Fact]
    public async Task A_limit_of_time_ends_one_request_and_not_the_connection()
    {
        Server.Respond = async context =>
        {
            if (context.Request.ContentLength > 1000) await AbortedAsync(context).WaitAsync(Limit);
            else await Answers.PlainAsync(context);
        };
        ChatCall hasty = Calls.Ask(Connection, prompt: new string('x', 1000), timeouts: Calls.Patient with { Response = TimeSpan.FromMilliseconds(200) });
        Assert.Equal(1, (await AskAsync()).Response.Attempts);
        (await SendAsync(hasty)).FailedAs(GptErrorKind.ResponseTimeout);
        Assert.Equal(1, (await AskAsync()).Response.Attempts);
        Assert.Equal(1, Server.SecuredCount);
    }

    [Fact]
    public async Task A_connection_that_takes_no_more_is_followed_by_another()
    {
        Server.Respond = async context =>
        {
            Answers.GoAway(context);
            await Answers.PlainAsync(context);
        };
        for (int i = 0; i < 3; i++) Assert.Equal(1, (await AskAsync()).Response.Attempts);
        Assert.Equal(3, Server.Protocols.Count);
    }

    [Fact]
    public async Task A_connection_that_is_closed_between_two_calls_is_followed_by_another()
    {
        Assert.Equal(1, (await AskAsync()).Response.Attempts);
        foreach (ConnectionContext connection in Server.Open) connection.Abort();

        // The client may hear of it only while it sends.
        Assert.NotNull((await AskAsync(retry: Once)).Response.Content);
        Assert.Equal(2, Server.SecuredCount);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task A_busy_server_is_asked_again_on_the_same_connection(int status)
    {
        Server.Respond = async context =>
        {
            context.Response.Headers["retry-after-ms"] = "1";
            Server.Respond = other => Answers.PlainAsync(other);
            await Answers.ErrorAsync(context, status, "Busy");
        };
        GptResponse response = (await AskAsync(retry: RetryPolicy.Default)).Response;
        Assert.Equal((2, status), (response.Attempts, response.Retries[0].StatusCode));
        Assert.Equal(1, Server.SecuredCount);
    }

    [Fact]
    public async Task A_server_that_wants_the_version_before_for_a_request_gets_it()
    {
        Server.Respond = context =>
        {
            if (context.Request.Protocol != "HTTP/2") return Answers.PlainAsync(context, "old");
            Answers.Reset(context, 0xd);
            return Task.CompletedTask;
        };
        GptResponse response = (await AskAsync()).Response;
        Assert.Equal(("old", "1.1", 1), (response.Content, response.Transfer!.HttpVersion, response.Attempts));
    }

    [Fact]
    public async Task A_body_that_is_read_slowly_holds_up_nobody_else()
    {
        TaskCompletionSource goesOn = new();
        TaskCompletionSource isHere = new();
        Server.Respond = async context =>
        {
            if (context.Request.ContentLength > 1_000_000)
            {
                isHere.SetResult();
                await goesOn.Task.WaitAsync(Limit);
            }

            await Answers.PlainAsync(context, context.Connection.Id);
        };
        Task<Outcome> large = AskAsync(new string('x', 8_000_000));
        await isHere.Task.WaitAsync(Limit);
        string? small = (await AskAsync()).Response.Content;
        Assert.False(large.IsCompleted);
        goesOn.SetResult();
        GptResponse response = (await large).Response;
        Assert.Equal(small, response.Content);
        Assert.True(response.Transfer!.RequestBytes > 8_000_000);
    }

    [Fact]
    public async Task A_stop_of_a_body_that_nobody_reads_is_seen_and_leaves_the_others_alone()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource isHere = new();
        TaskCompletionSource isStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Respond = async context =>
        {
            using CancellationTokenRegistration _ = context.RequestAborted.Register(() => isStopped.TrySetResult());
            isHere.SetResult();
            await isStopped.Task.WaitAsync(Limit);
        };
        Task<Outcome> large = AskAsync(new string('x', 8_000_000), cancellation: stop.Token);
        await isHere.Task.WaitAsync(Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await isStopped.Task.WaitAsync(Limit);
        Server.Respond = context => Answers.PlainAsync(context);
        Assert.Equal(1, (await AskAsync()).Response.Attempts);
        Assert.Equal(1, Server.SecuredCount);
    }

    [Fact]
    public async Task A_failure_that_comes_before_the_body_was_read_is_told_at_once()
    {
        Server.Respond = context => Answers.ErrorAsync(context, 413, "Too large");
        GptChatException failure = (await AskAsync(new string('x', 8_000_000))).Failure!;
        Assert.Equal(413, failure.StatusCode);
        Assert.StartsWith("Too large", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_while_connecting_leaves_those_who_wait_for_the_same_connection_alone()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource isHere = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Accepted = async _ =>
        {
            isHere.TrySetResult();
            await goesOn.Task.WaitAsync(Limit);
        };
        Task<Outcome> stopped = AskAsync(cancellation: stop.Token);
        await isHere.Task.WaitAsync(Limit);
        Task<Outcome>[] others = [.. Enumerable.Range(0, 10).Select(_ => AskAsync())];
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        goesOn.SetResult();
        Assert.All(await Task.WhenAll(others), outcome => Assert.Equal(1, outcome.Response.Attempts));
    }

    [Fact]
    public async Task A_stop_leaves_a_tunnel_alone_that_was_asked_for_after_its_own()
    {
        // The runtime asks for the second tunnel, which the last of the calls needs, in the name of the first call.
        using CancellationTokenSource stop = new();
        await using TunnelProxy proxy = new();
        GptConnection connection = To(Server.BaseUri.AbsoluteUri, proxy.Uri);
        Arrivals arrivals = new(101);
        TaskCompletionSource isStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource isHere = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Accepted = async _ =>
        {
            isHere.TrySetResult();
            await goesOn.Task.WaitAsync(Limit);
        };
        Server.Respond = async context =>
        {
            using CancellationTokenRegistration _ = context.RequestAborted.Register(() => isStopped.TrySetResult());
            arrivals.Add();
            await isStopped.Task.WaitAsync(Limit);
            if (!context.RequestAborted.IsCancellationRequested) await Answers.PlainAsync(context);
        };
        Task<Outcome> first = SendAsync(Calls.Ask(connection, stream: false), stop.Token);
        await isHere.Task.WaitAsync(Limit);
        Task<Outcome>[] others = [.. Enumerable.Range(0, 100).Select(_ => SendAsync(Calls.Ask(connection, stream: false)))];
        goesOn.SetResult();
        await arrivals.All.WaitAsync(Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.All(await Task.WhenAll(others), outcome => Assert.Equal(1, outcome.Response.Attempts));
        Assert.Equal(2, Server.SecuredCount);
    }

    [Fact]
    public async Task Headers_that_do_not_end_are_not_taken()
    {
        Server.Respond = context =>
        {
            for (int i = 0; i < 100; i++) context.Response.Headers["x-" + i] = new string('y', 1000);
            return Answers.PlainAsync(context);
        };
        (await AskAsync()).FailedAs(GptErrorKind.MalformedResponse);

        // It was answered, and may be billed.
        Assert.Single(Server.Protocols);
    }

    private static async Task AbortedAsync(HttpContext context)
    {
        TaskCompletionSource isAborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration _ = context.RequestAborted.Register(() => isAborted.TrySetResult());
        await isAborted.Task;
    }
}
