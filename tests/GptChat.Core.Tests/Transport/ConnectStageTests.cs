using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Connections;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>The limits of time of one request are its own, and what it began to connect is closed with it.</summary>
public sealed class ConnectStageTests : ServerTest
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private static ChatTimeouts Connecting(TimeSpan limit) => Calls.Patient with { Connect = limit };

    private static GptConnection At(string scheme, int port) => Calls.Connection(scheme + "://127.0.0.1:" + port + "/v1");

    private static GptConnection Through(SilentServer proxy) => ConnectionFactory.Create(new ConnectionParts
    {
        Provider = GptProvider.Compatible,
        BaseUri = "https://model.invalid/v1",
        Http = new HttpSettings { Proxy = new Uri("http://127.0.0.1:" + proxy.Port) },
    });

    [Fact]
    public async Task A_connection_that_does_not_come_about_is_told_after_its_limit()
    {
        await using SilentServer full = await SilentServer.StartFullAsync();
        GptChatException failure = (await SendAsync(Calls.Ask(At("http", full.Port), timeouts: Connecting(Short)))).FailedAs(GptErrorKind.ConnectTimeout);
        Assert.StartsWith("No connection to 127.0.0.1 within 1 second.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-ConnectionTimeoutSeconds", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_that_is_not_answered_is_told_after_the_same_limit_and_closed()
    {
        await using SilentServer silent = SilentServer.Start();
        (await SendAsync(Calls.Ask(At("https", silent.Port), timeouts: Connecting(Short)))).FailedAs(GptErrorKind.ConnectTimeout);
        await silent.Closed.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_stop_closes_a_handshake_that_is_not_answered()
    {
        using CancellationTokenSource stop = new();
        await using SilentServer silent = SilentServer.Start();
        Task<Outcome> call = SendAsync(Calls.Ask(At("https", silent.Port)), stop.Token);
        await silent.Accepted.WaitAsync(Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await silent.Closed.WaitAsync(Limit);
    }

    [Fact(Skip = OnlyOnNet.Tunnels)]
    public async Task A_stop_closes_a_tunnel_that_the_proxy_does_not_grant()
    {
        using CancellationTokenSource stop = new();
        await using SilentServer proxy = SilentServer.Start();
        Task<Outcome> call = SendAsync(Calls.Ask(Through(proxy)), stop.Token);
        await proxy.Accepted.WaitAsync(Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        // The runtime would hold it for five seconds more.
        await proxy.Closed.WaitAsync(TimeSpan.FromSeconds(4));
    }

    [Fact(Skip = OnlyOnNet.Tunnels)]
    public async Task A_tunnel_that_the_proxy_does_not_grant_is_told_after_the_limit_and_closed()
    {
        await using SilentServer proxy = SilentServer.Start();
        (await SendAsync(Calls.Ask(Through(proxy), timeouts: Connecting(Short)))).FailedAs(GptErrorKind.ConnectTimeout);
        await proxy.Closed.WaitAsync(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_stop_ends_a_connection_that_does_not_come_about()
    {
        using CancellationTokenSource stop = new();
        await using SilentServer full = await SilentServer.StartFullAsync();
        Task<Outcome> call = SendAsync(Calls.Ask(At("http", full.Port)), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_stop_closes_an_upload_that_nobody_reads()
    {
        using CancellationTokenSource stop = new();
        await using SilentServer silent = SilentServer.Start(reads: false);
        ChatCall call = Calls.Ask(At("http", silent.Port), prompt: new string('x', 64 * 1024 * 1024));
        Task<Outcome> sending = SendAsync(call, stop.Token);

        // A connection that stands and has not begun is left to the next request.
        await silent.Sending.WaitAsync(Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        silent.Read();
        await silent.Closed.WaitAsync(Limit);
    }

    [Fact]
    public async Task Calls_with_limits_of_their_own_share_one_connection()
    {
        for (int i = 1; i <= 50; i++) Assert.Equal(1, (await SendAsync(Calls.Ask(Connection, timeouts: Connecting(TimeSpan.FromSeconds(10 + i))))).Response.Attempts);
        Assert.Equal(50, Server.Requests.Count);
        Assert.Equal(1, Server.ConnectionCount);
    }

    [Fact]
    public async Task The_limit_of_connecting_does_not_count_once_the_connection_stands()
    {
        Outcome outcome = await SendAsync(Reply.Completion("late").DelayHeaders(Short + Short), stream: false, timeouts: Connecting(Short));
        Assert.Equal("late", outcome.Response.Content);
    }

    [Fact]
    public async Task A_short_limit_is_forgotten_with_its_call()
    {
        ChatTimeouts hasty = new(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        (await SendAsync(Reply.Completion("never").HangBeforeHeaders(), timeouts: hasty)).FailedAs(GptErrorKind.ResponseTimeout);
        Outcome outcome = await SendAsync(Reply.Completion("late").DelayHeaders(TimeSpan.FromMilliseconds(500)), stream: false);
        Assert.Equal("late", outcome.Response.Content);
    }

    [Fact]
    public async Task The_end_of_a_request_leaves_the_connection_it_opened_to_the_next()
    {
        using CancellationTokenSource first = new();
        Assert.Equal(1, (await SendAsync(Calls.Ask(Connection), first.Token)).Response.Attempts);
        await first.CancelAsync();
        Assert.Equal(1, (await SendAsync(Calls.Ask(Connection))).Response.Attempts);
        Assert.Equal([1, 1], Server.Requests.Select(request => request.Connection));
    }
}
