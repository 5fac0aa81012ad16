using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>Failures that come with status 200, and events that are none.</summary>
public sealed class FailureInStreamCases : EdgeCaseTest
{
    private const string Boom = """{"error":{"message":"boom","code":null}}""";

    [Theory]
    [EachMode("", Done, "data: [DONE]")]
    public void Case_18_An_error_in_mid_stream_keeps_the_text_and_no_mark_of_the_end_mends_it(string mode, string after)
    {
        string five = string.Concat(Enumerable.Range(1, 5).Select(number => Text(number + " ")));
        Ask(mode, Reply.Sse(five + Payloads.Event(Boom) + after)).Fails("StreamError", "1 2 3 4 5 ", words: "boom");
    }

    [Theory]
    [EachMode("""{"message":"boom"}""", """{"error":{"message":"boom"}}""", "\"boom\"", """{"detail":"boom"}""")]
    public void Case_19_An_event_named_error_is_one_whatever_its_shape(string mode, string data) =>
        Ask(mode, Reply.Sse(Text("one") + "event: error\n" + Payloads.Event(data) + End)).Fails("StreamError", "one", words: "boom");

    [Theory]
    [EachMode("42", "null", "{}", "[]", "no JSON at all")]
    public void Case_19_An_event_named_error_that_says_nothing_is_an_error_all_the_same(string mode, string data) =>
        Ask(mode, Reply.Sse(Text("one") + "event: error\n" + Payloads.Event(data) + End)).Fails("StreamError", "one");

    [Theory]
    [EachMode("event: ping\n\n", "event: ping\ndata:\n\n", "event: ping\ndata: \n\n", "event: error\n\n", "event: error\ndata\n\n")]
    public void Case_20_The_name_of_an_event_without_data_does_not_rub_off_on_the_next(string mode, string ping) =>
        Ask(mode, Reply.Sse(Text("one") + ping + Text(" two") + End)).Is("one two");

    [Theory]
    [EachMode("""{"status":"warming up"}""", "[1,2]", "42", "words")]
    public void Case_21_An_event_of_an_unknown_name_with_other_data_is_passed_over(string mode, string data) =>
        Ask(mode, Reply.Sse(Text("one") + "event: status\n" + Payloads.Event(data) + Text(" two") + End)).Is("one two");

    [Theory]
    [EachMode]
    public void Case_21_An_event_of_an_unknown_name_with_a_chunk_is_a_chunk(string mode) =>
        Ask(mode, Reply.Sse("event: completion\n" + Text("one") + "event: chunk\n" + Text(" two") + End)).Is("one two");

    [Theory]
    [EachMode("event: error\n", "event: status\n", "event: ping\n\n", "")]
    public void Case_19_and_21_What_begins_as_a_chunk_and_is_damaged_is_not_passed_over_whatever_its_name(string mode, string name) =>
        Ask(mode, Reply.Sse(Text("one") + name + Payloads.Event("{oops") + Text(" two") + End)).Fails("MalformedResponse", "one");

    [Theory]
    [EachMode("application/json", "text/event-stream", "text/plain")]
    public void Case_34_An_error_as_JSON_instead_of_a_stream_is_told_with_its_message(string mode, string type)
    {
        // A body without a type of its own is read as what it looks like.
        Ask(mode, Reply.Raw(200, type, Payloads.Error("No such luck"))).Fails(type == "text/event-stream" ? "StreamError" : "ServerError", words: "No such luck");
    }
}
