using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using GptChat.Auditing;
using GptChat.Transport;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Auditing;

/// <summary>What was said, where it is asked for: in the convention's shape, without keys and without the bytes of images.</summary>
public sealed class TraceContentTests
{
    private static Dictionary<string, string> Of(GptResponse? response, params string[] messages)
    {
        var parameters = new ChatParameters { Model = "m" };
        GptMessage[] all = [.. messages.Select(message => JsonSerializer.Deserialize("{\"choices\":[{\"message\":" + message + "}]}", WireJson.Default.GptResponse)!.Message!)];
        ChatCall call = new(Calls.Connection(), parameters, RequestBody.Create(parameters, all), Calls.Patient);
        return TraceContent.Of(call, response).ToDictionary(tag => tag.Name, tag => tag.Json);
    }

    private static void Same(string expected, string actual) => Assert.Equal(Canonical.Text(JsonNode.Parse(expected)), Canonical.Text(JsonNode.Parse(actual)));

    [Fact]
    public void A_request_is_its_messages_in_parts() => Same(
        """
        [{"role":"system","parts":[{"type":"text","content":"Be brief."}]},
         {"role":"user","parts":[{"type":"text","content":"What is this?"},{"type":"image_url"}]},
         {"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"look","arguments":"{}"}]},
         {"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"A cat; key ***"}]}]
        """,
        Of(
            null,
            """{"role":"system","content":"Be brief."}""",
            """{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}""",
            """{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{}"}}]}""",
            """{"role":"tool","tool_call_id":"c1","content":"A cat; key KEY"}""".Replace("KEY", Calls.Key, StringComparison.Ordinal))["gen_ai.input.messages"]);

    [Fact]
    public void An_answer_is_its_choices_with_their_ends()
    {
        GptResponse response = JsonSerializer.Deserialize(InMemory.Plain("""{"role":"assistant","content":"A cat."}"""), WireJson.Default.GptResponse)!;
        Same("""[{"role":"assistant","parts":[{"type":"text","content":"A cat."}],"finish_reason":"stop"}]""", Of(response, """{"role":"user","content":"What?"}""")["gen_ai.output.messages"]);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("event_only", false)]
    [InlineData("true", true)]
    [InlineData(" True ", true)]
    [InlineData("SPAN_ONLY", true)]
    [InlineData("SPAN_AND_EVENT", true)]
    public void It_is_asked_for_by_a_word_of_the_convention(string? value, bool isWanted) => Assert.Equal(isWanted, TraceContent.IsYes(value));
}
