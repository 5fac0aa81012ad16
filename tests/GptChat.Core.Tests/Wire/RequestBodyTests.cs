using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Wire;

/// <summary>The bytes of a request.</summary>
public sealed class RequestBodyTests
{
    private static readonly GptMessage Hello = GptMessage.FromText("user", "Hello");

    private static string Text(ChatParameters parameters, params GptMessage[] messages) => Encoding.UTF8.GetString(RequestBody.Create(parameters, messages).ToArray());

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    [Fact]
    public void What_is_unset_is_not_sent()
    {
        Assert.Equal("""{"messages":[{"role":"user","content":"Hello"}]}""", Text(new ChatParameters(), Hello));
        Assert.Equal("""{"model":"m","messages":[]}""", Text(new ChatParameters { Model = "m" }));
    }

    [Fact]
    public void What_is_set_is_sent_under_the_protocols_names()
    {
        ChatParameters parameters = new()
        {
            Model = "m", Temperature = 0.2, TopP = 1, MaxTokens = 5, MaxCompletionTokens = 6, FrequencyPenalty = -2, PresencePenalty = 0, Stream = true,
            StreamOptions = Json("""{"include_usage":true}"""), Tools = [Json("""{"type":"function"}""")], ToolChoice = Json("\"auto\""),
            ResponseFormat = Json("""{"type":"json_object"}"""), Modalities = ["text", "audio"], Audio = Json("""{"voice":"alloy","format":"wav"}"""),
        };
        JsonElement sent = Json(Text(parameters, Hello));
        Assert.Equal(
            [
                "model", "temperature", "top_p", "max_tokens", "max_completion_tokens", "frequency_penalty", "presence_penalty", "stream", "stream_options", "tools", "tool_choice",
                "response_format", "modalities", "audio", "messages",
            ],
            sent.EnumerateObject().Select(member => member.Name));
        Assert.Equal("0.2", sent.GetProperty("temperature").GetRawText());
        Assert.Equal(JsonValueKind.True, sent.GetProperty("stream_options").GetProperty("include_usage").ValueKind);
    }

    [Fact]
    public void The_body_is_utf8_without_mark_and_text_beyond_ascii_is_not_escaped()
    {
        const string Said = "Grüße, 東京, “quoted” <b> & 'x' \u00a0";
        RequestBody body = RequestBody.Create(new ChatParameters { Model = "é" }, [GptMessage.FromText("user", Said)]);
        byte[] bytes = body.ToArray();
        Assert.Equal((byte)'{', bytes[0]);
        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        Assert.Contains("Grüße, 東京, “quoted” <b> & 'x'", text, StringComparison.Ordinal);
        Assert.Contains("\"model\":\"é\"", text, StringComparison.Ordinal);
        Assert.Equal(Said, Json(text).GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("😀 \0 \" \\ \r\n\t \u2028")]
    [InlineData("")]
    public void Any_text_arrives_as_it_was_written(string said) =>
        Assert.Equal(said, Json(Text(new ChatParameters(), GptMessage.FromText("user", said))).GetProperty("messages")[0].GetProperty("content").GetString());

    [Fact]
    public void Half_a_surrogate_pair_still_makes_valid_json() =>
        Assert.Equal("a\uFFFDb", Json(Text(new ChatParameters(), GptMessage.FromText("user", "a\ud83db"))).GetProperty("messages")[0].GetProperty("content").GetString());

    [Fact]
    public void The_length_is_that_of_all_pieces()
    {
        RequestBody body = RequestBody.Create(new ChatParameters { Model = "é" }, [.. Enumerable.Range(0, 50).Select(i => GptMessage.FromText("user", new string('ä', i * 200)))]);
        Assert.Equal(body.ToArray().Length, body.Length);
        Assert.Equal(50, Json(Encoding.UTF8.GetString(body.ToArray())).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public void A_message_written_after_one_that_failed_or_was_large_is_its_own()
    {
        var options = new ChatParameters { Model = "m", Temperature = double.NaN };
        Assert.ThrowsAny<ArgumentException>(() => Text(options, Hello));
        _ = Text(new ChatParameters(), GptMessage.FromText("user", new string('x', 1_000_000)));
        Assert.Equal("""{"model":"m","messages":[{"role":"user","content":"again"}]}""", Text(new ChatParameters { Model = "m" }, GptMessage.FromText("user", "again")));
    }

    [Fact]
    public void A_writer_that_writes_something_else_on_the_way_spoils_neither()
    {
        byte[] inner = [];
        byte[] outer = JsonBytes.Of("a", (writer, text) =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue(text);
            inner = JsonBytes.Of("b", static (other, word) => other.WriteStringValue(word));
            writer.WriteEndArray();
        });
        Assert.Equal("[\"a\"] \"b\"", Encoding.UTF8.GetString(outer) + " " + Encoding.UTF8.GetString(inner));
    }

    [Fact(Skip = OnlyOnNet.Allocations)]
    public void A_message_costs_little_more_than_its_bytes()
    {
        // Whatever the writer needs is there already.
        _ = GptMessage.FromText("user", new string('w', 1000)).Utf8;
        GptMessage message = GptMessage.FromText("user", new string('x', 1000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int length = message.Utf8.Length;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, length, length + 200);
    }

    [Fact]
    public void The_bytes_of_a_message_are_made_once_and_shared()
    {
        GptMessage message = GptMessage.FromText("user", new string('x', 100_000));
        Assert.True(message.Utf8.Equals(message.Utf8));
        RequestBody first = RequestBody.Create(new ChatParameters(), [message]);
        RequestBody second = RequestBody.Create(new ChatParameters { Model = "m" }, [Hello, message]);
        Assert.Contains(first.Segments, segment => segment.Equals(message.Utf8));
        Assert.Contains(second.Segments, segment => segment.Equals(message.Utf8));
    }

    public static TheoryData<string, string> Messages => new()
    {
        { """{"role":"system","content":"s","name":"n"}""", """{"role":"system","content":"s","name":"n"}""" },
        { """{"role":"tool","content":"r","tool_call_id":"c"}""", """{"role":"tool","content":"r","tool_call_id":"c"}""" },
        { """{"role":"assistant","content":null,"refusal":"no"}""", """{"role":"assistant","refusal":"no"}""" },
        {
            """{"role":"assistant","content":"a","annotations":[{"type":"url_citation"}],"reasoning_content":"r","reasoning":"r","odd":1}""",
            """{"role":"assistant","content":"a"}"""
        },
        {
            """{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"n","arguments":"{\"é\":1}"}},{"id":"d","type":"custom","custom":{"name":"m","input":"x"}}]}""",
            """{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"n","arguments":"{\"é\":1}"}},{"id":"d","type":"custom","custom":{"name":"m","input":"x"}}]}"""
        },
        {
            """{"role":"assistant","tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"n","arguments":"{}","odd":1},"extra_content":{"google":{"thought_signature":"s\ud83d"}},"none":null}]}""",
            """{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"n","arguments":"{}","odd":1},"extra_content":{"google":{"thought_signature":"s\ud83d"}}}]}"""
        },
        { """{"role":"assistant","function_call":{"name":"f","arguments":{"a":1}}}""", """{"role":"assistant","function_call":{"name":"f","arguments":"{\"a\":1}"}}""" },
        { """{"role":"assistant","content":null,"audio":{"id":"a1","data":"QUJD","transcript":"t","expires_at":1}}""", """{"role":"assistant","audio":{"id":"a1"}}""" },
        {
            """{"role":"user","content":["a",{"type":"text","text":"b"},{"type":"image_url","image_url":{"url":"https://a.example/%20x"}}]}""",
            """{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"},{"type":"image_url","image_url":{"url":"https://a.example/%20x"}}]}"""
        },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_sent_as_a_request_carries_it(string received, string sent)
    {
        GptResponse response = JsonSerializer.Deserialize("{\"choices\":[{\"message\":" + received + "}]}", WireJson.Default.GptResponse)!;
        Assert.Equal(sent, Encoding.UTF8.GetString(response.Message!.Utf8.Span));
    }

    [Fact]
    public void A_text_is_one_part_and_parts_are_one_text()
    {
        Assert.Equal("Hello", Assert.Single(Hello.Parts).Text);
        GptMessage parts = new() { Role = "user", Body = new MessageContent(new List<GptContentPart> { GptContentPart.FromText("a"), GptContentPart.FromText("b") }) };
        Assert.Equal("ab", parts.Content);
        Assert.Empty(new GptMessage().Parts);
        Assert.Null(new GptMessage().Content);
    }
}
