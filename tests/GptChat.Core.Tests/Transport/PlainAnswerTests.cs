using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>Answers that come in one piece, whatever was asked for.</summary>
public sealed class PlainAnswerTests
{
    [Fact]
    public async Task A_body_comes_back_whole()
    {
        Outcome outcome = await InMemory.PlainAsync(Fixture.Text(Fixture.Plain));
        GptResponse response = outcome.Response;
        Assert.StartsWith("A **lighthouse** keeps time", response.Content, StringComparison.Ordinal);
        Assert.Equal(response.Content, Assert.Single(outcome.Chunks).Text);
        Assert.Equal("chatcmpl-OwnFixtureStream00000000000156", response.Id);
        Assert.Equal("gpt-5.1-chat-latest", response.Model);
        Assert.Equal("stop", response.FinishReason);
        Assert.Equal("default", response.ServiceTier);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1760000123), response.Created);
        Assert.Equal("170 tokens (14 prompt, 156 completion)", response.Usage!.ToString());
        Assert.Equal("Unified", Assert.IsType<Dictionary<string, object?>>(response.ExtensionData["gatewaymetadata"])["KEYSOURCE"]);
        Assert.Empty(response.Message!.Annotations);
    }

    [Fact]
    public async Task A_full_body_answers_a_request_for_a_stream()
    {
        Outcome outcome = await InMemory.AnswerAsync(PieceStream.Whole(Fixture.Bytes(Fixture.Plain)), "application/json; charset=utf-8");
        Assert.Equal("stop", outcome.Response.FinishReason);
    }

    [Fact]
    public async Task A_stream_answers_a_request_for_a_plain_body()
    {
        Outcome outcome = await InMemory.AnswerAsync(PieceStream.Whole(Fixture.Bytes(Fixture.Stream)), asksForStream: false);
        Assert.Equal(170, outcome.Response.Usage!.TotalTokens);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    public async Task A_stream_without_its_type_is_read_where_one_was_asked_for(string type)
    {
        Outcome outcome = await InMemory.AnswerAsync(PieceStream.Whole(Fixture.Bytes(Fixture.Stream)), type);
        Assert.Equal(170, outcome.Response.Usage!.TotalTokens);
    }

    [Theory]
    [InlineData(InMemory.Json)]
    [InlineData(InMemory.EventStream)]
    public async Task An_error_body_with_status_200_is_an_error_with_its_message(string type)
    {
        Outcome outcome = await InMemory.AnswerAsync(PieceStream.Whole(Encoding.UTF8.GetBytes(Payloads.Error("No such luck", "server_error", "oops", "n"))), type);
        Assert.Equal(type == InMemory.Json ? GptErrorKind.ServerError : GptErrorKind.StreamError, outcome.Failure!.Kind);
        Assert.StartsWith("No such luck", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(("server_error", "oops", "n"), (outcome.Failure.Type, outcome.Failure.Code, outcome.Failure.Param));
        Assert.Equal(1, outcome.Failure.Attempts);
    }

    [Theory]
    [InlineData("", GptErrorKind.EmptyResponse)]
    [InlineData("{\"choices\":[]}", GptErrorKind.EmptyResponse)]
    [InlineData("{\"choices\":[null]}", GptErrorKind.EmptyResponse)]
    [InlineData("{\"choices\":[{}]}", GptErrorKind.EmptyResponse)]
    [InlineData("{\"choices\":[{\"message\":null}]}", GptErrorKind.EmptyResponse)]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"length\"}]}", GptErrorKind.EmptyResponse)]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"content_filter\"}]}", GptErrorKind.ContentFiltered)]
    [InlineData("{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[null],\"annotations\":[null]}}]}", GptErrorKind.EmptyResponse)]
    [InlineData("{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"No.\"}}]}", GptErrorKind.Refused)]
    [InlineData("{\"error\":{}}", GptErrorKind.ServerError)]
    [InlineData("{\"error\":{\"message\":\"\\ud83d\"}}", GptErrorKind.ServerError)]
    [InlineData("{}", GptErrorKind.ServerError)]
    [InlineData("null", GptErrorKind.ServerError)]
    [InlineData("{\"choices\":{}}", GptErrorKind.MalformedResponse)]
    [InlineData("{\"choices\":[", GptErrorKind.MalformedResponse)]
    [InlineData("5", GptErrorKind.MalformedResponse)]
    [InlineData("<html><title>Sign in</title></html>", GptErrorKind.MalformedResponse)]
    public async Task A_body_that_answers_nothing_is_an_error(string body, GptErrorKind kind)
    {
        GptChatException failure = (await InMemory.PlainAsync(body)).FailedAs(kind);
        Assert.NotEqual(' ', failure.Message[0]);
        Assert.NotNull(failure.RequestUri);
    }

    [Fact]
    public async Task A_page_with_status_200_is_named_by_its_title()
    {
        GptChatException failure = (await InMemory.PlainAsync("<!doctype html><html><head><title>Sign&nbsp;in &amp; go</title>", contentType: "text/html")).FailedAs(GptErrorKind.MalformedResponse);
        Assert.Contains("Sign\u00a0in & go", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-BaseUri", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_before_a_body_does_not_matter() =>
        Assert.Equal("a", (await InMemory.PlainAsync("\uFEFF" + InMemory.Plain("""{"content":"a"}"""))).Response.Content);

    [Fact]
    public async Task Half_a_surrogate_pair_in_a_body_is_kept()
    {
        GptResponse response = (await InMemory.PlainAsync("""{"note":"\ud83d","choices":[{"message":{"content":"a\ud83d"}}]}""")).Response;
        Assert.Equal("a\ud83d", response.Content);
        Assert.Equal("\ud83d", response.ExtensionData["note"]);
    }

    [Fact]
    public async Task A_broken_body_is_a_truncation()
    {
        PieceStream body = new([Fixture.Bytes(Fixture.Plain).AsMemory(0, 100)]) { Ending = PieceStream.Break };
        (await InMemory.AnswerAsync(body, InMemory.Json, asksForStream: false)).FailedAs(GptErrorKind.Truncated);
    }

    [Fact]
    public async Task A_broken_error_body_still_says_its_status()
    {
        PieceStream body = new([Encoding.UTF8.GetBytes("{\"error\":{\"mess")]) { Ending = PieceStream.Break };
        GptChatException failure = (await InMemory.AnswerAsync(body, InMemory.Json, status: 503)).FailedAs(GptErrorKind.ServerError);
        Assert.Equal(503, failure.StatusCode);
    }

    [Theory]
    [InlineData("stop", null)]
    [InlineData(null, null)]
    [InlineData("length", "-MaxCompletionTokens")]
    [InlineData("content_filter", "content filter")]
    [InlineData("error", "'error'")]
    [InlineData("weird", "'weird'")]
    public async Task An_odd_finish_reason_is_warned_of_by_name(string? reason, string? named)
    {
        GptResponse response = (await InMemory.PlainAsync(InMemory.Plain("""{"content":"a"}""", reason))).Response;
        string? warning = AnswerCheck.Warnings(response).SingleOrDefault();
        Assert.Equal(reason, response.FinishReason);
        if (named is null) Assert.Null(warning);
        else Assert.Contains(named, warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_calls_are_named_in_a_warning_since_nothing_runs_them()
    {
        GptResponse response = (await InMemory.PlainAsync(InMemory.Plain("""{"tool_calls":[{"id":"a","function":{"name":"find","arguments":{"x":1}}}]}"""))).Response;
        Assert.Contains("find", AnswerCheck.Warnings(response).SingleOrDefault(), StringComparison.Ordinal);
        Assert.Equal("{\"x\":1}", Assert.Single(response.ToolCalls).Arguments);
    }

    [Fact]
    public async Task The_first_choice_is_that_with_the_lowest_index()
    {
        GptResponse response = (await InMemory.PlainAsync("""{"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]}""")).Response;
        Assert.Equal("a", response.Content);
    }

    [Theory]
    [InlineData("x-request-id")]
    [InlineData("apim-request-id")]
    [InlineData("cf-ray")]
    [InlineData("cf-aig-log-id")]
    [InlineData("x-generation-id")]
    public async Task The_request_id_is_found_in_any_of_its_headers(string header)
    {
        Dictionary<string, string> headers = new() { [header] = "id-1" };
        Outcome answer = await InMemory.AnswerAsync(PieceStream.Whole(Fixture.Bytes(Fixture.Plain)), InMemory.Json, headers: headers);
        Assert.Equal("id-1", answer.Response.RequestId);
        Outcome failed = await InMemory.AnswerAsync(PieceStream.Whole([]), InMemory.Json, status: 500, headers: headers);
        Assert.Equal("id-1", failed.Failure!.RequestId);
        Assert.Contains("id-1", failed.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_values_keep_their_kinds()
    {
        GptResponse response = (await InMemory.PlainAsync("""{"choices":[{"message":{"content":"a"}}],"v":[9007199254740993,1.5,true,null,"s",{"B":[]}]}""")).Response;
        object?[] values = Assert.IsType<object?[]>(response.ExtensionData["v"]);
        Assert.Equal([9007199254740993L, 1.5, true, null, "s"], values.Take(5));
        Assert.Empty(Assert.IsType<object?[]>(Assert.IsType<Dictionary<string, object?>>(values[5])["b"]));
    }

    [Fact]
    public async Task Metadata_that_is_no_text_is_kept_as_json()
    {
        GptResponse response = (await InMemory.PlainAsync("""{"metadata":{"a":"x","b":1,"c":{"d":[]},"e":null},"choices":[{"message":{"content":"a"}}]}""")).Response;
        Assert.Equal(new Dictionary<string, string> { ["a"] = "x", ["b"] = "1", ["c"] = """{"d":[]}""" }, response.Metadata);
        Assert.Null((await InMemory.PlainAsync("""{"metadata":[1],"choices":[{"message":{"content":"a"}}]}""")).Response.Metadata);
    }
}
