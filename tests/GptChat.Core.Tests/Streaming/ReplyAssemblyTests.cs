using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Streaming;

/// <summary>How deltas of every kind become one message.</summary>
public sealed class ReplyAssemblyTests
{
    private static async Task<GptMessage> MessageAsync(params string[] deltas) => (await InMemory.StreamAsync(InMemory.Deltas(deltas))).Response.Message!;

    [Fact]
    public async Task The_role_is_set_and_never_joined()
    {
        GptMessage message = await MessageAsync("""{"role":"assistant","content":"a"}""", """{"role":"assistant","content":"b"}""", """{"role":null}""", """{"role":""}""");
        Assert.Equal("assistant", message.Role);
        Assert.Equal("ab", message.Content);
    }

    [Theory]
    [InlineData("a\\ud83d", "\\ude00b", "a", "😀b")]
    [InlineData("\\ud83d", "\\ude00", null, "😀")]
    [InlineData("x\\\"\\n\\/\\ud83d", "\\ude00\\t", "x\"\n/", "😀\t")]
    public async Task A_surrogate_pair_split_over_two_deltas_is_one_character(string first, string second, string? shownFirst, string shownSecond)
    {
        string both = InMemory.Deltas("{\"content\":\"" + first + "\"}", "{\"content\":\"" + second + "\"}");
        Outcome outcome = await InMemory.StreamAsync(both);
        Assert.Equal(shownFirst + shownSecond, outcome.Response.Content);
        Assert.Equal(new[] { shownFirst, shownSecond }.OfType<string>(), outcome.Chunks.Select(chunk => chunk.Text).Where(text => text.Length > 0));
    }

    [Fact]
    public async Task Empty_and_missing_text_shows_nothing()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Deltas("""{"content":""}""", """{"content":null}""", "{}", """{"content":"a"}"""));
        Assert.Equal(["a", ""], outcome.Chunks.Select(chunk => chunk.Text));
    }

    [Fact]
    public async Task A_missing_delta_still_brings_its_finish_reason()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Events(
            Payloads.ContentChunk("a"), """{"choices":[null,{"index":0,"delta":null,"finish_reason":"length"}]}"""));
        Assert.Equal("length", outcome.Response.FinishReason);
    }

    [Fact]
    public async Task Text_after_a_finish_reason_counts_and_the_last_reason_wins()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Events(
            Payloads.Chunk("""{"content":"a"}""", "stop"), Payloads.Chunk("""{"content":"b"}"""), Payloads.Chunk("{}", "weird"), Payloads.Done));
        Assert.Equal("ab", outcome.Response.Content);
        Assert.Equal("weird", outcome.Response.FinishReason);
    }

    [Fact]
    public async Task Interleaved_tool_calls_are_put_together_by_index()
    {
        GptMessage message = await MessageAsync(
            """{"role":"assistant","content":null,"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"two","arguments":""}}]}""",
            """{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"one","arguments":""}}]}""",
            """{"tool_calls":[{"index":1,"function":{"arguments":"{\"p\":\"x\\"}},{"index":0,"function":{"arguments":"{\"q\""}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":":1}"}},{"index":1,"function":{"arguments":"ny\"}"}}]}""");
        Assert.Null(message.Content);
        Assert.Equal(
            [("call_a", "function", "one", "{\"q\":1}"), ("call_b", "function", "two", "{\"p\":\"x\\ny\"}")],
            message.ToolCalls.Select(call => (call.Id, call.Type, call.Name, call.Arguments)));
    }

    [Fact]
    public async Task A_repeated_name_and_id_are_not_doubled()
    {
        GptToolCall call = Assert.Single((await MessageAsync(
            """{"tool_calls":[{"index":5,"id":"call_1","type":"function","function":{"name":"find","arguments":"{"}}]}""",
            """{"tool_calls":[{"index":5,"id":"call_1","type":"function","function":{"name":"find","arguments":"}"}}]}""",
            """{"tool_calls":[{"index":5,"id":"","type":"","function":{"name":"","arguments":null}}]}""")).ToolCalls);
        Assert.Equal("find({})", call.ToString());
        Assert.Equal("call_1", call.Id);
    }

    [Fact]
    public async Task Fragments_without_index_are_told_apart_by_id_and_name()
    {
        GptMessage message = await MessageAsync(
            """{"tool_calls":[{"id":"a","function":{"name":"one","arguments":"{"}}]}""",
            """{"tool_calls":[{"function":{"arguments":"\"x\":1"}}]}""",
            """{"tool_calls":[{"id":"b","function":{"name":"two"}}]}""",
            """{"tool_calls":[{"id":"a","function":{"arguments":"}"}}]}""",
            """{"tool_calls":[{"function":{"name":"three","arguments":"{}"}}]}""");
        Assert.Equal(["one({\"x\":1})", "two()", "three({})"], message.ToolCalls.Select(call => call.ToString()));
    }

    [Fact]
    public async Task A_call_without_id_gets_one_and_arguments_given_as_an_object_become_text()
    {
        GptMessage message = await MessageAsync("""{"tool_calls":[{"index":0,"function":{"name":"find","arguments":{"a" : [1, 2]}}},null]}""");
        GptToolCall call = Assert.Single(message.ToolCalls);
        Assert.StartsWith("call_", call.Id, System.StringComparison.Ordinal);
        Assert.Equal("function", call.Type);
        Assert.Equal("""{"a":[1,2]}""", call.Arguments.Replace(" ", "", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_custom_tool_gets_its_input()
    {
        GptToolCall call = Assert.Single((await MessageAsync(
            """{"tool_calls":[{"index":0,"id":"c","custom":{"name":"shell","input":"ls"}}]}""", """{"tool_calls":[{"index":0,"custom":{"input":" -l"}}]}""")).ToolCalls);
        Assert.Equal(("custom", "shell", "ls -l"), (call.Type, call.Name, call.Arguments));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"__proto__\"")]
    [InlineData("1000000")]
    [InlineData("128")]
    public async Task An_impossible_index_is_refused(string index)
    {
        string tool = InMemory.Deltas("""{"tool_calls":[{"index":INDEX,"id":"a","function":{"name":"n"}}]}""".Replace("INDEX", index, System.StringComparison.Ordinal));
        (await InMemory.StreamAsync(tool)).FailedAs(GptErrorKind.MalformedResponse);
        string choice = InMemory.Events("""{"choices":[{"index":INDEX,"delta":{"content":"a"}}]}""".Replace("INDEX", index, System.StringComparison.Ordinal), Payloads.Done);
        (await InMemory.StreamAsync(choice)).FailedAs(GptErrorKind.MalformedResponse);
    }

    [Fact]
    public async Task A_forced_tool_call_that_ends_with_stop_is_delivered()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Deltas("""{"tool_calls":[{"index":0,"id":"a","function":{"name":"n","arguments":"{}"}}]}"""));
        Assert.Equal("stop", outcome.Response.FinishReason);
        Assert.Equal("n", Assert.Single(outcome.Response.ToolCalls).Name);
    }

    [Fact]
    public async Task The_deprecated_function_call_is_put_together()
    {
        GptMessage message = await MessageAsync("""{"function_call":{"name":"f","arguments":""}}""", """{"function_call":{"arguments":"{\"a\":"}}""", """{"function_call":{"arguments":"1}"}}""");
        Assert.Equal("f({\"a\":1})", message.FunctionCall!.ToString());
    }

    [Fact]
    public async Task A_refusal_is_an_error_that_carries_the_answer()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Deltas("""{"role":"assistant","content":null,"refusal":"I "}""", """{"refusal":"won't."}"""));
        GptChatException failure = outcome.FailedAs(GptErrorKind.Refused);
        Assert.Contains("I won't.", failure.Message, System.StringComparison.Ordinal);
        Assert.Equal("I won't.", failure.Response!.Refusal);
        Assert.Equal(["I ", "won't."], outcome.Chunks.Select(chunk => chunk.Refusal));
    }

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public async Task Reasoning_stays_apart_from_the_text(string member)
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Deltas("{\"" + member + "\":\"hm\"}", "{\"" + member + "\":\"m\",\"content\":\"\"}", """{"content":"a"}"""));
        Assert.Equal("hmm", outcome.Response.Reasoning);
        Assert.Equal("a", outcome.Response.Content);
        Assert.Equal(["hm", "m", null, null], outcome.Chunks.Select(chunk => chunk.Reasoning));
        Assert.Equal("a", outcome.Text);
    }

    [Fact]
    public async Task Audio_is_joined_and_its_expiry_assigned()
    {
        GptMessage message = await MessageAsync(
            """{"audio":{"id":"audio_1","transcript":"Hel"}}""", """{"audio":{"data":"QUJD"}}""", """{"audio":{"transcript":"lo","data":"REVG"}}""",
            """{"audio":{"expires_at":1760000100}}""");
        GptAudio audio = message.Audio!;
        Assert.Equal(("audio_1", "QUJDREVG", "Hello", 1760000100L), (audio.Id, audio.Data, audio.Transcript, audio.ExpiresAtSeconds));
    }

    [Fact]
    public async Task Annotations_and_logprobs_are_extended()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Events(
            """{"choices":[{"index":0,"delta":{"content":"a","annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example","title":"A","start_index":0,"end_index":1}}]},"logprobs":{"content":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[{"token":"b","logprob":-9999.0,"bytes":null}]}],"refusal":null}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"b","annotations":[{"type":"url_citation","url_citation":{"url":"https://b.example"}}]},"logprobs":{"content":[{"token":"b","logprob":-1,"bytes":[98],"top_logprobs":[]}]}}]}""",
            """{"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}"""));
        Assert.Equal(["https://a.example", "https://b.example"], outcome.Response.Message!.Annotations.Select(note => note.ToString()));
        GptLogprobs logprobs = outcome.Response.Choices[0].Logprobs!;
        Assert.Equal(["a", "b"], logprobs.Content!.Select(token => token.Token!));
        Assert.Equal(-9999.0, logprobs.Content![0].TopLogprobs![0].Logprob);
        Assert.Null(logprobs.Refusal);
    }

    [Fact]
    public async Task Several_choices_are_kept_apart_and_ordered()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Events(
            """{"choices":[{"index":1,"delta":{"content":"x"}},{"index":0,"delta":{"content":"a"}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"stop"}]}""",
            """{"choices":[{"index":1,"delta":{"content":"y"},"finish_reason":"length"}]}"""));
        Assert.Equal(["ab", "xy"], outcome.Response.Choices.Select(choice => choice.Message!.Content!));
        Assert.Equal(["stop", "length"], outcome.Response.Choices.Select(choice => choice.FinishReason!));
        Assert.Equal("ab", outcome.Response.Content);
        Assert.Equal([1, 0, 0, 1, 0], outcome.Chunks.Select(chunk => chunk.Index));
    }

    [Fact]
    public async Task Tool_calls_of_several_choices_do_not_mix()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Events(
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"n","arguments":"1"}}]}},{"index":1,"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"m","arguments":"2"}}]}}]}""",
            Payloads.Done));
        Assert.Equal(["n(1)", "m(2)"], outcome.Response.Choices.Select(choice => Assert.Single(choice.Message!.ToolCalls).ToString()));
    }

    [Fact]
    public async Task Content_in_parts_is_joined()
    {
        GptMessage message = await MessageAsync(
            """{"content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"https://a.example"}}]}""", """{"content":"b"}""");
        Assert.Equal("ab", message.Content);
        Assert.Equal(["text", "image_url", "text"], message.Parts.Select(part => part.Type));
    }

    [Fact]
    public async Task Unknown_members_are_kept_at_every_level()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Events(
            """{"timings":null,"choices":[{"index":0,"delta":{"content":"a","steps":null,"thought":null},"mark":1}]}""",
            """{"timings":{"ms":1},"choices":[{"index":0,"delta":{"steps":[1],"thought":"x","n":1}}]}""",
            """{"timings":{"ms":2},"choices":[{"index":0,"delta":{"steps":[2,3],"thought":"y","n":2},"mark":2,"finish_reason":"stop"}],"usage":{"total_tokens":1,"cost":0.5}}""",
            """{"timings":null,"choices":[]}"""));
        GptResponse response = outcome.Response;
        Assert.Equal(2L, Assert.IsType<Dictionary<string, object?>>(response.ExtensionData["timings"])["ms"]);
        Assert.Equal(2L, response.Choices[0].ExtensionData["mark"]);
        Assert.Equal([1L, 2L, 3L], Assert.IsType<object?[]>(response.Message!.ExtensionData["steps"]));
        Assert.Equal("xy", response.Message.ExtensionData["thought"]);
        Assert.Equal(2L, response.Message.ExtensionData["n"]);
        Assert.Equal(0.5, response.Usage!.ExtensionData["cost"]);
    }

    [Fact]
    public async Task A_surrogate_pair_split_in_an_unknown_member_is_one_character()
    {
        GptMessage message = await MessageAsync(
            """{"content":"a","thought":"x\ud83d","steps":["\ud83d"],"e":{"\ud83d":"\ude00"}}""",
            """{"thought":"\ude00y","steps":["z"]}""");
        Assert.Equal("x😀y", message.ExtensionData["thought"]);
        Assert.Equal(["\ud83d", "z"], Assert.IsType<object?[]>(message.ExtensionData["steps"]));
        Assert.Equal("\ude00", Assert.Single(Assert.IsType<Dictionary<string, object?>>(message.ExtensionData["e"])).Value);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_a_part_can_be_sent_back()
    {
        GptMessage message = await MessageAsync("""{"content":[{"type":"text","text":"\ud83d"},{"type":"thinking","thinking":"\ude00"}]}""");
        using System.Text.Json.JsonDocument sent = System.Text.Json.JsonDocument.Parse(message.Utf8);
        Assert.Equal(2, sent.RootElement.GetProperty("content").GetArrayLength());
    }
}
