using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Replies;

/// <summary>How an answer can end: as a reply, as a reply with a warning, as an error.</summary>
public sealed class AnswerEndTests : ModuleTest
{
    private const string ToolCall = """{"id":"call_1","type":"function","function":{"name":"get_time","arguments":"{\"zone\":\"UTC\"}"}}""";

    [Theory]
    [InlineData("length", "-MaxCompletionTokens", "")]
    [InlineData("content_filter", "filter", "")]
    [InlineData("weird", "'weird'", "")]
    [InlineData("length", "-MaxCompletionTokens", "-Stream")]
    [InlineData("error", "'error'", "-Stream")]
    public void An_answer_that_ended_early_is_a_reply_and_a_warning(string reason, string words, string mode)
    {
        Server.Default = Reply.AsAsked("Once upon a").WithFinishReason(reason);
        Outcome outcome = Run("Invoke-GptChat 'x' " + mode);
        Assert.Contains(words, Assert.Single(outcome.Warnings));
        Assert.Equal(reason, outcome.Output[^1].Member("Response.FinishReason"));
        Assert.Equal("Once upon a", outcome.Output[^1].Member("Response.Content"));
    }

    [Fact]
    public void A_whole_answer_comes_without_a_warning() => Assert.Empty(Run("Invoke-GptChat 'x'").Warnings);

    [Theory]
    [InlineData("Refused", "cannot help", """{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":null,"refusal":"I cannot help with that."}}]}""")]
    [InlineData("EmptyResponse", "empty answer", """{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":""}}]}""")]
    [InlineData("EmptyResponse", "without a single choice", """{"choices":[]}""")]
    [InlineData("EmptyResponse", "-MaxCompletionTokens", """{"choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant","content":""}}]}""")]
    [InlineData("ContentFiltered", "filter", """{"choices":[{"index":0,"finish_reason":"content_filter","message":{"role":"assistant","content":null}}]}""")]
    public void What_does_not_answer_is_an_error_that_carries_the_response(string kind, string words, string body)
    {
        Server.Enqueue(Reply.Json(body));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x'").IsKind(kind);
        Assert.Contains(words, error.Exception.Message);
        Assert.Equal("GptChat.GptResponse", error.Fact("Response")!.GetType().FullName);
    }

    [Fact]
    public void A_streamed_refusal_is_an_error_too()
    {
        Server.Enqueue(Reply.Events(Payloads.RoleChunk(), Payloads.Chunk("""{"refusal":"I cannot."}"""), Payloads.FinishChunk(), Payloads.Done));
        Assert.Contains("I cannot.", InvokeError("Invoke-GptChat 'x' -Live").IsKind("Refused").Exception.Message);
    }

    [Theory]
    [InlineData("""{"error":{"message":"The engine is on fire","type":"server_error"}}""", "ServerError", "on fire")]
    [InlineData("", "EmptyResponse", "nothing else")]
    [InlineData("<html><head><title>Log in</title></head></html>", "MalformedResponse", "Log in")]
    [InlineData("""{"object":"list","data":[]}""", "ServerError", "neither choices nor an error")]
    public void A_failure_with_status_200_never_looks_like_an_answer(string body, string kind, string words)
    {
        Server.Enqueue(Reply.Raw(200, "application/json", body));
        Assert.Contains(words, InvokeError("Invoke-GptChat 'x'").IsKind(kind).Exception.Message);
    }

    [Theory]
    [InlineData("tool_calls")]
    [InlineData("stop")]
    public void An_answer_of_tool_calls_alone_is_a_reply_that_carries_them(string reason)
    {
        Server.Enqueue(Reply.Json($$$"""{"choices":[{"index":0,"finish_reason":"{{{reason}}}","message":{"role":"assistant","content":null,"tool_calls":[{{{ToolCall}}}]}}]}"""));
        Outcome outcome = Run("$r = Invoke-GptChat 'x'; $r; $r.Response.ToolCalls");
        Assert.Equal(string.Empty, outcome.Output[0].BaseObject);
        Assert.Equal("get_time", outcome.Output[1].Member("Name"));
        Assert.Equal("call_1", outcome.Output[1].Member("Id"));
        Assert.Equal("""{"zone":"UTC"}""", outcome.Output[1].Member("Arguments"));
        Assert.Contains("get_time", Assert.Single(outcome.Warnings));
    }

    [Fact]
    public void Tool_calls_go_back_with_the_conversation()
    {
        Server.Enqueue(Reply.Json($$$"""{"choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"annotations":[],"tool_calls":[{{{ToolCall}}}]}}]}"""));
        Invoke("$null = Invoke-GptChat 'What time is it?'; New-GptMessage -Role Tool -ToolCallId call_1 '12:00' | Invoke-GptChat -Continue");
        Server.Requests[1].Json.GetProperty("messages").IsJson(
            $$"""[{"role":"user","content":"What time is it?"},{"role":"assistant","tool_calls":[{{ToolCall}}]},{"role":"tool","tool_call_id":"call_1","content":"12:00"}]""");
    }
}
