using System.Management.Automation;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Tests.Sessions;

/// <summary>What the module remembers belongs to the runspace, whichever way the module is reached.</summary>
public sealed class SessionTests : ModuleTest
{
    private const string Variable = "& (Get-Module GptChat) { $GptChatSession }";

    [Fact]
    public void The_module_variable_shows_the_session()
    {
        Assert.Equal("GptChat.Hosting.GptSession", InvokeOne(Variable).BaseObject.GetType().FullName);
        Assert.Equal(ModuleHost.Key.Length > 0, InvokeOne("(" + Variable + ").DefaultConnection.HasKey").BaseObject);
        Invoke("$null = Invoke-GptChat 'x'");
        Assert.Equal(2, InvokeOne("(" + Variable + ").CurrentConversation.Messages.Count").BaseObject);
    }

    [Fact]
    public void The_module_variable_is_read_only_and_not_exported()
    {
        ErrorRecord error = InvokeError("& (Get-Module GptChat) { $script:GptChatSession = 'mine' }");
        Assert.IsType<SessionStateUnauthorizedAccessException>(error.Exception);
        Assert.Equal(true, InvokeOne("$null -eq $GptChatSession").BaseObject);
        Invoke("Invoke-GptChat 'x'");
    }

    [Theory]
    [InlineData("function Ask { Invoke-GptChat 'two' -Continue } Ask")]
    [InlineData("& { Invoke-GptChat 'two' -Continue }")]
    [InlineData(". { Invoke-GptChat 'two' -Continue }")]
    [InlineData("$null = New-Module -Name Wrapper { function Ask { Invoke-GptChat 'two' -Continue } Export-ModuleMember Ask }; Ask")]
    [InlineData("1 | ForEach-Object { Invoke-GptChat 'two' -Continue }")]
    public void Functions_and_script_blocks_and_modules_share_it(string script)
    {
        Invoke("$null = Invoke-GptChat 'one'; " + script);
        Assert.Equal(3, Server.Requests[1].Messages().Length);
    }

    [Fact]
    public void Import_with_Force_keeps_it()
    {
        Invoke("$null = New-GptConversation c; $null = Invoke-GptChat 'one'; Import-Module $path -Force; Invoke-GptChat 'two' -Continue", ("path", Repository.Manifest));
        Assert.Equal(3, Server.Requests[1].Messages().Length);
        Assert.Equal("c", InvokeOne("(Get-GptConversation).Name").BaseObject);
        Assert.Equal(1, InvokeOne("(" + Variable + ").Connections.Count").BaseObject);
    }

    [Fact]
    public void Removing_the_module_clears_it()
    {
        Invoke("$null = New-GptConversation c; $null = Invoke-GptChat 'one'; Remove-Module GptChat; Import-Module $path", ("path", Repository.Manifest));
        Assert.Empty(Invoke("Get-GptConnection; Get-GptConversation; Get-GptConversation -Current"));
        Assert.Equal(0, InvokeOne("(" + Variable + ").Connections.Count").BaseObject);
        Host.Connect();
        Assert.Equal("This is the answer of the test server.", InvokeOne("Invoke-GptChat 'x'").BaseObject);
    }

    [Fact]
    public async Task Another_runspace_has_its_own()
    {
        Invoke("$null = New-GptConversation c; $null = Invoke-GptChat 'one'");
        await using ModuleHost other = await ModuleHost.StartAsync();
        Assert.Empty(other.Invoke("Get-GptConnection; Get-GptConversation; Get-GptConversation -Current"));
        string message = other.InvokeError("Invoke-GptChat 'x'").IsKind("NoConnection").Exception.Message;
        Assert.Contains("-Connection $using:c", message);
        Assert.All(TestSetup.Variables, variable => Assert.Contains(variable, message));
    }

    [Fact]
    public async Task A_connection_and_a_conversation_work_in_another_runspace()
    {
        object connection = InvokeOne("Get-GptConnection").BaseObject;
        object conversation = InvokeOne("$null = New-GptConversation c; $null = Invoke-GptChat 'one' -Conversation c; Get-GptConversation c").BaseObject;
        await using ModuleHost other = await ModuleHost.StartAsync();
        other.Invoke("Invoke-GptChat 'two' -Connection $c", ("c", connection));
        other.Invoke("Invoke-GptChat 'three' -Conversation $c", ("c", conversation));
        Assert.Equal("Bearer " + ModuleHost.Key, Server.Requests[1].Headers["Authorization"]);
        Assert.Equal(3, Server.Requests[2].Messages().Length);
        Assert.Empty(other.Invoke("Get-GptConnection"));
    }

    [Fact]
    public async Task Removing_the_module_in_one_runspace_leaves_the_others_alone()
    {
        await using ModuleHost other = await ModuleHost.StartAsync();
        other.Connect().Invoke("$null = Invoke-GptChat 'x'; Remove-Module GptChat");
        Assert.Equal("This is the answer of the test server.", InvokeOne("Invoke-GptChat 'x'").BaseObject);
    }
}
