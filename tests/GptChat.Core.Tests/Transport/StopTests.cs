using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>A stop ends a call in any state and closes its connection.</summary>
public sealed class StopTests : ServerTest
{
    [Fact]
    public async Task A_stop_before_the_call_sends_nothing()
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(Calls.Ask(Connection), stop.Token));
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stop_while_waiting_for_the_headers_closes_the_connection(bool stream)
    {
        using CancellationTokenSource stop = new();
        Task<Outcome> call = SendAsync(Reply.Completion("a").HangBeforeHeaders(), stream, cancellation: stop.Token);
        IReadOnlyList<ReceivedRequest> requests = await Server.WaitForRequestsAsync(1).WaitAsync(Limit);
        await stop.CancelAsync();
        OperationCanceledException stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(stop.Token, stopped.CancellationToken);
        await requests[0].Aborted.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_stop_while_a_silent_server_is_read_closes_the_connection()
    {
        using CancellationTokenSource stop = new();
        Server.Enqueue(Reply.Stream(["a", "b"]).HangAfter(Offset.Events(2)));
        await using IAsyncEnumerator<GptChunk> chunks = Calls.Send(HttpTransport.Instance, Calls.Ask(Connection), stop.Token).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync().AsTask().WaitAsync(Limit));
        Task<bool> next = chunks.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Limit));
        await Server.Requests[0].Aborted.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_stop_between_two_reads_closes_the_connection()
    {
        using CancellationTokenSource stop = new();
        Server.Enqueue(Reply.Stream(["a", "b"]).HangAfter(Offset.Events(2)));
        await using IAsyncEnumerator<GptChunk> chunks = Calls.Send(HttpTransport.Instance, Calls.Ask(Connection), stop.Token).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync().AsTask().WaitAsync(Limit));
        await stop.CancelAsync();
        await Server.Requests[0].Aborted.WaitAsync(Limit);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chunks.MoveNextAsync().AsTask().WaitAsync(Limit));
    }

    [Fact]
    public async Task A_stop_in_a_plain_body_closes_the_connection()
    {
        using CancellationTokenSource stop = new();
        ChatCall call = Calls.Ask(Connection, stream: false);
        Server.Enqueue(Reply.Completion("a").HangAfter(20));
        using TransportResponse response = await HttpTransport.Instance.SendAsync(call, stop.Token).WaitAsync(Limit);
        Task<Outcome> reading = Outcome.OfAsync(new AnswerReader(call, response).ReadAsync(stop.Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Limit));
        await Server.Requests[0].Aborted.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_reader_that_has_enough_closes_the_connection()
    {
        Server.Enqueue(Reply.Stream(["a", "b"]).HangAfter(Offset.Events(2)));
        await foreach (GptChunk chunk in Calls.Send(HttpTransport.Instance, Calls.Ask(Connection)))
        {
            Assert.Equal("a", chunk.Text);
            break;
        }

        await Server.Requests[0].Aborted.WaitAsync(Limit);
    }

    [Fact]
    public async Task After_a_stop_the_next_call_works()
    {
        using CancellationTokenSource stop = new();
        Task<Outcome> call = SendAsync(Reply.Stream("a").HangBeforeHeaders(), cancellation: stop.Token);
        await Server.WaitForRequestsAsync(1).WaitAsync(Limit);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("b", (await SendAsync(Reply.Stream("b"))).Response.Content);
    }
}
