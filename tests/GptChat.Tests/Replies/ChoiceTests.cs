using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Replies;

/// <summary>More than one answer: the reply is the first, the response has them all, and none mixes with another.</summary>
public sealed class ChoiceTests : ModuleTest
{
    private static Reply Plain => Reply.Json("""
        {"model":"m","choices":[
            {"index":1,"finish_reason":"length","message":{"role":"assistant","content":"two"}},
            {"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"one"}}]}
        """);

    private static Reply Interleaved => Reply.Events(
        """{"choices":[{"index":1,"delta":{"role":"assistant","content":"t"}}]}""",
        """{"choices":[{"index":0,"delta":{"role":"assistant","content":"o"}},{"index":1,"delta":{"content":"w"}}]}""",
        """{"choices":[{"index":0,"delta":{"content":"ne"}}]}""",
        """{"choices":[{"index":1,"delta":{"content":"o"},"finish_reason":"length"}]}""",
        """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
        """{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""",
        "[DONE]");

    [Fact]
    public void The_reply_is_the_first_and_the_response_has_all()
    {
        Server.Enqueue(Plain);
        Invoke("$r = Invoke-GptChat 'x' -ChoiceCount 2");
        Assert.Equal("one", InvokeOne("$r").BaseObject);
        Assert.Equal("stop", InvokeOne("$r.FinishReason").BaseObject);
        Assert.Equal("one,two", InvokeOne("($r.Response.Choices | ForEach-Object { $_ }) -join ','").BaseObject);
        Assert.Equal("stop,length", InvokeOne("$r.Response.Choices.FinishReason -join ','").BaseObject);
    }

    [Fact]
    public void Streamed_choices_carry_their_number_and_end_apart()
    {
        Server.Enqueue(Interleaved);
        Invoke("$c = Invoke-GptChat 'x' -N 2 -Stream");
        Assert.Equal(["1t", "0o", "1w", "0ne", "1o"], Invoke("$c[0..4] | ForEach-Object { \"$($_.Index)$_\" }").Select(item => item.ToString()));
        Assert.Equal("one,two", InvokeOne("($c[-1].Response.Choices | ForEach-Object { $_ }) -join ','").BaseObject);
    }

    [Fact]
    public void A_live_answer_and_what_follows_in_the_pipe_are_the_first()
    {
        Server.Enqueue(Interleaved);
        Assert.Equal("one", string.Concat(Run("Invoke-GptChat 'x' -N 2 -Live").Information.Select(record => record.ToString())).Trim());
        Server.Enqueue(Interleaved, Reply.Completion("done"));
        Invoke("Invoke-GptChat 'x' -N 2 -Stream | Invoke-GptChat");
        Assert.Equal(["user: one"], Server.Requests[2].Messages());
    }

    [Fact]
    public void The_conversation_goes_on_with_the_first()
    {
        Server.Enqueue(Plain, Reply.Completion("done"));
        Invoke("$null = Invoke-GptChat 'x' -N 2; Invoke-GptChat 'y' -Continue");
        Assert.Equal(["user: x", "assistant: one", "user: y"], Server.Requests[1].Messages());
    }

    [Fact]
    public void Another_choice_that_was_cut_is_warned_about()
    {
        Server.Enqueue(Plain);
        Assert.Contains(Run("$null = Invoke-GptChat 'x' -N 2").Warnings, warning => warning.Contains("Choice 1", System.StringComparison.Ordinal) && warning.Contains("limit of tokens", System.StringComparison.Ordinal));
    }
}
