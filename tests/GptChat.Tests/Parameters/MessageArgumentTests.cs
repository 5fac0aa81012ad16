using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>Messages as people write them: role and content, in whatever holds names with values.</summary>
public sealed class MessageArgumentTests : ModuleTest
{
    [Theory]
    [InlineData("@{ role = 'user'; content = 'hi' }", "user: hi")]
    [InlineData("@{ Role = ' Assistant '; CONTENT = 'hi' }", "assistant: hi")]
    [InlineData("([ordered]@{ content = 'hi'; role = 'system' })", "system: hi")]
    [InlineData("([pscustomobject]@{ role = 'developer'; content = 'hi' })", "developer: hi")]
    [InlineData("([pscustomobject]@{ Role = 'Assistant'; Content = 'hi'; Written = 1 })", "assistant: hi")]
    [InlineData("@{ role = 'user'; content = 'a', 'b' }", "user: a\nb")]
    [InlineData("@{ role = 'user'; content = 42 }", "user: 42")]
    [InlineData("(New-GptMessage 'hi')", "user: hi")]
    public void One_is_taken_in_any_form(string message, string sent)
    {
        Invoke("$null = New-GptConversation c -Message " + message + "; Invoke-GptChat 'Q' -Conversation c");
        Assert.Equal([sent, "user: Q"], Request.Messages());
    }

    [Fact]
    public void Several_forms_go_together()
    {
        Invoke("class Said { [string] $role; [string] $content }; $null = New-GptConversation c -Message @{ role = 'system'; content = 's' }, 'a', ([Said]@{ role = 'assistant'; content = 'b' }), (New-GptMessage 'c'); Invoke-GptChat 'Q' -Conversation c");
        Assert.Equal(["system: s", "user: a", "assistant: b", "user: c", "user: Q"], Request.Messages());
    }

    [Fact]
    public void Lists_in_a_list_are_taken_apart()
    {
        Invoke("$old = New-GptConversation old -Message 'a', (New-GptMessage b -Role Assistant); $null = New-GptConversation c -Message $old.Messages, @(@{ role = 'user'; content = 'c' }), 'd'; Invoke-GptChat 'Q' -Conversation c");
        Assert.Equal(["user: a", "assistant: b", "user: c", "user: d", "user: Q"], Request.Messages());
    }

    [Theory]
    [InlineData("@{ role = 'assistant'; content = 'new' }")]
    [InlineData("([pscustomobject]@{ role = 'assistant'; content = 'new' })")]
    public void One_takes_the_place_of_another(string message)
    {
        Invoke("$null = New-GptConversation c -Message 'old'; Set-GptMessage c 0 " + message + "; Invoke-GptChat 'Q' -Conversation c");
        Assert.Equal(["assistant: new", "user: Q"], Request.Messages());
        Assert.Contains("without a role; it has 'rolle'", Assert.Single(Host.Run("Set-GptMessage c 0 @{ rolle = 'user'; content = 'x' }").Errors).IsKind("InvalidParameter", "SetGptMessageCommand").Exception.Message);
    }

    [Fact]
    public void Parts_and_calls_keep_their_shape()
    {
        Invoke("""
            $call = @{ id = 'c1'; type = 'function'; function = @{ name = 'f'; arguments = '{}' } }
            $null = New-GptConversation c -Message @{ role = 'user'; content = @(@{ type = 'text'; text = 'see' }) }, @{ role = 'assistant'; tool_calls = @($call) }, @{ role = 'tool'; ToolCallId = 'c1'; content = '5' }
            Invoke-GptChat 'Q' -Conversation c
            """);
        Request.Json.GetProperty("messages")[0].IsJson("""{"role":"user","content":[{"type":"text","text":"see"}]}""");
        Request.Json.GetProperty("messages")[1].IsJson("""{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}""");
        Request.Json.GetProperty("messages")[2].IsJson("""{"role":"tool","content":"5","tool_call_id":"c1"}""");
    }

    [Fact]
    public void In_the_pipeline_it_is_data_as_anything_else() =>
        Assert.Equal("""{"role":"admin","content":"hi"}""", SentText("[ordered]@{ role = 'admin'; content = 'hi' } | Invoke-GptChat"));

    [Theory]
    [InlineData("@{ rolle = 'user'; content = 'x' }", "without a role; it has 'rolle'")]
    [InlineData("@{ role = 'usr'; content = 'x' }", "of the role 'usr', which nobody has. Roles are system, developer, user")]
    [InlineData("@{ role = 'user'; contnet = 'x' }", "of the role user without content; it has 'contnet'")]
    [InlineData("@{ role = 'assistant' }", "without content")]
    [InlineData("@{ role = 'user'; content = '' }", "without content")]
    [InlineData("@{ role = 'tool'; content = '5' }", "tool_call_id")]
    [InlineData("@{ role = 'user'; content = @{ text = 'x' } }", "neither text nor a list of parts")]
    [InlineData("@{ role = 'user'; content = ([IO.FileInfo]'a.txt') }", "holds a FileInfo. Give a hashtable")]
    [InlineData("(@{ role = 'user'; content = 'x'; 'tool_call_id' = 'a' } + @{ ToolCallId = 'b' })", "says tool_call_id twice")]
    [InlineData("42", "takes messages, text and hashtables of role and content, not an Int32")]
    [InlineData("([uri]'http://a')", "not a Uri")]
    public void What_is_none_says_what_is(string message, string said)
    {
        ErrorRecord error = InvokeError("New-GptConversation c -Message " + message).IsKind("InvalidParameter", "NewGptConversationCommand");
        Assert.Contains(said, error.Exception.Message);
        Assert.Empty(Invoke("Get-GptConversation"));
    }
}
