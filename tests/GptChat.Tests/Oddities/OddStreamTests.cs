using System;
using System.Linq;
using GptChat.TestServer;
using GptChat.Tests.EdgeCases;
using Xunit;

namespace GptChat.Tests.Oddities;

/// <summary>Streams that are nearly what the protocol says.</summary>
public sealed class OddStreamTests : EdgeCaseTest
{
    private const string Usual = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";

    [Theory]
    [EachMode(
        Usual + Done, // No role, no reason, no index: the mark of the end is enough.
        Usual + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":null}]}\n\n" + Done,
        "data: {\"choices\":[{\"delta\":null}]}\n\n" + Usual + Done,
        "data: {\"choices\":[{}]}\n\n" + Usual + Done,
        "data: {\"choices\":[null]}\n\n" + Usual + Done,
        "data: {\"choices\":[{\"delta\":{\"content\":[]}}]}\n\n" + Usual + Done,
        "data: {\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}}]}\n\n" + Done,
        "data: {\"choices\":[{\"delta\":{\"content\":\"\",\"tool_calls\":[]}}]}\n\n" + Usual + Done,
        "data: {\"choices\":[{\"delta\":{\"content\":null,\"role\":\"\"}}]}\n\n" + Usual + Done,
        "id: 7\nretry: 1\nevent: message\n" + Usual + Done,
        "\n\n\n" + Usual + "\n\n" + Done,
        "data:\n\n" + Usual + "data: \n\n" + Done,
        "data: {\"choices\":[{\"delta\":{\"content\":\"x\",\"content\":\"a\"}}]}\n\n" + Done,
        "data: {\"error\":null,\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}\n\n" + Done,
        "data: {\"error\":\"\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n" + Done,
        "data: {\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n",
        Usual + Done + Done)]
    public void A_text_that_is_there_is_the_answer(string mode, string body) => Ask(mode, Reply.Sse(body)).Is("a");

    [Theory]
    [EachMode("\"usage\":\"none\"", "\"usage\":[1]", "\"usage\":{\"prompt_tokens\":{},\"prompt_tokens_details\":7}", "\"created\":\"soon\"", "\"id\":{}", "\"model\":[1]", "\"metadata\":7", "\"object\":null")]
    public void A_member_of_the_wrong_kind_costs_no_text(string mode, string member) =>
        Ask(mode, Reply.Sse("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]," + member + "}\n\n" + Done)).Is("a");

    [Theory]
    [EachMode("{\"choices\":{}}", "{\"choices\":\"a\"}", "{\"choices\":[42]}", "{\"choices\":[{\"delta\":\"a\"}]}", "{\"choices\":[{\"delta\":{\"tool_calls\":{}}}]}", "{\"choices\":[]}{\"choices\":[]}", "{\"choices\":[]},", "{\"choices\":[],\"\\ud83d\":1}")]
    public void A_chunk_of_another_shape_is_malformed_and_what_came_is_kept(string mode, string chunk) =>
        Ask(mode, Reply.Sse(Usual + Payloads.Event(chunk) + Usual + Done)).Fails("MalformedResponse", "a");

    [Theory]
    [EachMode]
    public void Two_answers_that_come_interleaved_do_not_mix(string mode)
    {
        string One(int index, string text) => Payloads.Event("{\"choices\":[{\"index\":" + index + ",\"delta\":{\"content\":\"" + text + "\"}}]}");
        Server.Enqueue(Reply.Sse(One(1, "B") + One(0, "a") + One(1, "C") + One(0, "d") + Payloads.Event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"},{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}]}") + Done));
        Outcome outcome = Run("Invoke-GptChat 'x' -ResponseVariable r " + mode + "; $r.Choices | ForEach-Object { \"$($_.Index):$($_.Message.Content):$($_.FinishReason)\" }");
        Assert.Equal(["0:ad:stop", "1:BC:length"], outcome.Output.TakeLast(2).Select(item => item.ToString()));
        Assert.StartsWith("Choice 1: The answer is cut off", Assert.Single(outcome.Warnings));
        if (mode == "-Stream") Assert.Equal(["1:B", "0:a", "1:C", "0:d"], outcome.Output.Take(4).Select(item => item.Member("Index") + ":" + item.Member("Text")));
    }

    [Theory]
    [EachMode]
    public void Text_after_the_reason_still_counts_and_the_last_reason_stands(string mode)
    {
        Call call = Ask(mode, Reply.Sse(Delta("""{"content":"a"}""", "length") + Text("b") + Delta("{}", "stop") + Done)).Is("ab");
        Assert.Equal("stop", call.Response("FinishReason"));
    }

    [Theory]
    [EachMode]
    public void Text_with_calls_of_tools_beside_it_keeps_both(string mode) =>
        Ask(mode, Reply.Sse(Text("One moment.") + Delta("""{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{}"}}]}""") + Delta("{}", "tool_calls") + Done))
            .Is("One moment.", warning: "The model asks to call f.");

    [Theory]
    [EachMode]
    public void An_answer_of_reasoning_alone_is_empty(string mode) =>
        Ask(mode, Reply.Sse(Delta("""{"reasoning":"hm"}""") + End)).Fails("EmptyResponse");

    [Theory]
    [EachMode]
    public void Reasoning_that_is_cut_is_no_partial_text(string mode) =>
        Ask(mode, Reply.Sse(Delta("""{"reasoning":"hm"}""")).CloseWithoutLength()).Fails("Truncated");

    [Theory]
    [EachMode("{\"errors\":[{\"code\":1,\"message\":\"boom\"}],\"success\":false}", "{\"detail\":\"boom\"}", "{\"object\":\"error\",\"message\":\"boom\"}", "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}],\"error\":{\"code\":502,\"message\":\"boom\"}}")]
    public void An_error_in_another_envelope_is_one_too(string mode, string data) => Ask(mode, Reply.Sse(Usual + Payloads.Event(data) + Done)).Fails("StreamError", "a", words: "boom");

    [Theory]
    [EachMode("application/json", "application/x-ndjson", "text/html")]
    public void A_stream_under_the_name_of_another_type_is_no_silent_loss(string mode, string type)
    {
        Call call = Ask(mode, Reply.Raw(200, type, Good("text")));
        call.Fails("MalformedResponse", words: "-BaseUri");
    }

    [Theory]
    [EachMode]
    public void A_piece_of_a_megabyte_is_one_piece(string mode)
    {
        string big = new('é', 1_000_000);
        Call call = Ask(mode, Reply.Sse(Good(big, "."))).Is(big + ".");
        if (mode == "-Stream") Assert.Equal(3, call.Pieces.Count);
    }
}
