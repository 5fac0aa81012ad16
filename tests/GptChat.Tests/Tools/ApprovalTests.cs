using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Tools;

/// <summary>Who is asked before something is changed, and what happens where nobody is there.</summary>
public sealed class ApprovalTests : ToolTest
{
    private const string Tools = """
        $global:ran = [System.Collections.ArrayList]::new()
        function Restart-Box { param([string] $Name) $null = $global:ran.Add("restart $Name"); "restarted $Name" }
        function Remove-Box { param([string] $Name) $null = $global:ran.Add("remove $Name"); "removed $Name" }
        function Get-Box { param([string] $Name) $null = $global:ran.Add("get $Name"); "box $Name" }
        """;

    [Fact]
    public void What_only_reads_runs_without_a_question()
    {
        Play("Get-Box", "a");
        Assert.Empty(Host.Screen.Questions);
        Assert.Equal("get a", Ran());
    }

    [Fact]
    public void What_changes_something_runs_after_a_yes()
    {
        Host.Screen.Answers.Enqueue("&Yes");
        Play("Restart-Box", "a");
        Assert.Equal("restart a", Ran());
        Assert.Equal("The model asks to run Restart-Box\nRun Restart-Box with {\"Name\":\"a\"}?", Assert.Single(Host.Screen.Questions));
    }

    [Theory]
    [InlineData("&No")]
    [InlineData("No to A&ll")]
    public void After_a_no_the_model_is_told(string answer)
    {
        Host.Screen.Answers.Enqueue(answer);
        PSObject reply = Play("Restart-Box", "a");
        Assert.Equal(string.Empty, Ran());
        Assert.Equal(["ERROR: The user declined this call. Nothing was run. Do not ask for it again."], ToolMessages(Server.Requests[1]));
        Assert.Equal("Declined", Log(reply.Member("Response")!).Single().Member("Outcome")!.ToString());
    }

    [Fact]
    public void Yes_to_all_is_for_one_tool_and_for_one_call_of_the_command()
    {
        Server.Enqueue(Asks(("Restart-Box", """{"Name":"a"}"""), ("Restart-Box", """{"Name":"b"}"""), ("Remove-Box", """{"Name":"c"}"""), ("Restart-Box", """{"Name":"d"}""")));
        Server.Enqueue(Reply.Completion("Done."));
        Host.Screen.Answers.Enqueue("Yes to &All");
        Host.Screen.Answers.Enqueue("&No");
        Invoke(Tools + "Invoke-GptChat 'x' -Tool Restart-Box, Remove-Box");
        Assert.Equal("restart a,restart b,restart d", Ran());
        Assert.Equal(2, Host.Screen.Questions.Count);

        Host.Screen.Answers.Enqueue("&No");
        Play("Restart-Box", "e");
        Assert.Equal(string.Empty, Ran());
    }

    [Fact]
    public void No_to_all_is_for_one_tool()
    {
        Server.Enqueue(Asks(("Restart-Box", """{"Name":"a"}"""), ("Restart-Box", """{"Name":"b"}"""), ("Remove-Box", """{"Name":"c"}""")));
        Server.Enqueue(Reply.Completion("Done."));
        Host.Screen.Answers.Enqueue("No to A&ll");
        Host.Screen.Answers.Enqueue("&Yes");
        Invoke(Tools + "Invoke-GptChat 'x' -Tool Restart-Box, Remove-Box");
        Assert.Equal("remove c", Ran());
        Assert.Equal(2, Host.Screen.Questions.Count);
    }

    [Fact]
    public void Confirm_false_approves_all_tools_that_are_named()
    {
        Play("Restart-Box", "a", "-Confirm:$false");
        Assert.Empty(Host.Screen.Questions);
        Assert.Equal("restart a", Ran());
    }

    [Fact]
    public void With_Confirm_what_only_reads_asks_too()
    {
        Host.Screen.Answers.Enqueue("&Yes");
        Host.Screen.Answers.Enqueue("&No");
        Play("Get-Box", "a", "-Confirm");
        Assert.Equal(2, Host.Screen.Questions.Count);
        Assert.Contains("The model asks to run Get-Box", Host.Screen.Questions.Last());
        Assert.Equal(string.Empty, Ran());
    }

    [Theory]
    [InlineData("$ConfirmPreference = 'None'; ")]
    [InlineData("$ConfirmPreference = 'High'; ")]
    public void What_the_session_prefers_for_other_commands_decides_nothing(string preference)
    {
        Host.Screen.Answers.Enqueue("&Yes");
        Server.Enqueue(Asks("Restart-Box", """{"Name":"a"}"""));
        Invoke(Tools + preference + "$null = Invoke-GptChat 'x' -Tool Restart-Box; $ConfirmPreference = 'High'");
        Assert.Single(Host.Screen.Questions);
    }

    [Fact]
    public void A_tool_that_would_ask_by_itself_does_not_ask_again()
    {
        Host.Screen.Answers.Enqueue("&Yes");
        Server.Enqueue(Asks("Get-Risk"));
        Invoke("function Get-Risk { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() if ($PSCmdlet.ShouldProcess('it')) { 'done' } } $null = Invoke-GptChat 'x' -Tool Get-Risk");

        // It says that it changes something, whatever its verb.
        Assert.Contains("The model asks to run Get-Risk", Assert.Single(Host.Screen.Questions));
        Assert.Equal(["done"], ToolMessages(Server.Requests[1]));
    }

    [Theory]
    [InlineData("(New-GptTool Restart-Box -ReadOnly)", "Restart-Box", 0)]
    [InlineData("(New-GptTool Get-Box -ReadOnly:$false)", "Get-Box", 1)]
    [InlineData("(New-GptTool Get-Box -Name box)", "box", 0)]
    [InlineData("(New-GptTool { param([string] $Name) $null = $global:ran.Add($Name) } -Name do_it)", "do_it", 1)]
    [InlineData("(New-GptTool { param([string] $Name) $null = $global:ran.Add($Name) } -Name Get-It)", "Get-It", 0)]
    [InlineData("{ param([string] $Name) $null = $global:ran.Add($Name) }", "script_1", 1)]
    public void Whether_a_tool_asks_can_be_said(string tool, string name, int questions)
    {
        Host.Screen.Answers.Enqueue("&Yes");
        Server.Enqueue(Asks(name, """{"Name":"a"}"""));
        Invoke(Tools + "$null = Invoke-GptChat 'x' -Tool " + tool);
        Assert.Equal(questions, Host.Screen.Questions.Count);
        Assert.NotEqual(string.Empty, Ran());
    }

    [Fact]
    public void What_is_asked_cannot_deceive()
    {
        Host.Screen.Answers.Enqueue("&No");
        Server.Enqueue(Asks("Restart-Box", "{\"Name\":\"\\u0077eb\u202e1\u200b\\u001b[A\\u202e\"}"));
        Invoke(Tools + "$null = Invoke-GptChat 'x' -Tool Restart-Box");
        string question = Assert.Single(Host.Screen.Questions);
        Assert.Contains("{\"Name\":\"web\\u202e1\\u200b\\u001B[A\\u202e\"}", question, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', question);
        Assert.DoesNotContain('\u202e', question);
        Assert.DoesNotContain('\u200b', question);
    }

    [Fact]
    public void Arguments_too_long_to_read_show_both_ends()
    {
        Host.Screen.Answers.Enqueue("&No");
        Server.Enqueue(Asks("Restart-Box", "{\"Name\":\"" + new string('a', 50_000) + "; and the end\"}"));
        Invoke(Tools + "$null = Invoke-GptChat 'x' -Tool Restart-Box");
        string question = Assert.Single(Host.Screen.Questions);
        Assert.InRange(question.Length, 4000, 4300);
        Assert.Contains("characters more, which are not shown", question);
        Assert.EndsWith("; and the end\"}?", question);
    }

    [Fact]
    public void Where_nobody_can_be_asked_it_is_refused_before_anything_is_sent()
    {
        using PowerShell shell = Unattended();
        shell.AddScript(Tools + "try { Invoke-GptChat 'x' -Tool Get-Box, Restart-Box } catch { $_ }");
        var error = (ErrorRecord)Assert.Single(shell.Invoke()).BaseObject;
        error.IsKind("ToolNotApproved");
        Assert.Contains("Nobody can be asked whether Restart-Box may run: this runspace has no console", error.Exception.Message);
        Assert.Contains("-Confirm:$false", error.Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Where_nobody_can_be_asked_what_reads_and_what_is_approved_runs()
    {
        Server.Enqueue(Asks("Get-Box", """{"Name":"a"}"""));
        Server.Enqueue(Reply.Completion("Done."));
        Server.Enqueue(Asks("Restart-Box", """{"Name":"b"}"""));
        using PowerShell shell = Unattended();
        shell.AddScript(Tools + "$null = Invoke-GptChat 'x' -Tool Get-Box; $null = Invoke-GptChat 'x' -Tool Restart-Box -Confirm:$false; $global:ran -join ','");
        Assert.Equal("get a,restart b", Assert.Single(shell.Invoke()).BaseObject);
    }

    [Fact]
    public void Where_nobody_can_be_asked_WhatIf_says_so()
    {
        using PowerShell shell = Unattended();
        shell.AddScript(Tools + "Invoke-GptChat 'x' -Tool Restart-Box -WhatIf -InformationVariable i; $i.MessageData | Where-Object Tools | ForEach-Object { $_.Tools.Name }");
        Assert.Equal("Restart-Box", Assert.Single(shell.Invoke()).BaseObject);
        Assert.False(shell.HadErrors);
    }

    private PSObject Play(string tool, string name, string more = "")
    {
        Server.Enqueue(Asks(tool, "{\"Name\":\"" + name + "\"}"));
        Server.Enqueue(Reply.Completion("Done."));
        return InvokeOne(Tools + "Invoke-GptChat 'x' -Tool " + tool + " " + more);
    }

    private string Ran() => (string)InvokeOne("$global:ran -join ','").BaseObject;

    /// <summary>A shell in a runspace without a host of its own, as a job of threads has.</summary>
    private PowerShell Unattended()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Repository.Manifest]);
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript("Connect-GptChat -BaseUri " + Server.BaseUri + " -Model m").Invoke();
        shell.Commands.Clear();
        return shell;
    }
}
