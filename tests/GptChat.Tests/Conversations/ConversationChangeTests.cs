using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Conversations;

/// <summary>Copy-, Clear-, Remove-GptConversation, Remove- and Set-GptMessage.</summary>
public sealed class ConversationChangeTests : ModuleTest
{
    private const string Trip = "$null = New-GptConversation trip -System 'Be brief.'; 'one', 'two' | ForEach-Object { $null = Invoke-GptChat $_ -Conversation trip }; ";

    private string[] Texts(string conversation) => [.. Invoke("(Get-GptConversation " + conversation + ").Messages | ForEach-Object { \"$($_.Role): $_\" }").Select(message => message.ToString())];

    private void Echo() => Server.Default = Reply.Echo();

    [Theory]
    [InlineData("Copy-GptConversation trip fork")]
    [InlineData("Copy-GptConversation trip -NewName fork")]
    [InlineData("'trip' | Copy-GptConversation -NewName fork")]
    [InlineData("Get-GptConversation trip | Copy-GptConversation -NewName fork")]
    [InlineData("$reply | Copy-GptConversation -NewName fork")]
    [InlineData("$trip | Send-Abroad | Copy-GptConversation -NewName fork")]
    [InlineData("Copy-GptConversation -NewName fork")]
    public void A_fork_goes_on_by_itself(string copy)
    {
        Echo();
        Assert.Empty(Invoke(Trip + "$trip = Get-GptConversation trip; $reply = Invoke-GptChat 'three' -Conversation trip; " + copy));
        Invoke("$null = Invoke-GptChat 'left' -Conversation trip; $null = Invoke-GptChat 'right' -Conversation fork");
        Assert.Equal(["system: Be brief.", "user: one", "assistant: one", "user: two", "assistant: two", "user: three", "assistant: three", "user: right", "assistant: right"], Texts("fork"));
        Assert.Equal("assistant: left", Texts("trip")[^1]);
    }

    [Fact]
    public void A_fork_has_what_the_original_was_made_with()
    {
        Invoke("$null = New-GptConversation a -Model m -Temperature 0.5; Copy-GptConversation a b; Invoke-GptChat 'x' -Conversation b");
        Assert.Equal(("m", 0.5), (Request.Model(), Request.Json.GetProperty("temperature").GetDouble()));
    }

    [Fact]
    public void A_name_that_is_taken_is_replaced_only_by_force()
    {
        Outcome outcome = Host.Run(Trip + "$null = New-GptConversation fork; Copy-GptConversation trip fork");
        Assert.Contains("-Force", Assert.Single(outcome.Errors).IsKind("InvalidParameter", "CopyGptConversationCommand").Exception.Message);
        Assert.Empty(Texts("fork"));
        Assert.Equal(5, InvokeOne("(Copy-GptConversation trip fork -Force -PassThru).Messages.Count").BaseObject);
        Assert.Equal("m2", InvokeOne("(New-GptConversation fork -Model m2 -Force).Model").BaseObject);
        InvokeError("Copy-GptConversation trip ''").IsKind("InvalidParameter", "CopyGptConversationCommand");
        InvokeError("Copy-GptConversation trip").IsKind("InvalidParameter", "CopyGptConversationCommand");
    }

    [Fact]
    public void Clearing_keeps_the_instructions_and_the_defaults()
    {
        Echo();
        Invoke("$null = New-GptConversation trip -System 'Be brief.' -Model m -TopP 0.5; $null = Invoke-GptChat one -Conversation trip; Clear-GptConversation trip");
        Assert.Equal(["system: Be brief."], Texts("trip"));
        Assert.Null(InvokeOne("Get-GptConversation trip").Member("Usage"));
        Invoke("$null = Invoke-GptChat 'two' -Conversation trip");
        Assert.Equal(["system: Be brief.", "user: two"], Server.Requests[1].Messages());
        Assert.Equal(("m", 0.5), (Server.Requests[1].Model(), Server.Requests[1].Json.GetProperty("top_p").GetDouble()));
    }

    [Fact]
    public void The_current_conversation_is_cleared_if_none_is_named()
    {
        Invoke("$null = Invoke-GptChat 'one'; $null = Invoke-GptChat 'two' -Continue");
        Assert.Equal(0, InvokeOne("(Clear-GptConversation -PassThru).Messages.Count").BaseObject);
    }

    [Fact]
    public void A_conversation_that_is_removed_is_gone_also_for_Continue()
    {
        Invoke(Trip + "$held = Get-GptConversation trip; Remove-GptConversation trip");
        Assert.Empty(Invoke("Get-GptConversation"));
        InvokeError("Invoke-GptChat 'x' -Continue").IsKind("NoConversation");
        InvokeError("Invoke-GptChat 'x' -Conversation trip").IsKind("ConversationNotFound");
        Invoke("$null = Invoke-GptChat 'three' -Conversation $held; $null = New-GptConversation trip");
        Assert.Equal(7, InvokeOne("$held.Messages.Count").BaseObject);
    }

    [Fact]
    public void Wildcards_and_lists_of_names_are_resolved_and_each_miss_is_an_error_of_its_own()
    {
        Invoke("'a1', 'a2', 'b', '[x]' | New-GptConversation | Out-Null");
        Outcome outcome = Host.Run("Remove-GptConversation gone, a*, '[x]', none*");
        Assert.Single(outcome.Errors).IsKind("ConversationNotFound", "RemoveGptConversationCommand");
        Assert.Equal("b", InvokeOne("(Get-GptConversation).Name").BaseObject);
        InvokeError("Remove-GptConversation").IsKind("InvalidParameter", "RemoveGptConversationCommand");
        Invoke("Get-GptConversation | Remove-GptConversation; $null = Invoke-GptChat 'x'; Get-GptConversation -Current | Remove-GptConversation");
        Assert.Empty(Invoke("Get-GptConversation; Get-GptConversation -Current"));
    }

    [Theory]
    [InlineData("-Last 2", "one one")]
    [InlineData("-Last 4", "")]
    [InlineData("-LastTurn", "one one")]
    [InlineData("-Index 1", "one two two")]
    [InlineData("-Index -1, 1", "one two")]
    [InlineData("-Index 1, 1, 2", "two two")]
    public void Messages_are_removed(string which, string left)
    {
        Echo();
        Assert.Empty(Invoke(Trip + "Remove-GptMessage trip " + which));
        Assert.Equal(left, string.Join(' ', Texts("trip").Skip(1).Select(message => message[(message.IndexOf(' ', System.StringComparison.Ordinal) + 1)..])));
        Assert.Equal(38L, InvokeOne("(Get-GptConversation trip).Usage.TotalTokens").BaseObject);
        Invoke("$null = Invoke-GptChat 'three' -Conversation trip");
        Assert.Equal(["system: Be brief.", "user: three"], Server.Requests[2].Messages().Where((_, index) => index == 0 || index == Server.Requests[2].Messages().Length - 1));
    }

    [Theory]
    [InlineData("Remove-GptMessage trip -Index 5", "has no message 5: it has those from 0 to 4")]
    [InlineData("Remove-GptMessage trip -Index -6", "has no message -6")]
    [InlineData("Remove-GptMessage trip -Last 6", "has 5 messages, fewer than -Last 6")]
    [InlineData("Set-GptMessage trip -Index 5 -Content x", "has no message 5")]
    [InlineData("Remove-GptMessage empty -LastTurn", "no turn to undo")]
    public void What_is_not_there_is_an_error_and_nothing_changes(string script, string message)
    {
        Outcome outcome = Host.Run(Trip + "$null = New-GptConversation empty; " + script);
        Assert.Contains(message, Assert.Single(outcome.Errors).IsKind("InvalidParameter", script.StartsWith("Set", System.StringComparison.Ordinal) ? "SetGptMessageCommand" : "RemoveGptMessageCommand").Exception.Message);
        Assert.Equal(5, Texts("trip").Length);
    }

    [Theory]
    [InlineData("Remove-GptMessage trip", "Which messages")]
    [InlineData("Remove-GptMessage trip -Last 1 -LastTurn", "-Last and -LastTurn cannot be used together")]
    [InlineData("Remove-GptMessage trip -Last 1 -Index 1", "-Last and -Index cannot be used together")]
    [InlineData("Remove-GptMessage trip -LastTurn:$false", "Which messages")]
    public void What_is_to_be_removed_must_be_said_in_one_way(string script, string message) =>
        Assert.Contains(message, InvokeError(Trip + script).IsKind("InvalidParameter", "RemoveGptMessageCommand").Exception.Message);

    [Fact]
    public void Undoing_a_turn_brings_back_what_was_before_it_instructions_and_model_included()
    {
        Invoke("$null = New-GptConversation c -System 'Old' -Model m1; $null = Invoke-GptChat 'one' -Conversation c; (New-GptMessage 'a'), (New-GptMessage 'b' -Role Assistant), 'c' | Invoke-GptChat -Conversation c -System 'New' -Model m2 | Out-Null");
        Assert.Equal(7, Texts("c").Length);
        Invoke("Remove-GptMessage c -LastTurn");
        Assert.Equal(["system: Old", "user: one"], Texts("c")[..2]);
        Assert.Equal(3, Texts("c").Length);
        Assert.Equal("m1", InvokeOne("(Get-GptConversation c).Model").BaseObject);
        Invoke("Remove-GptMessage c -LastTurn");
        Assert.Equal(["system: Old"], Texts("c"));
    }

    [Fact]
    public void A_call_of_a_tool_that_loses_its_answer_is_warned_about()
    {
        Outcome outcome = Run("$call = @{ id = 'c1'; type = 'function'; function = @{ name = 'f'; arguments = '{}' } }; $m = (New-GptMessage 'x'), (New-GptMessage -Role Assistant -ToolCall $call), (New-GptMessage '5' -Role Tool -ToolCallId c1); $null = New-GptConversation t -Message $m; Remove-GptMessage t -Last 1");
        Assert.Contains("a call of a tool without its answer", Assert.Single(outcome.Warnings));
        Assert.Contains("an answer of a tool without its call", Assert.Single(Run("$null = New-GptConversation u -Message $m; Remove-GptMessage u -Index 1").Warnings));
        Assert.Empty(Run("$null = New-GptConversation v -Message $m; Remove-GptMessage v -Index 1, 2").Warnings);
    }

    [Fact]
    public void A_message_is_changed_and_the_others_stay()
    {
        Echo();
        Invoke(Trip + "Set-GptMessage trip 2 'first line', 'second'; $null = Set-GptMessage trip -Index -1 -Content (New-GptMessage 'said' -Role User -Name Ann) -PassThru; $null = Invoke-GptChat 'three' -Conversation trip");
        Assert.Equal(["system: Be brief.", "user: one", "assistant: first line\nsecond", "user: two", "user: said", "user: three"], Server.Requests[2].Messages());
        Assert.Equal("Ann", Server.Requests[2].Json.GetProperty("messages")[4].GetProperty("name").GetString());
    }

    [Fact]
    public void Whoever_holds_the_messages_keeps_them()
    {
        Assert.Equal([5, 3, 5], Invoke(Trip + "$before = (Get-GptConversation trip).Messages; Remove-GptMessage trip -Last 2; $before.Count; (Get-GptConversation trip).Messages.Count; Clear-GptConversation trip; $before.Count").Select(count => (int)count.BaseObject));
    }

    [Theory]
    [InlineData("Set-GptMessage trip 1 ''")]
    [InlineData("Set-GptMessage trip 1 $null")]
    [InlineData("Set-GptMessage trip 1")]
    [InlineData("Set-GptMessage trip -Content x")]
    [InlineData("Set-GptMessage trip 1 (New-GptMessage a), (New-GptMessage b)")]
    [InlineData("Set-GptMessage trip 1 42")]
    public void A_change_to_nothing_or_to_something_else_is_refused(string script)
    {
        Outcome outcome = Host.Run(Trip + script);
        (outcome.Failure?.ErrorRecord ?? Assert.Single(outcome.Errors)).IsKind("InvalidParameter", "SetGptMessageCommand");
        Assert.Equal("user: one", Texts("trip")[1]);
    }

    [Theory]
    [InlineData("Clear-GptConversation trip")]
    [InlineData("Remove-GptConversation trip")]
    [InlineData("Remove-GptMessage trip -Last 1")]
    [InlineData("Set-GptMessage trip 1 'x'")]
    public void What_destroys_can_be_tried_out(string script)
    {
        Invoke(Trip + script + " -WhatIf; & { $WhatIfPreference = $true; " + script + " }");
        Assert.Equal(5, Texts("trip").Length);
        Assert.Equal("Medium", InvokeOne("(Get-Command " + script.Split(' ')[0] + ").ImplementingType.GetCustomAttributes($true).Where({ $_ -is [System.Management.Automation.CmdletAttribute] }).ConfirmImpact.ToString()").BaseObject);
    }

    [Theory]
    [InlineData("Clear-GptConversation $c", "ClearGptConversationCommand")]
    [InlineData("Remove-GptMessage $c -Last 1", "RemoveGptMessageCommand")]
    [InlineData("Set-GptMessage $c 0 'x'", "SetGptMessageCommand")]
    public async Task A_conversation_that_a_call_is_using_is_left_alone(string script, string command)
    {
        Server.Enqueue(Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
        Invoke("$c = New-GptConversation c -System 'S'");
        await using ModuleHost other = await ModuleHost.StartAsync();
        object? held = Host.Runspace.SessionStateProxy.GetVariable("c");
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' -Conversation c -Stream");
        await call.FirstOutput;
        Outcome outcome = other.Run(script, ("c", held));
        Assert.Contains("Copy-GptConversation", Assert.Single(outcome.Errors).IsKind("ConversationBusy", command).Exception.Message);

        // What only reads it does not wait.
        Assert.Equal(1, (other.Invoke("(Copy-GptConversation $c copy -PassThru).Messages.Count", ("c", held))[0]).BaseObject);
        await call.StopAsync();
        Assert.Equal(["system: S"], Texts("c"));
        Assert.Empty(other.Run(script, ("c", held)).Errors);
    }

    [Fact]
    public void Threads_that_share_one_with_using_take_turns_or_are_told()
    {
        Echo();
        string[] said = [.. Invoke(
            "$c = New-GptConversation shared; $connection = Get-GptConnection; 1..20 | ForEach-Object -Parallel { Import-Module $using:path; $shared = $using:c; try { if ($_ % 4) { $null = Invoke-GptChat \"q$_\" -Conversation $shared -Connection $using:connection; 'asked' } else { Remove-GptMessage $shared -LastTurn -ErrorAction Stop; 'removed' } } catch { $_.FullyQualifiedErrorId.Split(',')[0] } } -ThrottleLimit 4",
            ("path", Repository.Manifest)).Select(word => (string)word.BaseObject)];
        Assert.Equal(20, said.Length);
        Assert.All(said, word => Assert.Contains(word, (string[])["asked", "removed", "GptChat.ConversationBusy", "GptChat.InvalidParameter"]));
        string[] history = [.. Invoke("$c.Messages | ForEach-Object { \"$($_.Role): $_\" }").Select(message => message.ToString())];
        Assert.Equal(2 * (said.Count(word => word == "asked") - said.Count(word => word == "removed")), history.Length);
        for (int i = 0; i < history.Length; i += 2) Assert.Equal(history[i].Replace("user: ", "assistant: ", System.StringComparison.Ordinal), history[i + 1]);
    }
}
