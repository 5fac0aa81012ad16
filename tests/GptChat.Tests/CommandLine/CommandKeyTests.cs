using System.Linq;
using GptChat.TestServer;
using Microsoft.PowerShell;
using Xunit;

namespace GptChat.Tests.CommandLine;

/// <summary>A key that turns the text on the command line into a command. The line is in memory; the key, the call and the server are real.</summary>
[Collection(SerialTests.Name)]
public sealed class CommandKeyTests : ModuleTest
{
    private const string Wish = "the ten largest files here";

    [Fact]
    public void The_command_takes_the_place_of_the_text_and_is_not_run()
    {
        Answer("$global:ran = 1; Get-ChildItem -File | Sort-Object Length");
        Press(Wish);
        Assert.Equal("$global:ran = 1; Get-ChildItem -File | Sort-Object Length", PSConsoleReadLine.Line);
        Assert.Empty(Invoke("if ($global:ran) { 'ran' }"));

        // The sign while it waits, and one edit.
        Assert.Equal([Wish + "  # asking the model; Escape keeps the line", PSConsoleReadLine.Line], PSConsoleReadLine.Shown);
        PSConsoleReadLine.Undo();
        Assert.Equal(Wish, PSConsoleReadLine.Line);
    }

    [Fact]
    public void Nothing_goes_out_but_the_text_the_shell_and_the_system()
    {
        Answer("Get-Date");
        Press(Wish);
        string[] messages = Request.Messages();
        Assert.Equal(2, messages.Length);
        Assert.Matches("^system: The user describes what to do on the command line of PowerShell 7\\.\\d+ on (Linux|Windows|macOS)\\.", messages[0]);
        Assert.DoesNotContain(System.Environment.CurrentDirectory, messages[0]);
        Assert.DoesNotContain(System.Environment.UserName + "@", messages[0]);
        Assert.Equal("user: " + Wish, messages[1]);
    }

    [Theory]
    [InlineData("```powershell\nGet-Date\n```", "Get-Date")]
    [InlineData("Here it is:\n```\nGet-Date |\n  Out-String\n```\nIt shows the date.", "Get-Date |\n  Out-String")]
    [InlineData("`Get-Date`", "Get-Date")]
    [InlineData("Get-Date\r\nGet-Process\r\n", "Get-Date\nGet-Process")]
    [InlineData("Get-Date \u001b[31m\u0007\u009b", "Get-Date [31m")]
    [InlineData("$x = 1..3\n$x", "$x = 1..3\n$x")]
    [InlineData("foreach ($i in 1..3) { $i }", "foreach ($i in 1..3) { $i }")]
    [InlineData("1 + 2", "1 + 2")]
    [InlineData("docker ps -a", "docker ps -a")]
    [InlineData("Invoke-Unknown -Now", "Invoke-Unknown -Now")]
    [InlineData("# note\nGet-Date", "# note\nGet-Date")]
    [InlineData("& ./tool.sh", "& ./tool.sh")]
    public void Of_an_answer_the_command_is_inserted(string answer, string expected)
    {
        Answer(answer);
        Press(Wish);
        Assert.Equal(expected, PSConsoleReadLine.Line);
    }

    [Theory]
    [InlineData("# There is no such command.")]
    [InlineData("I cannot help with that.")]
    [InlineData("Sorry, I can't do that")]
    [InlineData("you should use the file manager.")]
    [InlineData("That depends. Which files?")]
    public void Words_are_shown_and_not_inserted(string answer)
    {
        Answer(answer);
        Press(Wish);
        Assert.Equal(Wish, PSConsoleReadLine.Line);
        Assert.Contains("This is no command, so the line was left as it is: " + answer, Host.Screen.Written);
        Assert.Equal(1, PSConsoleReadLine.Prompts);
        Assert.Equal(Wish.Length / 2, PSConsoleReadLine.CursorNow);
    }

    [Fact]
    public void A_command_that_cannot_be_read_is_inserted_with_a_warning()
    {
        Answer("Get-ChildItem | Where-Object { $_.Length");
        Press(Wish);
        Assert.Equal("Get-ChildItem | Where-Object { $_.Length", PSConsoleReadLine.Line);
        Assert.Contains("PowerShell cannot read this command: ", Host.Screen.Written);
    }

    [Fact]
    public void A_failure_is_shown_and_the_line_stays()
    {
        Server.Default = Reply.Error(401, "no such key");
        Press(Wish);
        Assert.Equal(Wish, PSConsoleReadLine.Line);
        Assert.Contains("Invoke-GptChat: no such key", Host.Screen.Written);
    }

    [Fact]
    public void Without_a_connection_it_says_how_to_make_one()
    {
        Invoke("Get-GptConnection | Disconnect-GptChat");
        Press(Wish);
        Assert.Equal(Wish, PSConsoleReadLine.Line);
        Assert.Contains("Connect-GptChat", Host.Screen.Written);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void On_an_empty_line_it_says_what_it_does()
    {
        Press("  ");
        Assert.Contains("Then press Ctrl+g: it becomes a command, which is not run.", Host.Screen.Written);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void It_counts_and_leaves_the_conversation_alone()
    {
        Invoke("Invoke-GptChat 'Hello'");
        Answer("Get-Date");
        Press(Wish);
        Assert.Equal(2L, System.Convert.ToInt64(InvokeOne("Get-GptUsage").Member("Requests"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("Hello", InvokeOne("(Get-GptConversation -Current).Messages[0].Content").ToString());
    }

    [Fact]
    public void What_the_connection_redacts_is_taken_out_and_put_back()
    {
        Invoke("Connect-GptChat -BaseUri $uri -Model m -Name safe -RedactPattern @{ HOST = 'srv\\d+' }", ("uri", Server.BaseUri.AbsoluteUri));
        Server.Default = Reply.Echo();
        Press("Test-Connection srv42", "-Connection safe");
        Assert.Equal("Test-Connection srv42", PSConsoleReadLine.Line);
        Assert.DoesNotContain("srv42", Request.BodyText);
    }

    [Fact]
    public void Connection_and_model_are_those_of_the_key()
    {
        Answer("Get-Date");
        Press(Wish, "-Model openai/gpt-5.1-mini -Chord Alt+q", "Alt+q");
        Assert.Equal("openai/gpt-5.1-mini", Request.Model());
    }

    [Fact]
    public void It_is_listed_and_removed()
    {
        Bind("x", "-Chord Ctrl+g, Alt+g");
        Assert.All(PSConsoleReadLine.GetKeyHandlers(), handler => Assert.Equal(("GptCommand", "Turn the text on the command line into a PowerShell command, which is not run"), (handler.Function, handler.Description)));
        Invoke("Remove-GptKeyHandler -WhatIf");
        Assert.Equal(2, PSConsoleReadLine.GetKeyHandlers().Count());
        Invoke("Remove-GptKeyHandler; Remove-GptKeyHandler");
        Assert.Empty(PSConsoleReadLine.GetKeyHandlers());
        Invoke("Set-GptKeyHandler -WhatIf");
        Assert.Empty(PSConsoleReadLine.GetKeyHandlers());
    }

    [Fact]
    public void A_chord_that_cannot_be_read_is_an_error()
    {
        Bind("x", "");
        string error = InvokeError("Set-GptKeyHandler -Chord nonsense").IsKind("InvalidParameter", "SetGptKeyHandlerCommand").Exception.Message;
        Assert.Contains("Ctrl+x,Ctrl+g", error);
    }

    [Fact]
    public void Without_PSReadLine_it_is_an_error()
    {
        Assert.Contains("Import-Module PSReadLine", InvokeError("Set-GptKeyHandler").IsKind("CommandLineNotUsable", "SetGptKeyHandlerCommand").Exception.Message);
        InvokeError("Remove-GptKeyHandler").IsKind("CommandLineNotUsable", "RemoveGptKeyHandlerCommand");
    }

    private void Answer(string text) => Server.Default = Reply.AsAsked(text);

    private void Bind(string line, string parameters)
    {
        PSConsoleReadLine.Reset(line);
        Invoke("Import-Module -Assembly $stand; Set-GptKeyHandler " + parameters, ("stand", typeof(PSConsoleReadLine).Assembly));
    }

    private void Press(string line, string parameters = "", string chord = "Ctrl+g")
    {
        Bind(line, parameters);
        Invoke("[Microsoft.PowerShell.PSConsoleReadLine]::Press('" + chord + "')");
    }
}
