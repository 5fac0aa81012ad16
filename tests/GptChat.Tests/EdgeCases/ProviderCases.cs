using System;
using System.Globalization;
using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>What providers refuse, and how long they ask to wait.</summary>
public sealed class ProviderCases : EdgeCaseTest
{
    [Theory]
    [EachMode]
    public void Case_36_A_wrong_account_in_Cloudflares_envelope_hints_at_the_account_id(string mode) =>
        Ask(mode, Reply.CloudflareError(404, 7003, "Could not route to /client/v4/accounts/x/ai")).Fails("InvalidConnection", words: ["Could not route", "-AccountId", "code 7003"]);

    [Theory]
    [EachMode]
    public void Case_36_A_wrong_token_in_Cloudflares_envelope_hints_at_the_token(string mode) =>
        Ask(mode, Reply.CloudflareError(401, 10000, "Authentication error")).Fails("Authentication", words: ["Authentication error", "token", "code 10000"]);

    [Theory]
    [EachMode(400, 200)]
    public void Case_36_An_error_within_the_text_of_Workers_AI_is_told_as_it_is(string mode, int status)
    {
        Reply reply = Reply.CloudflareError(status, 5006, "AiError: AiError: {\"error\":{\"message\":\"x\"}} (0f8fad5b-d9cb-469f-a165-70867728950e)");
        Call call = Ask(mode, reply);
        call.Fails(status == 400 ? "BadRequest" : "ServerError", words: "x. ");
        Assert.StartsWith("x. ", call.Error!.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", call.Fact("RequestId"));
    }

    [Theory]
    [EachMode("insufficient_quota", "credit_balance_exhausted", "3036")]
    public void Case_37_An_empty_account_is_asked_once(string mode, string code)
    {
        Reply reply = code == "3036" ? Reply.CloudflareError(429, 3036, "Daily free neurons are used up") : Reply.Error(429, "You ran out", "insufficient_quota", code);
        Ask(mode, reply.WithHeader("retry-after-ms", "1").WithHeader("x-should-retry", "true")).Fails("QuotaExceeded");
    }

    [Theory]
    [InlineData("retry-after-ms", "300", 0.3)]
    [InlineData("Retry-After", "1.5", 1.5)]
    [InlineData("Retry-After", "0.015", 0.015)]
    [InlineData("retry-after-ms", "1.5", 0.0015)]
    public void Case_37_The_time_that_a_server_names_is_waited_for(string header, string value, double seconds) =>
        Assert.Equal(seconds, Wait(Ask("", Busy(header, value), Reply.Completion("at last")).Is("at last", requests: 2)), 6);

    [Fact]
    public void Case_37_A_date_is_waited_for()
    {
        DateTimeOffset date = DateTimeOffset.UtcNow.AddSeconds(2);
        double wait = Wait(Ask("", Busy("Retry-After", date.ToString("R", CultureInfo.InvariantCulture)), Reply.Completion("at last")).Is("at last", requests: 2));
        Assert.InRange(wait, 0, 2);
    }

    [Theory]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("soon")]
    public void Case_37_A_time_that_is_none_is_backed_off_as_without_one(string value) =>
        Assert.InRange(Wait(Ask("", Busy("Retry-After", value), Reply.Completion("at last")).Is("at last", requests: 2)), 0.375, 0.5);

    [Theory]
    [EachMode("86400", "61", "1e300", "Infinity", "Thu, 31 Dec 2099 23:59:59 GMT")]
    public void Case_37_A_time_beyond_all_patience_fails_at_once_and_says_how_long(string mode, string value) =>
        Ask(mode, Busy("Retry-After", value)).Fails("RateLimit", words: "The server asks to wait");

    [Theory]
    [EachMode]
    public void Case_38_A_page_of_200_KB_is_cut_to_its_title(string mode)
    {
        string page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>" + new string('x', 200_000) + "</body></html>";
        Call call = AskWith(mode, "-MaximumRetryCount 0", Reply.Raw(502, "text/html", page));
        call.Fails("ServerError", words: ["502 Bad Gateway", "HTTP 502"]);
        Assert.InRange(call.Error!.Exception.Message.Length, 20, 400);
        Assert.DoesNotContain("xxx", call.Error.Exception.ToString());
    }

    [Theory]
    [EachMode]
    public void Case_38_A_message_that_repeats_the_key_is_shown_without_it(string mode)
    {
        Call call = Ask(mode, Reply.Error(401, "Incorrect API key provided: " + ModuleHost.Key + ". Find yours at https://example.com."));
        call.Fails("Authentication", words: "Incorrect API key provided: ***. Find yours");
        Assert.DoesNotContain(ModuleHost.Key, call.Error!.ToString() + call.Error.Exception);
    }

    private static Reply Busy(string header, string value) => Reply.Error(429, "Slow down", code: "rate_limit_exceeded").WithHeader(header, value);

    private static double Wait(Call call) => ((TimeSpan)((System.Collections.IEnumerable)call.Response("Retries")!).Cast<object>().Single().Member("Delay")!).TotalSeconds;
}
