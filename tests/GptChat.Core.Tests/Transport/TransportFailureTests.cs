using System;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>What the network stack throws, and whether it is worth another try. Most of it no test can bring about by itself.</summary>
public sealed class TransportFailureTests
{
    [Theory]
    [InlineData(SocketError.NetworkUnreachable, true)]
    [InlineData(SocketError.HostUnreachable, true)]
    [InlineData(SocketError.NetworkDown, true)]
    [InlineData(SocketError.HostDown, true)]
    [InlineData(SocketError.TimedOut, true)]
    [InlineData(SocketError.TryAgain, true)]
    [InlineData(SocketError.HostNotFound, false)]
    [InlineData(SocketError.AccessDenied, false)]
    public void A_network_that_is_away_for_a_moment_is_tried_again(SocketError error, bool isRetried)
    {
        GptChatException failure = Of(new HttpRequestException("no", new SocketException((int)error)));
        Assert.Equal(GptErrorKind.ConnectFailed, failure.Kind);
        Assert.Equal(isRetried, RetryPolicy.Default.DelayAfter(failure, 0, 1) is not null);
        Assert.Contains("Check the ", failure.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/v1", false)]
    [InlineData("http://192.0.2.1:9/v1", true)]
    public void A_refused_connection_is_tried_again_where_a_server_may_be_starting(string uri, bool isRetried)
    {
        GptChatException failure = Of(new HttpRequestException("no", new SocketException((int)SocketError.ConnectionRefused)), uri);
        Assert.Equal(isRetried, RetryPolicy.Default.DelayAfter(failure, 0, 1) is not null);
    }

    [Theory]
    [InlineData(SocketError.TimedOut)]
    [InlineData(SocketError.HostUnreachable)]
    [InlineData(SocketError.ConnectionReset)]
    public void A_connection_that_stood_was_lost(SocketError error)
    {
        GptChatException failure = Of(new HttpRequestException("no", new IOException("no", new SocketException((int)error))));
        Assert.Equal(GptErrorKind.ConnectionLost, failure.Kind);
        Assert.NotNull(RetryPolicy.Default.DelayAfter(failure, 0, 1));
    }

    [NotOnMonoTheory(OnMono.Connecting)]
    [InlineData("http://0.0.0.0:9/v1")]
    [InlineData("http://[::]:9/v1")]
    public async Task An_address_to_listen_at_is_none_to_call(string uri)
    {
        ChatCall call = Calls.Ask(Calls.Connection(uri, key: null)) with { Retry = new RetryPolicy(2, TimeSpan.Zero) };
        GptChatException failure = await Assert.ThrowsAsync<GptChatException>(async () =>
        {
            await foreach (GptChunk _ in Calls.Send(HttpTransport.Instance, call))
            {
            }
        });
        Assert.Equal(GptErrorKind.InvalidConnection, failure.Kind);
        Assert.Equal(1, failure.Attempts);
        Assert.Contains("127.0.0.1", failure.Hint, StringComparison.Ordinal);
    }

    private static GptChatException Of(Exception failure, string uri = "http://192.0.2.1:9/v1") => TransportFailure.Of(failure, Calls.Ask(Calls.Connection(uri, key: null)));
}
