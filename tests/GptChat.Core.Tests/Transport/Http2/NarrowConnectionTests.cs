using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Http2Server;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport.Http2;

/// <summary>A server that takes two requests at once on a connection.</summary>
public sealed class NarrowConnectionTests : Http2Test
{
    private protected override WebServerOptions Options => new() { MostStreams = 2 };

    [Fact]
    public async Task More_calls_at_once_than_a_connection_takes_open_others()
    {
        Arrivals arrivals = new(32);
        Server.Respond = async context =>
        {
            arrivals.Add();
            await arrivals.All.WaitAsync(Limit);
            await Answers.PlainAsync(context, context.Connection.Id);
        };
        Task<Outcome>[] calls = [.. Enumerable.Range(0, 32).Select(i => AskAsync("Number " + i))];
        Task all = arrivals.All;
        Assert.True(all == await Task.WhenAny([all, .. calls]), string.Concat(calls.Where(c => c.IsCompletedSuccessfully).Select(c => c.Result.Failure)));
        Outcome[] outcomes = await Task.WhenAll(calls);
        Assert.All(outcomes, outcome => Assert.Equal(1, outcome.Response.Attempts));
        Assert.All(outcomes.GroupBy(outcome => outcome.Response.Content), connection => Assert.InRange(connection.Count(), 1, 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stop_closes_no_connection_that_others_use(bool isTunnelled)
    {
        // The runtime opens the connections of all in a row, each on behalf of the one before.
        using CancellationTokenSource stop = new();
        await using TunnelProxy proxy = new();
        GptConnection connection = To(Server.BaseUri.AbsoluteUri, isTunnelled ? proxy.Uri : null);
        Arrivals arrivals = new(10);
        Arrivals stopped = new(5);
        Server.Respond = async context =>
        {
            using CancellationTokenRegistration _ = context.RequestAborted.Register(stopped.Add);
            arrivals.Add();
            await stopped.All.WaitAsync(Limit);
            if (!context.RequestAborted.IsCancellationRequested) await Answers.PlainAsync(context);
        };
        Task<Outcome>[] ended = [.. Enumerable.Range(0, 5).Select(_ => SendAsync(Calls.Ask(connection, stream: false), stop.Token))];
        Task<Outcome>[] others = [.. Enumerable.Range(0, 5).Select(_ => SendAsync(Calls.Ask(connection, stream: false)))];
        await arrivals.All.WaitAsync(Limit);
        await stop.CancelAsync();
        foreach (Task<Outcome> one in ended) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.All(await Task.WhenAll(others), outcome => Assert.Equal(("2", 1), (outcome.Response.Transfer!.HttpVersion, outcome.Response.Attempts)));
    }
}
