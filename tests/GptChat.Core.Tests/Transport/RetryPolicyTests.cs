using System;
using System.Collections.Generic;
using System.IO;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>Which failures are worth another try, and after how long.</summary>
public sealed class RetryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    private static GptChatException Status(int status, GptErrorKind kind = GptErrorKind.ServerError, TimeSpan? after = null, bool? should = null) =>
        new(kind, "no") { StatusCode = status, RetryAfter = after, ShouldRetry = should };

    private static TransportResponse With(string header, string value) =>
        new(429, null, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [header] = value }, Stream.Null);

    [Theory]
    [InlineData(408, true)]
    [InlineData(409, true)]
    [InlineData(425, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(520, true)]
    [InlineData(524, true)]
    [InlineData(529, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(402, false)]
    [InlineData(404, false)]
    [InlineData(413, false)]
    [InlineData(422, false)]
    [InlineData(501, false)]
    [InlineData(505, false)]
    public void Statuses_that_pass_are_tried_again(int status, bool isRetried) =>
        Assert.Equal(isRetried, RetryPolicy.Default.DelayAfter(Status(status), 0, 1) is not null);

    [Fact]
    public void An_empty_account_is_not_tried_again_whatever_the_status_or_the_server_says() =>
        Assert.Null(RetryPolicy.Default.DelayAfter(Status(429, GptErrorKind.QuotaExceeded, should: true), 0, 1));

    [Fact]
    public void The_servers_word_outranks_the_status()
    {
        Assert.Null(RetryPolicy.Default.DelayAfter(Status(503, should: false), 0, 1));
        Assert.NotNull(RetryPolicy.Default.DelayAfter(Status(400, should: true), 0, 1));
    }

    [Theory]
    [InlineData(GptErrorKind.ConnectionLost, 1, true)]
    [InlineData(GptErrorKind.ConnectTimeout, 1, true)]
    [InlineData(GptErrorKind.ResponseTimeout, 0, true)]
    [InlineData(GptErrorKind.ResponseTimeout, 1, false)]
    [InlineData(GptErrorKind.ConnectFailed, 0, false)]
    [InlineData(GptErrorKind.CertificateRejected, 0, false)]
    [InlineData(GptErrorKind.OperationTimeout, 0, false)]
    [InlineData(GptErrorKind.Truncated, 0, false)]
    [InlineData(GptErrorKind.ReplayMiss, 0, false)]
    public void Failures_without_a_status_are_told_apart(GptErrorKind kind, int retries, bool isRetried) =>
        Assert.Equal(isRetried, RetryPolicy.Default.DelayAfter(new GptChatException(kind, "no"), retries, 1) is not null);

    [Fact]
    public void There_is_an_end_to_trying()
    {
        Assert.NotNull(RetryPolicy.Default.DelayAfter(Status(500), 1, 1));
        Assert.Null(RetryPolicy.Default.DelayAfter(Status(500), 2, 1));
        Assert.Null(RetryPolicy.None.DelayAfter(Status(500), 0, 1));
    }

    [Theory]
    [InlineData(0, 1.0, 0.5)]
    [InlineData(0, 0.0, 0.375)]
    [InlineData(1, 1.0, 1.0)]
    [InlineData(4, 1.0, 8.0)]
    [InlineData(50, 0.0, 6.0)]
    public void The_wait_doubles_up_to_eight_seconds_less_a_quarter_at_most(int retries, double jitter, double seconds) =>
        Assert.Equal(seconds, new RetryPolicy(99).DelayAfter(Status(500), retries, jitter)!.Value.TotalSeconds, 6);

    [Fact]
    public void A_given_interval_takes_the_place_of_the_growing_wait_but_not_of_the_servers()
    {
        var policy = new RetryPolicy(2, TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), policy.DelayAfter(Status(500), 1, 0));
        Assert.Equal(TimeSpan.FromSeconds(20), policy.DelayAfter(Status(429, after: TimeSpan.FromSeconds(20)), 0, 0));
    }

    [Fact]
    public void Who_is_asked_to_wait_for_more_than_a_minute_is_told_at_once() =>
        Assert.Null(RetryPolicy.Default.DelayAfter(Status(429, after: TimeSpan.FromSeconds(61)), 0, 1));

    [Fact]
    public void A_recording_is_not_waited_for() =>
        Assert.Equal(TimeSpan.Zero, new RetryPolicy(2) { Waits = false }.DelayAfter(Status(429, after: TimeSpan.FromSeconds(30)), 0, 1));

    [Theory]
    [InlineData("retry-after-ms", "300", 0.3)]
    [InlineData("retry-after-ms", "1500.5", 1.5005)]
    [InlineData("Retry-After", "1.5", 1.5)]
    [InlineData("Retry-After", "Mon, 02 Mar 2026 02:00:20 GMT", 20.0)]
    [InlineData("Retry-After", "86400", 86400.0)]
    [InlineData("Retry-After", "Mon, 02 Mar 2026 01:00:00 GMT", null)]
    [InlineData("Retry-After", "-1", null)]
    [InlineData("Retry-After", "NaN", null)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "Monday, 02-Mar-26 02:00:20 GMT", 20.0)]
    [InlineData("Retry-After", "Mon Mar  2 02:00:20 2026", 20.0)]
    [InlineData("Retry-After", "23:59", null)]
    [InlineData("Retry-After", "12,5", null)]
    [InlineData("Retry-After", "Infinity", 3_153_600_000.0)]
    [InlineData("retry-after-ms", "Infinity", 3_153_600_000.0)]
    [InlineData("X-Other", "5", null)]
    public void The_servers_wait_is_read_in_each_of_its_forms(string header, string value, double? seconds) =>
        Assert.Equal(seconds, RetryHeaders.After(With(header, value), Now)?.TotalSeconds);

    [Theory]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("NaN")]
    [InlineData("soon")]
    public void Milliseconds_that_say_nothing_leave_the_word_to_the_seconds(string milliseconds)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["retry-after-ms"] = milliseconds, ["retry-after"] = "7" };
        Assert.Equal(7, RetryHeaders.After(new TransportResponse(429, null, headers, Stream.Null), Now)?.TotalSeconds);
    }

    [Theory]
    [InlineData("x-should-retry", "true", true)]
    [InlineData("x-should-retry", "false", false)]
    [InlineData("x-should-retry", "perhaps", null)]
    public void The_servers_yes_or_no_is_read(string header, string value, bool? said) => Assert.Equal(said, RetryHeaders.ShouldRetry(With(header, value)));
}
