using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>Requests that are sent again, on real sockets.</summary>
public sealed class RetryTests : ServerTest
{
    private static readonly RetryPolicy AtOnce = new(2, TimeSpan.Zero);

    private ChatCall Call(RetryPolicy retry, bool stream = true) => Calls.Ask(Connection, stream) with { Retry = retry };

    private static Reply Busy => Reply.Error(429, "Slow down.", "rate_limit_error", "rate_limit_exceeded").WithHeader("retry-after-ms", "1");

    [Fact]
    public async Task A_passing_failure_is_followed_by_one_answer_that_tells_of_it()
    {
        Server.Enqueue(Busy, Reply.Raw(502, "text/html", "<title>Bad gateway</title>"), Reply.Stream("Here."));
        Outcome outcome = await SendAsync(Call(AtOnce));
        Assert.Equal("Here.", outcome.Text);
        Assert.Equal(3, outcome.Response.Attempts);
        Assert.Equal([(GptErrorKind.RateLimit, 429), (GptErrorKind.ServerError, 502)], outcome.Response.Retries.Select(retry => (retry.Reason, retry.StatusCode!.Value)));
        Assert.Equal(TimeSpan.FromMilliseconds(1), outcome.Response.Retries[0].Delay);
        Assert.Equal(3, Server.Requests.Count);
        Assert.Single(Server.Requests.Select(request => request.BodyText).Distinct());
    }

    [Fact]
    public async Task A_connection_that_is_reset_before_any_byte_is_tried_again()
    {
        Server.Enqueue(Reply.Completion("lost").ResetAfter(0), Reply.Completion("Here."));
        Outcome outcome = await SendAsync(Call(AtOnce, stream: false));
        Assert.Equal("Here.", outcome.Text);
        Assert.Equal(GptErrorKind.ConnectionLost, Assert.Single(outcome.Response.Retries).Reason);
    }

    [Fact]
    public async Task The_last_failure_tells_of_all_tries()
    {
        Server.Default = Busy;
        GptChatException failure = (await SendAsync(Call(AtOnce))).FailedAs(GptErrorKind.RateLimit);
        Assert.Equal(3, failure.Attempts);
        Assert.Equal(2, failure.Retries.Count);
        Assert.Contains("3 attempts", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, Server.Requests.Count);
    }

    [Theory]
    [InlineData("insufficient_quota")]
    [InlineData("credit_balance_exhausted")]
    [InlineData("3036")]
    public async Task An_empty_account_is_asked_once(string code)
    {
        Server.Default = Reply.Error(429, "No credit.", code, code);
        (await SendAsync(Call(AtOnce))).FailedAs(GptErrorKind.QuotaExceeded);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_long_wait_is_told_at_once()
    {
        Server.Default = Busy.WithHeader("retry-after-ms", "86400000");
        GptChatException failure = (await SendAsync(Call(AtOnce))).FailedAs(GptErrorKind.RateLimit);
        Assert.Contains("asks to wait 86400 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Nothing_is_sent_again_once_the_answer_has_begun()
    {
        Server.Enqueue(Reply.Stream("Half of it").TruncateAfter(Offset.Events(2)), Reply.Stream("again"));
        GptChatException failure = (await SendAsync(Call(AtOnce))).FailedAs(GptErrorKind.Truncated);
        Assert.Equal(1, failure.Attempts);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        Server.Default = Busy.WithHeader("retry-after-ms", "50000");
        using var stop = new CancellationTokenSource();
        Task<Outcome> call = SendAsync(Call(RetryPolicy.Default), stop.Token);
        await (await Server.WaitForRequestsAsync(1, CancellationToken.None))[0].Completed.WaitAsync(Limit, CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(Server.Requests);
    }
}
