using System;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Bulk;

/// <summary>One request for each item, each answer tied to its input.</summary>
public sealed class EachTests : ModuleTest
{
    private string[] Asked => Server.Requests.Select(request => string.Join("|", request.Messages())).Order(StringComparer.Ordinal).ToArray();

    [Fact]
    public void Each_item_has_a_request_and_an_answer_of_its_own()
    {
        Server.Default = Reply.Echo();
        Assert.Equal(["Q\n\na", "Q\n\nb", "Q\n\n3"], Invoke("'a', 'b', 3 | Invoke-GptChat 'Q' -Each").Select(reply => reply.ToString()));
        Assert.Equal(["user: Q\n\n3", "user: Q\n\na", "user: Q\n\nb"], Asked);
    }

    [Theory]
    [InlineData("1, 2 | Invoke-GptChat 'Q' -Each")]
    [InlineData("Invoke-GptChat 'Q' -Each -InputObject 1, 2")]
    [InlineData("1, $null, 2 | Invoke-GptChat 'Q' -Each")]
    [InlineData("1, 2 | Invoke-GptChat { \"Q`n`n$_\" } -Each")]
    [InlineData("1, 2 | Invoke-GptChat { 'Q', '', $PSItem } -Each")]
    public void What_is_an_item_does_not_depend_on_how_it_comes(string script)
    {
        Invoke(script);
        Assert.Equal(["user: Q\n\n1", "user: Q\n\n2"], Asked);
    }

    [Fact]
    public void A_script_may_return_messages_and_the_instructions_stand_before_them()
    {
        Invoke("'x' | Invoke-GptChat { New-GptMessage -Role Developer 'D'; $_ } -Each -System 'S'");
        Assert.Equal(["system: S|developer: D|user: x"], Asked);
    }

    [Fact]
    public void Files_are_items_by_pipe_and_by_path()
    {
        Folder.Write("a.log", "A");
        Folder.Write("b.log", "B");
        Assert.Equal(["a.log", "b.log"], Invoke("Invoke-GptChat 'Q' -Path $path -Each | ForEach-Object { $_.Source.Name }", ("path", Folder.At("*.log"))).Select(name => name.ToString()));
        Assert.Equal(["user: Q\n\na.log (1 byte):\n```\nA\n```", "user: Q\n\nb.log (1 byte):\n```\nB\n```"], Asked);
    }

    [Fact]
    public void A_reply_carries_the_very_object_that_it_is_about()
    {
        Assert.Equal(
            ["True 0", "True 1"],
            Invoke("$items = [version]'1.2', [pscustomobject]@{ A = 1 }; $items | Invoke-GptChat 'Q' -Each | ForEach-Object { \"$([object]::ReferenceEquals($_.Source, $items[$_.Index])) $($_.Index)\" }").Select(line => line.ToString()));
    }

    [Fact]
    public void Several_items_can_share_a_request()
    {
        Server.Default = Reply.Echo();
        Assert.Equal(["0: 1 2", "1: 3"], Invoke("1, 2, 3 | Invoke-GptChat 'Q' -Each -BatchSize 2 | ForEach-Object { \"$($_.Index): $($_.Source)\" }").Select(line => line.ToString()));
        Assert.Equal(["user: Q\n\n1\n2", "user: Q\n\n3"], Asked);
    }

    [Fact]
    public void Answers_are_the_input_of_one_more_question()
    {
        Server.Respond = request => request.Messages()[^1].StartsWith("user: Sum", StringComparison.Ordinal) ? Reply.Completion("all") : Reply.Echo();
        Assert.Equal("all", InvokeOne("'a', 'b' | Invoke-GptChat { \"$_$_\" } -Each | Invoke-GptChat 'Sum up'").BaseObject);
        Assert.Contains("user: Sum up\n\naa\nbb", Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stream_says_which_item_each_piece_is_about(bool ordered)
    {
        Server.Default = Reply.Echo();
        string[] pieces = Invoke("'one two', 'three' | Invoke-GptChat -Each -Stream " + (ordered ? "" : "-AsCompleted -ThrottleLimit 1") + " | ForEach-Object { \"$($_.ItemIndex)$($_.Source):$_\" }").Select(piece => piece.ToString()).ToArray();
        Assert.Equal(["0one two:one", "0one two: two", "0one two:", "1three:three", "1three:"], pieces);
    }

    [Fact]
    public void Live_answers_are_shown_one_after_the_other()
    {
        Server.Default = Reply.Echo();
        Assert.Equal("a b\nc\n", string.Concat(Run("'a b', 'c' | Invoke-GptChat -Each -Live").Information.Select(record => record.ToString() is { Length: > 0 } text ? text : "\n")));
    }

    [Fact]
    public void All_responses_are_in_the_variable()
    {
        Assert.Equal(3, InvokeOne("$null = 1..3 | Invoke-GptChat 'Q' -Each -ResponseVariable r; $r.Count").BaseObject);
    }

    [Fact]
    public void No_conversation_comes_of_it()
    {
        Invoke("$null = Invoke-GptChat 'first'; $null = 1, 2 | Invoke-GptChat 'Q' -Each");
        Assert.Equal("first", InvokeOne("(Get-GptConversation -Current).Messages[0].Content").BaseObject);
    }

    [Fact]
    public void What_if_shows_every_request_and_sends_none()
    {
        Outcome outcome = Run("1, 2 | Invoke-GptChat 'Q' -Each -WhatIf");
        Assert.Equal(2, outcome.Information.Count(record => record.Tags.Contains("GptChatRequest")));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_recording_answers_item_by_item()
    {
        string path = Folder.At("r.jsonl");
        Server.Default = Reply.Echo();
        Invoke("$null = 1..5 | Invoke-GptChat 'Q' -Each -Record $path", ("path", path));
        int sent = Server.Requests.Count;
        Assert.Equal(["5", "3"], Invoke("5, 3 | Invoke-GptChat 'Q' -Each -Replay $path | ForEach-Object { \"$_\".Substring(3) }", ("path", path)).Select(reply => reply.ToString()));
        Assert.Equal(sent, Server.Requests.Count);
    }

    [Theory]
    [InlineData("@() | Invoke-GptChat 'Q' -Each")]
    [InlineData("$null | Invoke-GptChat 'Q' -Each")]
    [InlineData("Invoke-GptChat 'Q' -Each")]
    public void Without_an_item_there_is_an_error(string script)
    {
        InvokeError(script).IsKind("NoInput");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_script_without_Each_is_an_error_that_says_so() =>
        Assert.Contains("With -Each", InvokeError("1 | Invoke-GptChat { $_ }").IsKind("InvalidParameter").Exception.Message);

    [Fact]
    public void What_a_script_throws_is_its_own()
    {
        Assert.Equal("mine", InvokeError("1, 2 | Invoke-GptChat { throw 'mine' } -Each").Exception.Message);
        Assert.Empty(Server.Requests);
    }
}
