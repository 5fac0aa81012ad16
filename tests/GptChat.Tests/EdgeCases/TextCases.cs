using System;
using System.Linq;
using System.Text;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>What becomes of the text in the pieces.</summary>
public sealed class TextCases : EdgeCaseTest
{
    [Theory]
    [EachMode]
    public void Case_01_The_chunk_of_the_role_sets_it_and_shows_nothing(string mode)
    {
        string body = Delta("""{"role":"assistant","content":"","refusal":null}""") + Text("Hi") + End;
        Call call = Ask(mode, Reply.Sse(body)).Is("Hi");
        if (mode == "-Stream") Assert.Equal(["Hi", ""], call.Pieces);
        Assert.Equal("assistant", call.Response("Message.Role"));
        Assert.Null(call.Response("Refusal"));
    }

    [Theory]
    [EachMode("’", "🚀", "日本")]
    public void Case_08_A_character_split_over_reads_is_whole(string mode, string character)
    {
        byte[] body = Encoding.UTF8.GetBytes(Good(character + "!"));
        int at = body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(character));
        Ask(mode, Reply.Sse(body).SplitAt(Enumerable.Range(at + 1, Encoding.UTF8.GetByteCount(character)).ToArray())).Is(character + "!");
    }

    [Theory]
    [EachMode]
    public void Case_08_A_surrogate_pair_split_over_deltas_is_one_character(string mode)
    {
        Call call = Ask(mode, Reply.Sse(Delta("""{"content":"up \ud83d"}""") + Delta("""{"content":"\ude80 there"}""") + End)).Is("up 🚀 there");
        if (mode == "-Stream") Assert.Equal(["up ", "🚀 there", ""], call.Pieces);
    }

    [Theory]
    [EachMode("a\u2028b", "a\u2029b", "a\u0085b", "a\u0000b", "a\u000Bb", "a\r\nb", "a\rb", "\n")]
    public void Case_09_What_may_look_like_the_end_of_a_line_stays_in_the_text(string mode, string text)
    {
        Call call = Ask(mode, Reply.Sse(Good(text, "|")));
        Assert.Equal(text + "|", call.Response("Content"));
        call.Is(text + "|");
    }

    [Theory]
    [EachMode]
    public void Case_09_Separators_that_stand_unescaped_in_the_JSON_end_no_line(string mode) =>
        Ask(mode, Reply.Sse(Delta("{\"content\":\"a\u2028b\u0085c\"}") + End)).Is("a\u2028b\u0085c");

    [Theory]
    [EachMode]
    public void Case_31_A_refusal_is_told_as_one_and_is_no_empty_answer(string mode)
    {
        Call call = Ask(mode, Reply.Sse(Delta("""{"role":"assistant","content":null,"refusal":"I "}""") + Delta("""{"refusal":"cannot."}""") + End));
        call.Fails("Refused", words: "I cannot.");
        Assert.Equal("I cannot.", call.Fact("Response.Refusal"));
    }

    [Theory]
    [EachMode]
    public void Case_31_A_refusal_in_a_plain_answer_is_told_as_one(string mode) =>
        Ask(mode, Reply.Json("""{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":null,"refusal":"I cannot."}}]}""")).Fails("Refused", words: "I cannot.");

    [Theory]
    [EachMode("reasoning_content", "reasoning")]
    public void Case_32_Reasoning_is_kept_apart_from_the_answer(string mode, string member)
    {
        Call call = Ask(mode, Reply.Sse(Delta($$"""{"{{member}}":"Let me "}""") + Delta($$"""{"{{member}}":"think."}""") + Text("42") + End)).Is("42");
        Assert.Equal("Let me think.", call.Response("Reasoning"));
        Assert.Equal("42", call.Response("Message.Content"));
    }

    [Theory]
    [EachMode]
    public void Case_32_Reasoning_that_comes_under_both_names_is_not_doubled(string mode) =>
        Assert.Equal("Hm.", Ask(mode, Reply.Sse(Delta("""{"reasoning_content":"Hm.","reasoning":"Hm."}""") + Text("42") + End)).Is("42").Response("Reasoning"));
}
