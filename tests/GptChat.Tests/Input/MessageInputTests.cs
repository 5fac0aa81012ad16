using System;
using System.Management.Automation;
using System.Text.Json;
using Xunit;

namespace GptChat.Tests.Input;

/// <summary>Messages and conversations in the pipeline.</summary>
public sealed class MessageInputTests : ModuleTest
{
    [Fact]
    public void A_message_and_a_string_are_two_messages() => Assert.Equal(
        ["system: You answer in JSON.", "user: List three colours."],
        SentMessages("(New-GptMessage -Role System 'You answer in JSON.'), 'List three colours.' | Invoke-GptChat"));

    [Fact]
    public void Strings_between_messages_are_one_user_message_each() => Assert.Equal(
        ["user: a\nb", "assistant: x", "user: c\nd", "assistant: y", "user: Q"],
        SentMessages("'a', 'b', (New-GptMessage -Role Assistant 'x'), 'c', 'd', (New-GptMessage -Role Assistant 'y') | Invoke-GptChat 'Q'"));

    [Fact]
    public void After_messages_the_prompt_is_the_last_message() => Assert.Equal(
        ["user: a", "assistant: b", "user: Q"],
        SentMessages("(New-GptMessage 'a'), (New-GptMessage -Role Assistant 'b') | Invoke-GptChat 'Q'"));

    [Fact]
    public void The_system_message_comes_before_all() => Assert.Equal(
        ["system: S", "user: a", "user: Q"],
        SentMessages("New-GptMessage 'a' | Invoke-GptChat 'Q' -System 'S'"));

    [Theory]
    [InlineData("System", "system")]
    [InlineData("developer", "developer")]
    [InlineData("User", "user")]
    [InlineData("ASSISTANT", "assistant")]
    public void A_role_is_lower_case_on_the_wire(string given, string sent)
    {
        Invoke("(New-GptMessage -Role " + given + " 'x'), 'y' | Invoke-GptChat");
        Assert.Equal(sent + ": x", Request.Messages()[0]);
    }

    [Fact]
    public void A_tool_message_answers_its_call()
    {
        Invoke("New-GptMessage -Role Tool -ToolCallId call_1 '21 °C' | Invoke-GptChat");
        Assert.Equal(JsonValueKind.Array, Request.Json.GetProperty("messages").ValueKind);
        Request.Json.GetProperty("messages")[0].IsJson("""{"role":"tool","content":"21 °C","tool_call_id":"call_1"}""");
        InvokeError("New-GptMessage -Role Tool 'x'").IsKind("InvalidParameter", "NewGptMessageCommand");
        InvokeError("New-GptMessage -ToolCallId call_1 'x'").IsKind("InvalidParameter", "NewGptMessageCommand");
    }

    [Fact]
    public void A_name_tells_speakers_apart()
    {
        Invoke("New-GptMessage 'Hello' -Name anna | Invoke-GptChat");
        Request.Json.GetProperty("messages")[0].IsJson("""{"role":"user","content":"Hello","name":"anna"}""");
    }

    [Fact]
    public void Everything_piped_to_a_message_becomes_one_message()
    {
        Assert.Equal("a\n1\n{\"b\":2}", InvokeOne("'a', 1, @{ b = 2 } | New-GptMessage").Member("Content"));
        Assert.Equal("user", InvokeOne("New-GptMessage 'x'").Member("Role"));
        Assert.Equal("x", InvokeOne("\"$(New-GptMessage 'x')\"").BaseObject);
    }

    [Fact]
    public void A_message_is_not_empty_and_holds_no_message()
    {
        InvokeError("New-GptMessage ''").IsKind("NoPrompt", "NewGptMessageCommand");
        InvokeError("$undefined | New-GptMessage").IsKind("NoInput", "NewGptMessageCommand");
        Assert.Contains("parentheses", InvokeError("New-GptMessage (New-GptMessage 'x')").IsKind("InvalidInput", "NewGptMessageCommand").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_piped_conversation_is_continued()
    {
        Invoke("$c = New-GptConversation trip; Invoke-GptChat 'one' -Conversation trip; $c | Invoke-GptChat 'two'");
        Assert.Equal(["user: one", "assistant: This is the answer of the test server.", "user: two"], Server.Requests[1].Messages());
        Assert.Equal(4, InvokeOne("(Get-GptConversation trip).Messages.Count").BaseObject);
    }

    [Fact]
    public void A_second_conversation_in_the_pipeline_is_an_error()
    {
        InvokeError("(New-GptConversation a), (New-GptConversation b) | Invoke-GptChat 'x'").IsKind("InvalidInput");
        InvokeError("Get-GptConversation a | Invoke-GptChat 'x' -Conversation b").IsKind("InvalidParameter");
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("Invoke-GptChat (New-GptMessage 'x')")]
    [InlineData("Invoke-GptChat ((New-GptMessage 'x'), 'y')")]
    [InlineData("Invoke-GptChat { 'x' }")]
    public void A_prompt_is_text(string script)
    {
        InvokeError(script).IsKind("InvalidParameter");
        Assert.Empty(Server.Requests);
    }
}
