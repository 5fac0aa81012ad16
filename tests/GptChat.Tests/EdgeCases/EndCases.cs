using System;
using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>How a stream ends, and how it breaks off.</summary>
public sealed class EndCases : EdgeCaseTest
{
    private static readonly string[] Ten = [.. Enumerable.Range(1, 10).Select(number => number + " ")];

    [Theory]
    [EachMode("data: [DONE]", "data: [DONE]\n", "data: [DONE]\r", "data: [DONE]\r\n", "data:[DONE]")]
    public void Case_10_A_last_event_without_its_blank_line_is_the_end(string mode, string last) =>
        Ask(mode, Reply.Sse(Text("all") + Payloads.Event(Payloads.FinishChunk()) + last)).Is("all");

    [Theory]
    [EachMode]
    public void Case_11_A_stream_that_said_why_it_ends_needs_no_mark_of_the_end(string mode) =>
        Ask(mode, Reply.Sse(Text("all") + Payloads.Event(Payloads.FinishChunk())).CloseWithoutLength()).Is("all");

    [Theory]
    [EachMode]
    public void Case_12_A_stream_that_just_ends_is_truncated_and_keeps_its_text(string mode) =>
        Ask(mode, Reply.Stream(["one ", "two ", "three"]).CloseWithoutLength(Offset.Events(3))).Fails("Truncated", "one two ");

    [Theory]
    [EachMode]
    public void Case_12_A_stream_that_ends_within_an_event_is_truncated_and_keeps_its_text(string mode) =>
        Ask(mode, Reply.Sse(Text("one ") + Text("two")[..40]).CloseWithoutLength()).Fails("Truncated", "one ");

    [Theory]
    [EachMode]
    public void Case_13_A_chunked_body_that_is_cut_is_truncated_and_not_sent_again(string mode) =>
        Ask(mode, Reply.Stream(Ten).TruncateAfter(Offset.Events(11))).Fails("Truncated", string.Concat(Ten));

    [Theory]
    [EachMode]
    public void Case_13_A_connection_that_is_reset_in_mid_stream_is_truncated_and_not_sent_again(string mode)
    {
        // A reset may overtake what was sent before it; that there is one error and one request is certain.
        Call call = Ask(mode, Reply.Stream(Ten).ResetAfter(Offset.Events(6)));
        string? partial = (string?)call.Fact("PartialText");
        call.Fails("Truncated", partial);
        Assert.StartsWith(partial ?? string.Empty, string.Concat(Ten), StringComparison.Ordinal);
    }

    [Theory]
    [EachMode]
    public void Case_14_A_reset_before_any_byte_is_tried_again_and_answered_once(string mode) =>
        Assert.Equal("ConnectionLost", Retried(AskWith(mode, "-RetryIntervalSec 0", Reply.AsAsked("never").ResetAfter(0), Reply.AsAsked("once only")).Is("once only", requests: 2)));

    [Theory]
    [EachMode]
    public void Case_14_A_close_before_any_byte_is_tried_again_and_answered_once(string mode) =>
        Assert.Equal("ConnectionLost", Retried(AskWith(mode, "-RetryIntervalSec 0", Reply.AsAsked("never").CloseBeforeHeaders(), Reply.AsAsked("once only")).Is("once only", requests: 2)));

    [Theory]
    [EachMode]
    public async Task Case_15_A_socket_that_stays_open_after_the_end_holds_nothing_up(string mode)
    {
        Ask(mode, Reply.Stream("all of it").KeepOpenAfterEnd()).Is("all of it");
        await Server.Requests[0].Aborted.WaitAsync(ModuleHost.Limit);
    }

    [Theory]
    [EachMode("""{"error":{"message":"too late"}}""", "{oops", "late text", "[DONE]")]
    public void Case_16_What_follows_the_end_does_not_count(string mode, string late) =>
        Ask(mode, Reply.Sse(Good("all") + Payloads.Event(late) + Text("more"))).Is("all");

    [Theory]
    [EachMode("[DONE] ", "[DONE]x", " [DONE]\u00A0", "[done]", "[DONE]\ndata: [DONE]")]
    public void Case_17_What_only_resembles_the_mark_of_the_end_is_malformed_and_no_success(string mode, string mark) =>
        Ask(mode, Reply.Sse(Text("all") + Payloads.Event(Payloads.FinishChunk()) + Payloads.Event(mark))).Fails("MalformedResponse", "all");

    [Theory]
    [EachMode("length", "content_filter", "error", "weird")]
    public void Case_30_A_reason_that_is_no_good_end_is_warned_of_and_kept_as_text(string mode, string reason)
    {
        string words = reason switch { "length" => "-MaxCompletionTokens", "content_filter" => "content filter", _ => "'" + reason + "'" };
        Call call = Ask(mode, Reply.AsAsked("Once upon").WithFinishReason(reason)).Is("Once upon", warning: words);
        Assert.Equal(reason, call.Response("FinishReason"));
    }

    private static string Retried(Call call) => Assert.Single(((System.Collections.IEnumerable)call.Response("Retries")!).Cast<object>()).Member("Reason")!.ToString()!;
}
