using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>Requests that share a connection share its waits, on real sockets and a clock that the test moves.</summary>
public sealed class SharedWaitTests : ServerTest
{
    private readonly ManualClock _clock = new();

    private static Reply Busy(double seconds) => Reply.Error(429, "Slow down.", "rate_limit_error", "rate_limit_exceeded").WithHeader("retry-after", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private Task<Outcome> Ask(RetryPolicy? retry = null, CancellationToken cancellation = default)
    {
        Connection.Gate = Connection.Gate.Clock == _clock ? Connection.Gate : new RequestGate(_clock);
        return SendAsync(Calls.Ask(Connection, stream: false) with { Retry = retry ?? RetryPolicy.Default }, cancellation);
    }

    private async Task Finished(int count)
    {
        foreach (ReceivedRequest request in (await Server.WaitForRequestsAsync(count).WaitAsync(Limit)).Take(count)) await request.Completed.WaitAsync(Limit);
    }

    [Fact]
    public async Task One_is_told_to_wait_and_all_wait_then_one_goes_first()
    {
        var probe = new TaskCompletionSource();
        Server.Enqueue(Busy(20), Reply.Completion("a").GateHeaders(probe.Task));
        Task<Outcome> first = Ask();
        await _clock.WaitForAsync(TimeSpan.FromSeconds(20));
        List<Task<Outcome>> others = [Ask(), Ask(), Ask()];
        Assert.Single(Server.Requests);
        _clock.MoveTo(TimeSpan.FromSeconds(20));
        await Server.WaitForRequestsAsync(2).WaitAsync(Limit);
        Assert.All(others, other => Assert.False(other.IsCompleted));
        Assert.Equal(2, Server.Requests.Count);
        probe.SetResult();
        Assert.Equal(2, (await first).Response.Attempts);
        foreach (Outcome outcome in await Task.WhenAll(others)) Assert.Equal(1, outcome.Response.Attempts);
        Assert.Equal(5, Server.Requests.Count);
    }

    [Fact]
    public async Task Who_waits_knows_when_all_are_told_to_wait_for_longer()
    {
        using CancellationTokenSource stop = new();
        var notices = new ChatNotices();
        Connection.Gate = new RequestGate(_clock);
        Connection.Gate.Hold(TimeSpan.FromSeconds(10));
        Task<Outcome> call = SendAsync(Calls.Ask(Connection, stream: false) with { Retry = RetryPolicy.Default, Notices = notices }, stop.Token);
        await notices.Arrival.WaitAsync(Limit);
        ChatNotice notice = notices.Take()!;
        Assert.Equal(TimeSpan.FromSeconds(10), notice.Remaining!());
        Connection.Gate.Hold(TimeSpan.FromSeconds(50));
        Assert.Equal(TimeSpan.FromSeconds(50), notice.Remaining());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_reset_connection_holds_nobody_back()
    {
        Server.Enqueue(Reply.Completion("lost").ResetAfter(0));
        Task<Outcome> first = Ask(new RetryPolicy(1, TimeSpan.FromSeconds(30)));
        await _clock.WaitForAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, (await Ask()).Response.Attempts);
        _clock.MoveTo(TimeSpan.FromSeconds(30));
        Assert.Equal(2, (await first).Response.Attempts);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(400)]
    public async Task A_failure_of_one_request_holds_nobody_back(int status)
    {
        Server.Enqueue(Reply.Error(status, "No."));
        (await Ask(RetryPolicy.None)).FailedAs(status == 400 ? GptErrorKind.BadRequest : GptErrorKind.ServerError);
        Assert.Equal(1, (await Ask()).Response.Attempts);
    }

    [Fact]
    public async Task A_wait_of_more_than_a_minute_is_told_at_once_and_parks_nobody()
    {
        Server.Enqueue(Busy(61));
        (await Ask()).FailedAs(GptErrorKind.RateLimit);
        Assert.Equal(1, (await Ask()).Response.Attempts);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task An_own_interval_of_an_hour_parks_nobody_else()
    {
        Server.Enqueue(Reply.Error(503, "Busy."));
        Task<Outcome> patient = Ask(new RetryPolicy(1, TimeSpan.FromHours(1)));
        await _clock.WaitForAsync(TimeSpan.FromHours(1));
        Assert.Equal(1, (await Ask()).Response.Attempts);
        _clock.MoveTo(TimeSpan.FromHours(1));
        Assert.Equal(2, (await patient).Response.Attempts);
    }

    [Fact]
    public async Task The_wait_that_a_given_up_request_was_told_is_kept_by_the_next()
    {
        Server.Enqueue(Busy(20));
        (await Ask(RetryPolicy.None)).FailedAs(GptErrorKind.RateLimit);
        Task<Outcome> next = Ask();
        await _clock.WaitForAsync(TimeSpan.FromSeconds(20));
        Assert.Single(Server.Requests);
        _clock.MoveTo(TimeSpan.FromSeconds(20));
        Assert.Equal(1, (await next).Response.Attempts);
    }

    [Fact]
    public async Task An_empty_account_holds_nobody_back()
    {
        Server.Enqueue(Reply.Error(429, "No credit.", "insufficient_quota", "insufficient_quota").WithHeader("retry-after", "20"));
        (await Ask()).FailedAs(GptErrorKind.QuotaExceeded);
        Assert.Equal(1, (await Ask()).Response.Attempts);
    }

    [Fact]
    public async Task A_server_that_is_always_busy_is_given_up_by_all()
    {
        Server.Default = Busy(1);
        Task<Outcome[]> all = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Ask()));
        for (double now = 0; !all.IsCompleted; now += 0.5)
        {
            _clock.MoveTo(TimeSpan.FromSeconds(now));
            await Task.Yield();
        }

        foreach (Outcome outcome in await all) Assert.Equal(3, outcome.FailedAs(GptErrorKind.RateLimit).Attempts);
        Assert.Equal(30, Server.Requests.Count);
    }

    [Fact]
    public async Task A_stop_at_the_gate_ends_the_call_and_the_others_go_on()
    {
        using CancellationTokenSource stop = new();
        Server.Enqueue(Busy(20));
        Task<Outcome> first = Ask();
        await _clock.WaitForAsync(TimeSpan.FromSeconds(20));
        Task<Outcome> stopped = Ask(cancellation: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        _clock.MoveTo(TimeSpan.FromSeconds(20));
        Assert.Equal(2, (await first).Response.Attempts);
        await Finished(2);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task Another_connection_does_not_wait()
    {
        Server.Enqueue(Busy(20));
        Task<Outcome> held = Ask();
        await _clock.WaitForAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, (await SendAsync(Calls.Ask(Calls.Connection(Server.BaseUri.AbsoluteUri), stream: false))).Response.Attempts);
        _clock.MoveTo(TimeSpan.FromSeconds(20));
        await held;
    }
}
