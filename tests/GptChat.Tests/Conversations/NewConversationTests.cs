using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Conversations;

/// <summary>What New-GptConversation gives a conversation to start with.</summary>
public sealed class NewConversationTests : ModuleTest
{
    private const string Defaults = "-Temperature 0.5 -TopP 0.9 -MaxCompletionTokens 50 -ReasoningEffort LOW -AnswerVerbosity high";

    [Fact]
    public void Its_defaults_are_sent_with_each_turn_unless_the_call_says_otherwise()
    {
        Invoke("$null = New-GptConversation c " + Defaults + "; $null = Invoke-GptChat 'one' -Conversation c; $null = Invoke-GptChat 'two' -Conversation c -Temperature 1 -MaxTokens 5 -ReasoningEffort none; $null = Invoke-GptChat 'three'");
        Assert.Equal(["model", "temperature", "top_p", "max_completion_tokens", "reasoning_effort", "verbosity", "messages"], Server.Requests[0].MemberNames());
        Assert.Equal((0.5, 50, "low"), (Server.Requests[0].Json.GetProperty("temperature").GetDouble(), Server.Requests[0].Json.GetProperty("max_completion_tokens").GetInt32(), Server.Requests[0].Json.GetProperty("reasoning_effort").GetString()));
        Assert.Equal((1, 5, "none"), (Server.Requests[1].Json.GetProperty("temperature").GetDouble(), Server.Requests[1].Json.GetProperty("max_completion_tokens").GetInt32(), Server.Requests[1].Json.GetProperty("reasoning_effort").GetString()));
        Assert.Equal(["model", "messages"], Server.Requests[2].MemberNames());
    }

    [Fact]
    public void A_script_can_splat_them()
    {
        Invoke("$d = (New-GptConversation c " + Defaults + " -ContextPolicy TrimOldest -ContextWindow 5000).Defaults; Invoke-GptChat 'x' @d");
        Assert.Equal(["model", "temperature", "top_p", "max_completion_tokens", "reasoning_effort", "verbosity", "messages"], Request.MemberNames());
        Assert.Empty(Invoke("(New-GptConversation e).Defaults.Keys"));
    }

    [Fact]
    public void The_limit_goes_out_under_the_name_that_the_server_knows()
    {
        Invoke("Connect-GptChat -BaseUri $uri -Model llama3; $null = New-GptConversation c -MaxCompletionTokens 50; Invoke-GptChat 'x' -Conversation c", ("uri", Server.BaseUri));
        Assert.Equal(50, Request.Json.GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public void Defaults_travel_with_a_conversation_that_comes_back_from_elsewhere()
    {
        Invoke("$it = New-GptConversation c " + Defaults + " -ContextPolicy Summarize -ContextWindow 5000 | Send-Abroad; Invoke-GptChat 'x' -Conversation $it");
        Assert.Equal(0.9, Request.Json.GetProperty("top_p").GetDouble());
        Assert.Equal("Summarize 5000", InvokeOne("\"$($it.Defaults.ContextPolicy) $($it.Defaults.ContextWindow)\"").BaseObject);
    }

    [Fact]
    public void It_starts_with_messages_and_files()
    {
        string path = Folder.Write("rules.txt", "no rules");
        Invoke("$null = New-GptConversation c -System 'S' -Message 'Hi', (New-GptMessage 'Hello' -Role Assistant) -Path $path -LiteralPath $path; Invoke-GptChat 'x' -Conversation c", ("path", path));
        Assert.Equal(["system: S", "user: Hi", "assistant: Hello", "user: rules.txt (8 bytes):\n```\nno rules\n```\n\nrules.txt (8 bytes):\n```\nno rules\n```", "user: x"], Request.Messages());
    }

    [Fact]
    public async System.Threading.Tasks.Task It_goes_to_the_connection_that_it_was_made_for()
    {
        await using ChatServer other = await Host.StartServerAsync();
        Invoke("Connect-GptChat -BaseUri $uri -Name other -Model m; Connect-GptChat -BaseUri $here -Name last -Model n; $null = New-GptConversation c -Connection other; Invoke-GptChat 'x' -Conversation c", ("uri", other.BaseUri), ("here", Server.BaseUri));
        Assert.Equal("m", Assert.Single(other.Requests).Model());
        InvokeError("New-GptConversation d -Connection gone").IsKind("ConnectionNotFound", "NewGptConversationCommand");
    }

    [Theory]
    [InlineData("New-GptConversation c -Message ''")]
    [InlineData("New-GptConversation c -Message 42")]
    [InlineData("New-GptConversation c -Message (New-GptConversation d)")]
    [InlineData("New-GptConversation ([System.IO.FileInfo]$path)")]
    [InlineData("New-GptConversation (New-GptMessage 'x')")]
    public void What_cannot_be_part_of_it_is_refused(string script) =>
        InvokeError(script, ("path", Folder.Write("a.txt", "a"))).IsKind("InvalidParameter", "NewGptConversationCommand");

    [Fact]
    public void A_file_that_is_missing_is_an_error_and_no_conversation_is_made()
    {
        InvokeError("New-GptConversation c -Path $path", ("path", Folder.At("none.txt"))).IsKind("FileNotReadable", "NewGptConversationCommand");
        Assert.Empty(Invoke("Get-GptConversation"));
    }

    [Fact]
    public void Names_are_piped_in_and_one_that_is_taken_does_not_end_it()
    {
        Outcome outcome = Host.Run("'a', 'a', 'b' | New-GptConversation -Model m");
        Assert.Equal(["a", "b"], outcome.Output.Select(conversation => conversation.Member("Name")));
        Assert.Single(outcome.Errors).IsKind("InvalidParameter", "NewGptConversationCommand");
        Assert.Equal(["a", "b"], Invoke("('a', 'b' | Get-GptConversation).Name").Select(name => name.BaseObject));
    }
}
