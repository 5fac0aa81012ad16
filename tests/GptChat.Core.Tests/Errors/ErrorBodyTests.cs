using System;
using System.Text;
using GptChat.Errors;
using Xunit;

namespace GptChat.Core.Tests.Errors;

/// <summary>The message is found in every shape that an error body has.</summary>
public sealed class ErrorBodyTests
{
    private const string Status = "502 Bad Gateway";
    private const string Id = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

    private static ErrorDetail Parse(string body) => ErrorBody.Parse(Encoding.UTF8.GetBytes(body), Status);

    [Theory]
    [InlineData("""{"error":{"message":"m","type":"t","param":"p","code":"c"}}""", "m", "t", "c", "p")]
    [InlineData("""{"error":{"message":"m","code":502,"metadata":{}}}""", "m", null, "502", null)]
    [InlineData("""{"error":{"message":"m","type":null,"param":null,"code":null}}""", "m", null, null, null)]
    [InlineData("""{"error":{"message":{"a":1}}}""", """{"a":1}""", null, null, null)]
    [InlineData("""{"error":{"reason":"r"}}""", """{"reason":"r"}""", null, null, null)]
    [InlineData("""{"error":{"message":"m","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", "m", null, "ResponsibleAIPolicyViolation", null)]
    [InlineData("""{"error":"m"}""", "m", null, null, null)]
    [InlineData("""{"error":"m","code":7,"type":"t"}""", "m", "t", "7", null)]
    [InlineData("""{"error":true,"message":"m"}""", "m", null, null, null)]
    [InlineData("""{"error":[{"code":2001,"message":"a"},{"code":2002,"message":"b"}]}""", "a; b", null, "2001", null)]
    [InlineData("""{"success":false,"errors":[{"code":7003,"message":"Could not route"}],"messages":[],"result":null}""", "Could not route", null, "7003", null)]
    [InlineData("""{"errors":[{"code":1,"message":"a"},{"code":2,"message":"b"}]}""", "a; b", null, "1", null)]
    [InlineData("""{"errors":["a","b"]}""", "a; b", null, null, null)]
    [InlineData("""{"object":"error","message":"m","type":"BadRequestError","param":null,"code":400}""", "m", "BadRequestError", "400", null)]
    [InlineData("""{"name":"AiGatewayError","internalCode":2009,"message":"Unauthorized"}""", "Unauthorized", "AiGatewayError", "2009", null)]
    [InlineData("""{"state":"Failed","error":{"message":"m"}}""", "m", null, null, null)]
    [InlineData("""{"detail":"Not Found"}""", "Not Found", null, null, null)]
    [InlineData("""{"detail":[{"loc":["body","messages",0],"msg":"field required","type":"value_error.missing"}]}""", "body.messages.0: field required", "value_error.missing", null, "body.messages.0")]
    [InlineData("""{"detail":{"error":{"message":"m","code":"c"}}}""", "m", null, "c", null)]
    [InlineData("""{"message":"m"}""", "m", null, null, null)]
    [InlineData("""{"title":"One or more errors","errors":{"a":["b"]}}""", "One or more errors", null, null, null)]
    [InlineData("""{"error":"invalid_client","error_description":"d"}""", "invalid_client", null, null, null)]
    [InlineData("""{"error_description":"d"}""", "d", null, null, null)]
    [InlineData("\"m\"", "m", null, null, null)]
    [InlineData("[{\"error\":{\"message\":\"m\"}}]", "m", null, null, null)]
    [InlineData("""{"error":{"message":""}}""", Status, null, null, null)]
    [InlineData("""{"object":"error","message":" ","code":400}""", Status, null, "400", null)]
    public void A_known_shape_gives_message_type_code_and_parameter(string body, string message, string? type, string? code, string? param) =>
        Assert.Equal(new ErrorDetail(message, type, code, param), Parse(body));

    [Theory]
    [InlineData("AiError: boom (" + Id + ")", "boom", Id)]
    [InlineData("AiError: AiError: boom (" + Id + ")", "boom", Id)]
    [InlineData("AiError: AiError: {\\\"error\\\":{\\\"message\\\":\\\"x\\\"}} (" + Id + ")", "x", Id)]
    [InlineData("AiError: {\\\"object\\\":\\\"error\\\",\\\"message\\\":\\\"x\\\"} (" + Id + ")", "x", Id)]
    [InlineData("AiError: boom (really)", "boom (really)", null)]
    [InlineData("AiError: boom", "boom", null)]
    public void What_workers_ai_wraps_around_a_message_is_taken_off(string wrapped, string message, string? id)
    {
        ErrorDetail detail = Parse("{\"errors\":[{\"message\":\"" + wrapped + "\",\"code\":5006}],\"success\":false}");
        Assert.Equal((message, "5006", id), (detail.Message, detail.Code, detail.RequestId));
    }

    [Theory]
    [InlineData("", Status)]
    [InlineData(" \r\n", Status)]
    [InlineData("upstream timed out", Status + ": upstream timed out")]
    [InlineData("<html><head><title> 502 Bad gateway </title></head>", Status + ": 502 Bad gateway")]
    [InlineData("<html><body>no title</body></html>", Status + " (an HTML page)")]
    [InlineData("{}", Status + ": {}")]
    [InlineData("{\"error\":", Status + ": {\"error\":")]
    [InlineData("{\"\\ud83d\":1}", Status + ": {\"\\ud83d\":1}")]
    public void What_is_no_error_object_is_shown_with_the_status(string body, string message) => Assert.Equal(new ErrorDetail(message), Parse(body));

    [Fact]
    public void Half_a_surrogate_pair_in_a_message_is_kept() => Assert.Equal("half \ud83d", Parse("""{"error":{"message":"half \ud83d"}}""").Message);

    [Fact]
    public void Half_a_surrogate_pair_in_a_wrapped_error_is_kept() =>
        Assert.Equal("{\"a\":\"\ud83d\"}", Parse("""{"errors":[{"message":"AiError: {\"a\":\"\ud83d\"}"}]}""").Message);

    [Fact]
    public void A_byte_order_mark_does_not_hide_the_message() => Assert.Equal("m", Parse("\uFEFF{\"error\":\"m\"}").Message);

    [Theory]
    [InlineData("TEXT", 100_000)]
    [InlineData("{\"error\":{\"message\":\"TEXT\"}}", 100_000)]
    [InlineData("{\"errors\":[{\"message\":\"TEXT\"},{\"message\":\"TEXT\"}]}", 100_000)]
    [InlineData("<html><title>TEXT</title>", 5_000)]
    public void Long_text_is_cut(string body, int length) =>
        Assert.InRange(Parse(body.Replace("TEXT", new string('x', length), StringComparison.Ordinal)).Message.Length, 400, 540);

    [Theory]
    [InlineData("<title", 150_000)]
    [InlineData("AiError: ", 7_000)]
    [InlineData("AiError:                                                                                 x", 700)]
    [InlineData("[", 100_000)]
    [InlineData("{\"error\":", 50)]
    [InlineData("(0a1b2c3d-", 6_000)]
    public void Hostile_repetition_is_read_all_the_same(string piece, int times)
    {
        string hostile = string.Concat(System.Linq.Enumerable.Repeat(piece, times));
        Assert.NotEmpty(Parse(hostile).Message);
        Assert.NotEmpty(Parse("<" + hostile).Message);
        Assert.NotEmpty(Parse("{\"error\":{\"message\":\"AiError: " + hostile.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"}}").Message);
    }

    [Fact]
    public void Text_around_a_wrapped_message_may_be_mostly_white_space() =>
        Assert.Equal("a", Parse("{\"error\":\"AiError: a" + new string(' ', 60_000) + "(0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9)\"}").Message);
}
