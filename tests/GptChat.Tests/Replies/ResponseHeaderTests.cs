using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Replies;

/// <summary>What an answer's headers tell is told by the response, live, from a recording and after Clixml.</summary>
public sealed class ResponseHeaderTests : ModuleTest
{
    private static Reply WithHeaders(Reply reply) => reply
        .WithHeader("x-request-id", "req_1").WithHeader("cf-aig-cache-status", "HIT").WithHeader("cf-aig-step", "1")
        .WithHeader("cf-aig-log-id", "log_2").WithHeader("cf-aig-event-id", "event_3")
        .WithHeader("x-ratelimit-limit-requests", "500").WithHeader("x-ratelimit-remaining-requests", "499").WithHeader("x-ratelimit-reset-requests", "1s")
        .WithHeader("Ratelimit", "\"default\";r=50;t=30").WithHeader("Set-Cookie", "session=abc").WithHeader("X-Odd", "odd");

    private static void Check(PSObject answer)
    {
        Assert.Equal(("req_1", "HIT", 1, "log_2", "event_3"), (answer.Member("Response.RequestId"), answer.Member("Response.CacheStatus"), answer.Member("Response.GatewayStep"), answer.Member("Response.GatewayLogId"), answer.Member("Response.GatewayEventId")));
        Assert.Equal((500L, 499L, TimeSpan.FromSeconds(1)), (answer.Member("Response.RateLimit.LimitRequests"), answer.Member("Response.RateLimit.RemainingRequests"), answer.Member("Response.RateLimit.ResetRequests")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -Stream | Where-Object Response")]
    public void They_are_there(string how)
    {
        Server.Enqueue(WithHeaders(Reply.AsAsked("An answer.")));
        PSObject answer = InvokeOne("Invoke-GptChat 'x'" + how);
        Check(answer);
        var headers = Assert.IsAssignableFrom<IReadOnlyDictionary<string, string>>(answer.Member("Response.Headers"));
        Assert.Equal("odd", headers["x-oDD"]);
        Assert.False(headers.ContainsKey("Set-Cookie"));
        Assert.ThrowsAny<NotSupportedException>(() => ((IDictionary)headers)["x"] = "y");
        Assert.Equal("odd", InvokeOne("$answer.Response.Headers['X-Odd']", ("answer", answer)).BaseObject);
    }

    [Fact]
    public void A_recording_keeps_them_and_Clixml_too()
    {
        Server.Enqueue(WithHeaders(Reply.Completion("An answer.")));
        Invoke("Invoke-GptChat 'x' -Record $path", ("path", Folder.At("r.jsonl")));
        PSObject answer = InvokeOne("Invoke-GptChat 'x' -Replay $path");
        Check(answer);
        object copy = PSSerializer.Deserialize(PSSerializer.Serialize(answer.Member("Response"), 2));
        Assert.Equal(
            "HIT 1 log_2 event_3 req_1 500 499 1 HIT",
            InvokeOne("$c.CacheStatus, $c.GatewayStep, $c.GatewayLogId, $c.GatewayEventId, $c.RequestId, $c.RateLimit.LimitRequests, $c.RateLimit.RemainingRequests, $c.RateLimit.ResetRequests.TotalSeconds, $c.Headers['cf-aig-cache-status'] -join ' '", ("c", copy)).ToString());
    }

    [Fact]
    public void Without_them_there_is_nothing()
    {
        PSObject answer = InvokeOne("Invoke-GptChat 'x'");
        Assert.Null(answer.Member("Response.CacheStatus"));
        Assert.Null(answer.Member("Response.RateLimit"));
        Assert.Null(answer.Member("Response.GatewayStep"));
        Assert.Null(answer.Member("Response.RequestId"));
    }

    [Fact]
    public void An_error_of_haste_says_what_is_left()
    {
        Server.Default = Reply.Error(429, "Too fast", code: "rate_limit_exceeded").WithHeader("x-ratelimit-limit-tokens", "1000").WithHeader("x-ratelimit-remaining-tokens", "0").WithHeader("x-ratelimit-reset-tokens", "6m0s");
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -MaximumRetryCount 0").IsKind("RateLimit");
        Assert.Contains("0 of 1000 tokens left, all again in 360 s", error.Exception.Message);
        Assert.Equal(TimeSpan.FromMinutes(6), error.Fact("RateLimit.ResetTokens"));
    }
}
