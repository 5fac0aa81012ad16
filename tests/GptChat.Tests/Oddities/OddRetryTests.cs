using System;
using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Tests.EdgeCases;
using Xunit;

namespace GptChat.Tests.Oddities;

/// <summary>Failures in unusual company: what is sent again, and what is not.</summary>
public sealed class OddRetryTests : EdgeCaseTest
{
    private static Reply Soon(int status) => Reply.Error(status, "Not now").WithHeader("retry-after-ms", "1");

    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(524)]
    [InlineData(529)]
    public void A_passing_failure_is_survived(int status) => Ask("-Stream", Soon(status), Reply.AsAsked("at last")).Is("at last", requests: 2);

    [Theory]
    [InlineData(400, "BadRequest")]
    [InlineData(401, "Authentication")]
    [InlineData(402, "QuotaExceeded")]
    [InlineData(403, "Forbidden")]
    [InlineData(404, "NotFound")]
    [InlineData(405, "NotFound")]
    [InlineData(413, "RequestTooLarge")]
    [InlineData(422, "BadRequest")]
    [InlineData(501, "ServerError")]
    public void A_lasting_failure_is_told_at_once(int status, string kind) => Ask("-Stream", Soon(status)).Fails(kind);

    [Theory]
    [InlineData(503, "false", 1)]
    [InlineData(400, "true", 3)]
    [InlineData(503, "nonsense", 3)]
    public void The_servers_own_word_outranks_the_status(int status, string said, int requests)
    {
        Reply reply = Soon(status).WithHeader("x-should-retry", said);
        Call call = Ask("", Enumerable.Repeat(reply, requests).ToArray());
        call.Fails(status == 400 ? "BadRequest" : "ServerError", requests: requests);
    }

    [Fact]
    public void Milliseconds_outrank_seconds() =>
        Ask("", Reply.Error(503, "Not now").WithHeader("retry-after", "3000").WithHeader("retry-after-ms", "1"), Reply.AsAsked("at last")).Is("at last", requests: 2);

    [Fact]
    public void A_failure_whose_body_never_ends_is_told_by_its_status_and_tried_again() =>
        AskWith("", "-OperationTimeoutSeconds 0.1", Soon(503).HangAfter(5), Reply.AsAsked("at last")).Is("at last", requests: 2);

    [Fact]
    public void A_failure_whose_body_is_cut_is_told_by_its_status()
    {
        Call call = Ask("", Reply.Error(400, "A long message").TruncateAfter(12));
        call.Fails("BadRequest", words: "400 Bad Request");
    }

    [Theory]
    [EachMode]
    public void What_began_as_an_answer_is_never_sent_again(string mode)
    {
        Ask(mode, Soon(503), Reply.Stream(["one ", "two"]).TruncateAfter(Offset.Events(2))).Fails("Truncated", "one ", requests: 2);
        Ask(mode, Reply.Sse(Text("one") + Payloads.Event("""{"error":{"message":"busy","code":"rate_limit_exceeded"}}"""))).Fails("RateLimit", "one");
    }

    [Fact]
    public void Different_failures_in_a_row_are_all_told()
    {
        Call call = AskWith("", "-RetryIntervalSec 0", Soon(502), Reply.AsAsked("x").CloseBeforeHeaders(), Reply.AsAsked("at last"));
        call.Is("at last", requests: 3);
        Assert.Equal(["ServerError 502", "ConnectionLost "], ((System.Collections.IEnumerable)call.Response("Retries")!).Cast<object>().Select(retry => retry.Member("Reason") + " " + retry.Member("StatusCode")));
    }

    [Fact]
    public void A_response_timeout_is_tried_once_more_and_said_to_cost_perhaps()
    {
        Server.Default = Reply.AsAsked("x").HangBeforeHeaders();
        Outcome outcome = Run("try { Invoke-GptChat 'x' -ResponseTimeoutSeconds 0.1 -MaximumRetryCount 5 -RetryIntervalSec 0 -Verbose } catch { $_ }");
        Assert.Equal(2, Server.Requests.Count);
        Assert.Contains(outcome.Verbose, line => line.Contains("billed", StringComparison.Ordinal));
        Server.Default = Reply.AsAsked("fine");
        Assert.Equal("fine", InvokeOne("Invoke-GptChat 'x'").BaseObject);
    }

    [Fact]
    public void A_request_that_is_sent_again_is_the_same_byte_for_byte()
    {
        Ask("-Stream", Soon(503), Soon(500), Reply.AsAsked("at last")).Is("at last", requests: 3);
        Assert.Single(Server.Requests.Take(3).Select(request => request.BodyText).Distinct());
        Assert.Single(Server.Requests.Take(3).Select(request => string.Join(';', request.Headers.OrderBy(header => header.Key).Select(header => header.Key + header.Value))).Distinct());
    }

    [Fact]
    public async Task Limits_of_one_call_are_not_those_of_the_next()
    {
        AskWith("", "-ResponseTimeoutSeconds 0.05 -OperationTimeoutSeconds 0.05 -ConnectionTimeoutSeconds 1 -MaximumRetryCount 0", Reply.AsAsked("x").HangBeforeHeaders()).Fails("ResponseTimeout");
        var gate = new TaskCompletionSource();
        Server.Enqueue(Reply.AsAsked("slow but sure").GateHeaders(gate.Task));
        using PendingCall slow = Host.Begin("Invoke-GptChat 'x'");
        await Server.WaitForRequestsAsync(3).WaitAsync(ModuleHost.Limit);

        // The clock is another call, whose limit is longer than the first one's.
        await using (ModuleHost clock = await ModuleHost.StartAsync())
        {
            clock.Connect().Server.Default = Reply.AsAsked("x").HangBeforeHeaders();
            clock.InvokeError("Invoke-GptChat 'x' -ResponseTimeoutSeconds 0.2 -MaximumRetryCount 0").IsKind("ResponseTimeout");
        }

        gate.SetResult();
        Assert.Equal("slow but sure", Assert.Single((await slow.EndAsync()).RequireSuccess().Output).BaseObject);
    }
}
