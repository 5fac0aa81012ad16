using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>Whole answers, asked for or not.</summary>
public sealed class PlainCases : EdgeCaseTest
{
    [Theory]
    [EachMode]
    public void Case_33_A_whole_answer_to_a_call_for_a_stream_is_the_answer(string mode)
    {
        Call call = Ask(mode, Reply.Completion("the whole").WithGatewayMetadata()).Is("the whole");
        Assert.Equal(mode.Length > 0, Server.Requests[0].Json.TryGetProperty("stream", out _));
        Assert.Equal(19L, call.Response("Usage.TotalTokens"));
        Assert.Single(call.Output);
    }

    [Theory]
    [EachMode]
    public void Case_33_A_stream_to_a_call_for_a_whole_answer_is_the_answer(string mode) => Ask(mode, Reply.Stream("the whole")).Is("the whole");

    [Theory]
    [EachMode("""{"error":{"message":"on fire"}}""", """{"error":"on fire"}""", """{"choices":[],"error":{"message":"on fire"}}""", """{"error":{"message":"on fire"},"choices":[{"index":0,"message":{"role":"assistant","content":"half"}}]}""")]
    public void Case_35_Status_200_with_an_error_is_an_error(string mode, string body) => Ask(mode, Reply.Json(body)).Fails("ServerError", words: "on fire");

    [Theory]
    [EachMode("application/json", "text/event-stream", "text/plain", null)]
    public void Case_35_Status_200_with_nothing_is_an_error(string mode, string? type) => Ask(mode, Reply.Raw(200, type, string.Empty)).Fails("EmptyResponse", words: "status 200");

    [Theory]
    [EachMode("""{"choices":[]}""", """{"choices":[null]}""")]
    public void Case_35_Status_200_without_a_choice_is_an_error_that_carries_the_response(string mode, string body)
    {
        Call call = Ask(mode, Reply.Json(body));
        call.Fails("EmptyResponse");
        Assert.NotNull(call.Fact("Response"));
    }

    [Theory]
    [EachMode("""{"choices":null}""", "{}", "null")]
    public void Case_35_Status_200_with_neither_choices_nor_an_error_is_an_error(string mode, string body) =>
        Ask(mode, Reply.Json(body)).Fails("ServerError", words: "neither choices nor an error");

    [Theory]
    [EachMode("[]", "42", "\"text\"", """{"choices":{}}""", """{"choices":[]""", "text")]
    public void Case_35_Status_200_with_what_is_no_completion_is_an_error(string mode, string body) => Ask(mode, Reply.Json(body)).Fails("MalformedResponse", words: "-BaseUri");
}
