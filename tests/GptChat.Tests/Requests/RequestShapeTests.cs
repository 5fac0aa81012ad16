using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Requests;

/// <summary>The five requests that people make most, member for member.</summary>
public sealed class RequestShapeTests : ModuleTest
{
    [Fact]
    public void A_question_is_a_model_and_one_message_and_nothing_else()
    {
        Invoke("Invoke-GptChat 'Why is the sky blue?'");
        Request.Json.IsJson("""{"model":"openai/gpt-5.1-chat","messages":[{"role":"user","content":"Why is the sky blue?"}]}""");
    }

    [Fact]
    public void Instructions_are_a_system_message_before_the_question()
    {
        Invoke("Invoke-GptChat 'How do I list files?' -System 'You know PowerShell.'");
        Request.Json.IsJson("""{"model":"openai/gpt-5.1-chat","messages":[{"role":"system","content":"You know PowerShell."},{"role":"user","content":"How do I list files?"}]}""");
    }

    [Fact]
    public void Piped_messages_of_several_roles_keep_their_order()
    {
        Invoke("(New-GptMessage 'Help me with a route.'), (New-GptMessage -Role Assistant 'Gladly.'), (New-GptMessage 'Where do I stop?') | Invoke-GptChat -MaxCompletionTokens 8192");
        Request.Json.IsJson("""
            {"model":"openai/gpt-5.1-chat","max_completion_tokens":8192,"messages":[
              {"role":"user","content":"Help me with a route."},{"role":"assistant","content":"Gladly."},{"role":"user","content":"Where do I stop?"}]}
            """);
    }

    [Fact]
    public void A_limit_of_tokens_is_sent_under_its_new_name()
    {
        Invoke("Invoke-GptChat 'Begin a story.' -MaxCompletionTokens 8192");
        Request.Json.IsJson("""{"model":"openai/gpt-5.1-chat","max_completion_tokens":8192,"messages":[{"role":"user","content":"Begin a story."}]}""");
    }

    [Fact]
    public void A_stream_asks_for_the_usage_too()
    {
        Server.Enqueue(Reply.Stream("Recursion is recursion."));
        Invoke("Invoke-GptChat 'What is recursion?' -Stream");
        Request.Json.IsJson("""{"model":"openai/gpt-5.1-chat","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"What is recursion?"}]}""");
    }

    [Fact]
    public void The_body_is_JSON_in_UTF8_without_a_mark()
    {
        Invoke("Invoke-GptChat $text", ("text", "Grüße – “ok” 👍"));
        Assert.StartsWith("application/json", Request.Headers["Content-Type"]);
        Assert.Equal((byte)'{', Request.Body.Span[0]);
        Assert.Equal(["user: Grüße – “ok” 👍"], Request.Messages());
        Assert.Equal("POST", Request.Method);
        Assert.Equal("/v1/chat/completions", Request.Path);
        Assert.Equal("Bearer " + ModuleHost.Key, Request.Headers["Authorization"]);
    }
}
