using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Stops;

/// <summary>What stands behind a call in the pipeline can end it, and what it throws passes through untouched.</summary>
public sealed class DownstreamTests : ModuleTest
{
    [Theory]
    [InlineData("Invoke-GptChat 'x' -Stream | Select-First", "one ")]
    [InlineData("while ($true) { Invoke-GptChat 'x' -Stream | ForEach-Object { \"$_\"; break } }", "one ")]
    [InlineData("foreach ($i in 1) { Invoke-GptChat 'x' -Stream | ForEach-Object { \"$_\"; continue } }", "one ")]
    [InlineData("try { Invoke-GptChat 'x' -Stream | ForEach-Object { throw 'mine' } } catch { $_.Exception.Message }", "mine")]
    [InlineData("try { Invoke-GptChat 'x' -Stream | ForEach-Object { [int]::Parse('no') } } catch { $_.Exception.InnerException.GetType().Name }", "FormatException")]
    [InlineData("function Ask { Invoke-GptChat 'x' -Stream | ForEach-Object { \"$_\"; return } } Ask | Select-First", "one ")]
    public async Task A_stream_that_nobody_wants_any_more_is_closed(string script, string expected)
    {
        Server.Enqueue(Reply.Completion("before"), Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
        Invoke("$null = Invoke-GptChat 'first'");
        Assert.Equal(expected, InvokeOne(script).ToString());
        await Server.Requests[1].Aborted.WaitAsync(ModuleHost.Limit);
        Assert.Equal(2, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
        Assert.Equal("This is the answer of the test server.", InvokeOne("Invoke-GptChat 'again'").BaseObject);
    }

    [Fact]
    public void A_downstream_stop_leaves_no_error()
    {
        Server.Enqueue(Reply.Stream("one two"));
        Invoke("$null = Invoke-GptChat 'x' -Stream | Select-First; $null = Invoke-GptChat 'x' | Select-First");
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
    }

    [Fact]
    public void A_turn_whose_answer_came_whole_counts_though_downstream_takes_no_more()
    {
        Invoke("$null = Invoke-GptChat 'x' | Select-First; Invoke-GptChat 'y' -Continue");
        Assert.Equal(["user: x", "assistant: This is the answer of the test server.", "user: y"], Server.Requests[1].Messages());
    }

    [Fact]
    public void A_warning_that_stops_is_the_engines_own_and_the_turn_counts()
    {
        Server.Enqueue(Reply.Completion("Once upon").WithFinishReason("length"));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -WarningAction Stop");
        Assert.IsType<ActionPreferenceStopException>(error.Exception);
        Assert.Equal(2, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -Conversation c | ForEach-Object { Invoke-GptChat 'y' -Conversation c }")]
    [InlineData("Invoke-GptChat 'x' -Conversation c | ForEach-Object { Invoke-GptChat 'y' -Continue }")]
    [InlineData("Invoke-GptChat 'x' -Conversation c | ForEach-Object { Invoke-GptChat 'y' -Conversation $_ }")]
    [InlineData("Invoke-GptChat 'x' -Conversation c | Invoke-GptChat -Conversation c")]
    public void What_follows_a_reply_in_the_pipeline_may_go_on_with_its_conversation(string script)
    {
        Invoke("$null = New-GptConversation c; " + script);
        Assert.Equal("user: x", Server.Requests[1].Messages()[0]);
        Assert.Equal(3, Server.Requests[1].Messages().Length);
        Assert.Equal(4, InvokeOne("(Get-GptConversation c).Messages.Count").BaseObject);
    }

    [Fact]
    public void The_answer_of_a_script_that_exits_downstream_is_closed()
    {
        Server.Enqueue(Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
        Assert.Equal("one ", Host.Run("Invoke-GptChat 'x' -Stream | ForEach-Object { \"$_\"; exit }").Output.Single().ToString());
        Assert.Equal("This is the answer of the test server.", InvokeOne("Invoke-GptChat 'again'").BaseObject);
    }
}
