using System;
using System.Linq;
using System.Text;
using GptChat.TestServer;
using GptChat.Tests.EdgeCases;
using Xunit;

namespace GptChat.Tests.Oddities;

/// <summary>Completions that are nearly what the protocol says.</summary>
public sealed class OddBodyTests : EdgeCaseTest
{
    [Theory]
    [InlineData("\uFEFF{\"choices\":[{\"message\":{\"content\":\"a\"}}]}", "a")]
    [InlineData("\n\n  {\"choices\":[{\"message\":{\"content\":\"a\"}}]}  \r\n", "a")]
    [InlineData("""{"choices":[{"message":{"content":"first","content":"last"}}]}""", "last")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}],"usage":"none","created":"1760000000.5","id":7,"model":null,"object":3,"service_tier":{}}""", "a")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}],"usage":[],"created":1.5e9}""", "a")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":"12","completion_tokens":-1,"total_tokens":1e30,"prompt_tokens_details":7}}""", "a")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}],"error":null,"errors":[],"success":true}""", "a")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}],"error":"","detail":"nothing wrong"}""", "a")]
    [InlineData("""{"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]}""", "a")]
    [InlineData("""{"choices":[null,{"message":{"content":"a","tool_calls":[],"annotations":null,"audio":null,"refusal":null}}]}""", "a")]
    [InlineData("""{"choices":[{"message":{"content":["a",{"type":"text","text":"b"},{"type":"text"},null]}}]}""", "ab")]
    [InlineData("""{"choices":[{"message":{"role":"","content":42}}]}""", "42")]
    [InlineData("""{"choices":[{"message":{"role":null,"content":"a"},"logprobs":7}]}""", "a")]
    [InlineData("""{"choices":[{"message":{"content":"a","refusal":"but"}}]}""", "a")]
    public void A_text_that_is_there_is_the_answer(string body, string text) => Ask("", Reply.Json(body)).Is(text);

    [Theory]
    [InlineData("""{"choices":{"0":{"message":{"content":"a"}}}}""", "MalformedResponse")]
    [InlineData("""{"choices":"a"}""", "MalformedResponse")]
    [InlineData("""{"choices":[{"message":"a"}]}""", "MalformedResponse")]
    [InlineData("""{"choices":[42]}""", "MalformedResponse")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}]}{"choices":[]}""", "MalformedResponse")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}]},""", "MalformedResponse")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}""", "MalformedResponse")]
    [InlineData("""{"choices":[{"text":"old completion"}]}""", "EmptyResponse")]
    [InlineData("""{"choices":[{"message":{"content":[]}}]}""", "EmptyResponse")]
    [InlineData("""{"choices":[{"message":{"content":null,"tool_calls":[]}}]}""", "EmptyResponse")]
    [InlineData("""{"choices":[{"message":null}]}""", "EmptyResponse")]
    [InlineData("""{"choices":[{"message":{"content":"","reasoning":"hm"}}]}""", "EmptyResponse")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}],"\ud83d":1}""", "MalformedResponse")]
    [InlineData("""{"message":{"role":"assistant","content":"native Ollama"},"done":true}""", "ServerError")]
    [InlineData("data: {\"choices\":[]}\n\n", "MalformedResponse")]
    public void A_text_that_is_not_there_is_an_error(string body, string kind)
    {
        Call call = Ask("", Reply.Json(body));
        call.Fails(kind);
        Assert.Matches(@"\[.*/chat/completions\]$", call.Error!.Exception.Message);
    }

    [Fact]
    public void Half_a_character_at_the_end_is_kept_as_it_came() => Ask("", Reply.Json("""{"choices":[{"message":{"content":"a\ud83d"}}]}""")).Is("a\ud83d");

    [Fact]
    public void UTF_16_is_not_what_the_protocol_sends() =>
        Ask("", Reply.Raw(200, "application/json; charset=utf-16", Encoding.Unicode.GetBytes("\uFEFF" + Payloads.Completion("a")))).Fails("MalformedResponse");

    [Fact]
    public void Malformed_UTF_8_becomes_replacement_characters()
    {
        byte[] body = [.. "{\"choices\":[{\"message\":{\"content\":\"a"u8, 0xFF, 0xC3, .. "b\"}}]}"u8];
        Ask("", Reply.Raw(200, "application/json", body)).Is("a\uFFFD\uFFFDb");
    }

    [Fact]
    public void A_text_with_calls_of_tools_beside_it_keeps_both()
    {
        const string Body = """{"choices":[{"finish_reason":"tool_calls","message":{"content":"One moment.","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]}}]}""";
        Call call = Ask("", Reply.Json(Body)).Is("One moment.", warning: "The model asks to call f.");
        object tool = ((System.Collections.IEnumerable)call.Response("ToolCalls")!).Cast<object>().Single();
        Assert.Equal("""{"a":1}""", tool.Member("Arguments"));
        Assert.StartsWith("call_", (string)tool.Member("Id")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_with_half_a_character_are_kept()
    {
        const string Body = """{"choices":[{"message":{"content":null,"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{\"a\":\"\ud83d\"}"}}]}}]}""";
        object tool = ((System.Collections.IEnumerable)Ask("", Reply.Json(Body)).Is("", warning: "call f").Response("ToolCalls")!).Cast<object>().Single();
        Assert.Equal("{\"a\":\"\ud83d\"}", tool.Member("Arguments"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(200)]
    public void A_message_of_a_megabyte_is_cut(int status)
    {
        Call call = Ask("", Reply.Json(Payloads.Error(new string('x', 1_000_000)), status));
        Assert.InRange(call.Error!.Exception.Message.Length, 400, 900);
        Assert.InRange(call.Error.ToString().Length, 400, 900);
    }

    [Fact]
    public void A_code_of_a_megabyte_is_cut_too()
    {
        string big = new('x', 1_000_000);
        Call call = Ask("", Reply.Json(Payloads.Error("no", big, big, big), 400).WithHeader("x-request-id", new string('y', 20_000)));
        Assert.InRange(call.Error!.Exception.Message.Length, 10, 2500);
    }

    [Fact]
    public void A_message_of_several_lines_with_controls_in_it_is_one_paragraph()
    {
        Call call = Ask("", Reply.Error(400, "One\r\ntwo\u001b[31m red\u0007\u0000 three"));
        string message = call.Error!.Exception.Message;
        Assert.DoesNotContain(message, character => char.IsControl(character));
        Assert.StartsWith("One two", message, StringComparison.Ordinal);
    }
}
