using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Jobs;

/// <summary>A call in the background: a job as any other, whose replies are those of the call itself.</summary>
public sealed class JobTests : ModuleTest
{
    [Fact]
    public void A_call_as_job_outputs_a_job_of_its_own_kind()
    {
        Assert.Equal(
            "GptChatJob mine 127.0.0.1 Invoke-GptChat 'x' GptChat.GptJob",
            InvokeOne("$j = Invoke-GptChat 'x' -AsJob -JobName mine; $null = Wait-Job $j; \"$($j.PSJobTypeName) $($j.Name) $($j.Location) $($j.Command) $($j.GetType())\"").BaseObject);
        Assert.Equal("Completed True", InvokeOne("$j = Get-Job mine; \"$($j.State) $($j.HasMoreData)\"").BaseObject);
    }

    [Fact]
    public void The_reply_is_that_of_the_call_itself()
    {
        Server.Default = Reply.Echo();
        PSObject called = InvokeOne("Invoke-GptChat 'x'");
        PSObject received = InvokeOne("Invoke-GptChat 'x' -AsJob | Receive-Job -Wait -AutoRemoveJob");
        Assert.Equal(called.TypeNames, received.TypeNames);
        Assert.IsType<string>(received.BaseObject);
        Assert.Equal(called.Properties.Select(property => property.Name).Where(name => name is not "Length"), received.Properties.Select(property => property.Name).Where(name => name is not "Length"));
        Assert.Same(called.Member("Response")!.GetType(), received.Member("Response")!.GetType());
        Assert.Equal(called.Member("Usage.TotalTokens"), received.Member("Usage.TotalTokens"));
        Assert.Empty(Invoke("Get-Job"));
    }

    [Fact]
    public async Task The_call_returns_before_the_server_answers()
    {
        TaskCompletionSource answer = new();
        Server.Default = Reply.Echo().GateHeaders(answer.Task);
        Assert.Equal("Running", InvokeOne("$j = Invoke-GptChat 'x' -AsJob; \"$($j.State)\"").BaseObject);
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        Assert.Empty(Invoke("Receive-Job $j"));
        answer.SetResult();
        Assert.Equal("x", InvokeOne("$j | Wait-Job | Receive-Job").BaseObject);
        Assert.Empty(Invoke("Receive-Job $j"));
    }

    [Fact]
    public async Task Answers_of_many_items_can_be_taken_while_the_rest_is_under_way()
    {
        TaskCompletionSource second = new();
        Server.Respond = request => request.Messages()[^1] == "user: b" ? Reply.Echo().GateHeaders(second.Task) : Reply.Echo();
        Invoke("$j = 'a', 'b', 'c' | Invoke-GptChat -Each -AsJob -ThrottleLimit 1");
        Assert.Equal(["a"], Invoke("while ($j.Output.Count -eq 0) { $null = Wait-Job $j -Timeout 0.01 }; Receive-Job $j -Keep").Select(reply => reply.ToString()));
        Assert.Equal("Running", InvokeOne("\"$($j.State)\"").BaseObject);
        await Server.WaitForRequestsAsync(2).WaitAsync(ModuleHost.Limit);
        second.SetResult();
        Assert.Equal(["a", "b", "c"], Invoke("Receive-Job $j -Wait").Select(reply => reply.ToString()));
    }

    [Fact]
    public void What_is_kept_can_be_received_again()
    {
        Assert.Equal(["2", "2", "2", "0"], Invoke("$j = 1, 2 | Invoke-GptChat 'Q' -Each -AsJob | Wait-Job; 1, 2 | ForEach-Object { @(Receive-Job $j -Keep).Count }; @(Receive-Job $j).Count; @(Receive-Job $j).Count").Select(count => count.ToString()));
    }

    [Fact]
    public void A_reply_carries_the_very_object_that_was_piped_in()
    {
        Assert.Equal(
            ["True 0", "True 1"],
            Invoke("$items = [version]'1.2', [pscustomobject]@{ A = 1 }; $items | Invoke-GptChat 'Q' -Each -AsJob | Receive-Job -Wait | ForEach-Object { \"$([object]::ReferenceEquals($_.Source, $items[$_.Index])) $($_.Index)\" }").Select(line => line.ToString()));
    }

    [Fact]
    public void A_stream_comes_in_pieces()
    {
        Server.Enqueue(Reply.Stream(["one ", "two"]));
        Assert.Equal(["one ", "two", ""], Invoke("Invoke-GptChat 'x' -Stream -AsJob | Receive-Job -Wait").Select(chunk => chunk.BaseObject.ToString()));
    }

    [Fact]
    public void The_same_is_sent_as_without_a_job()
    {
        string file = Folder.Write("a.log", "A");
        Folder.Write("b.log", "B");
        const string Things = "function Get-Thing { 'text'; [pscustomobject]@{ n = 1 }; [System.IO.FileInfo]$path }; ";
        const string Plain = "Get-Thing | Invoke-GptChat 'Q' -System 'S' -Temperature 0.5 -ResponseFormat @{ type = 'json_object' } -ExtraHeader @{ 'X-Team' = 'ops' } -ExtraBody @{ seed = 1 }";
        Invoke(Things + "$null = " + Plain + "; $null = " + Plain + " -AsJob | Receive-Job -Wait", ("path", file));
        Assert.Equal(Server.Requests[0].Json.GetRawText(), Server.Requests[1].Json.GetRawText());
        Assert.Equal("ops", Server.Requests[1].Headers["X-Team"]);
        Invoke("$null = Invoke-GptChat 'Q' -Path $path -Each -ThrottleLimit 1; $null = Invoke-GptChat 'Q' -Path $path -Each -ThrottleLimit 1 -AsJob | Receive-Job -Wait", ("path", Folder.At("*.log")));
        Assert.Equal(Server.Requests.Skip(2).Take(2).Select(request => request.Messages()[0]), Server.Requests.Skip(4).Select(request => request.Messages()[0]));
        Assert.Equal(6, Server.Requests.Count);
    }

    [Fact]
    public void A_script_runs_while_the_input_is_gathered()
    {
        Server.Default = Reply.Echo();
        Invoke("function Get-Word { 'odd' }; $global:asked = @(); $j = 1..3 | Invoke-GptChat { $global:asked += $_; \"$_ is $(Get-Word)\" } -Each -AsJob");
        Assert.Equal(3, InvokeOne("$asked.Count").BaseObject);
        Assert.Equal(["1 is odd", "2 is odd", "3 is odd"], Invoke("Receive-Job $j -Wait").Select(reply => reply.ToString()));
        Assert.Equal("mine", InvokeError("1 | Invoke-GptChat { throw 'mine' } -Each -AsJob").Exception.Message);
    }

    [Fact]
    public void Properties_that_run_script_are_read_while_the_input_is_gathered()
    {
        Server.Default = Reply.Echo();
        Invoke("$o = [pscustomobject]@{ A = 1 }; $o.PSObject.Properties.Add([System.Management.Automation.PSScriptProperty]::new('B', { 'from script' }))");
        Assert.Equal("""{"A":1,"B":"from script"}""", InvokeOne("$o | Invoke-GptChat -Property A, B -AsJob | Receive-Job -Wait").BaseObject);
        Assert.Equal("""{"A":1,"B":"from script"}""", InvokeOne("$o | Invoke-GptChat -Property A, B -Each -AsJob | Receive-Job -Wait").BaseObject);
    }

    [Fact]
    public void It_goes_where_the_session_stood_when_it_was_called()
    {
        Server.Default = Reply.Echo();
        Invoke("$j = 1..3 | Invoke-GptChat 'Q' -Each -AsJob; Connect-GptChat -BaseUri 'http://127.0.0.1:9/v1' -Model other; $null = Receive-Job $j -Wait -ErrorAction Stop");
        Assert.Equal(3, Server.Requests.Count);
        Assert.All(Server.Requests, request => Assert.Equal("openai/gpt-5.1-chat", request.Model()));
    }

    [Fact]
    public void A_turn_of_a_conversation_is_part_of_it_and_the_current_one_stays()
    {
        Server.Default = Reply.Echo();
        Invoke("$null = New-GptConversation c; $null = Invoke-GptChat 'first' -Conversation c; $null = Invoke-GptChat 'other'");
        Invoke("$null = Invoke-GptChat 'second' -Conversation c -AsJob | Receive-Job -Wait");
        Assert.Equal("first,first,second,second", InvokeOne("(Get-GptConversation c).Messages.Content -join ','").BaseObject);
        Assert.Equal("other", InvokeOne("(Get-GptConversation -Current).Messages[0].Content").BaseObject);
        Invoke("$null = Invoke-GptChat 'more' -Continue -AsJob | Receive-Job -Wait -OutVariable r; $null = Invoke-GptChat 'and more' -Continue");
        Assert.Equal("other,other,more,more,and more,and more", InvokeOne("(Get-GptConversation -Current).Messages.Content -join ','").BaseObject);
        Assert.Equal(8, InvokeOne("$null = Invoke-GptChat 'last' -Conversation $r[0]; (Get-GptConversation -Current).Messages.Count").BaseObject);
    }

    [Fact]
    public void Recordings_and_journals_are_where_the_caller_is()
    {
        Server.Default = Reply.Echo();
        Invoke("$ExecutionContext.SessionState.Path.SetLocation($folder); $null = 1, 2 | Invoke-GptChat 'Q' -Each -Record r.jsonl -Journal j.jsonl -AsJob | Receive-Job -Wait -ErrorAction Stop", ("folder", Folder.Path));
        Assert.Equal("1 True", InvokeOne("1 | Invoke-GptChat 'Q' -Each -Journal j.jsonl -AsJob | Receive-Job -Wait | ForEach-Object { \"$($_.Source) $($_.FromJournal)\" }").BaseObject);
        Assert.EndsWith("2", InvokeOne("2 | Invoke-GptChat 'Q' -Each -Replay r.jsonl -AsJob | Receive-Job -Wait").ToString());
        Assert.Equal(2, Server.Requests.Count);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -AsJob -WhatIf", 1)]
    [InlineData("1, 2 | Invoke-GptChat 'x' -Each -AsJob -WhatIf", 2)]
    [InlineData("& { $WhatIfPreference = $true; Invoke-GptChat 'x' -AsJob }", 1)]
    public void What_if_starts_no_job_and_shows_what_would_be_sent(string script, int requests)
    {
        Outcome outcome = Run(script);
        Assert.Empty(outcome.Output);
        Assert.Equal(requests, outcome.Information.Count(record => record.Tags.Contains("GptChatRequest")));
        Assert.Empty(Invoke("Get-Job"));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task The_journal_of_a_job_that_runs_is_locked_for_others()
    {
        TaskCompletionSource answer = new();
        Server.Default = Reply.Echo().GateHeaders(answer.Task);
        Invoke("$j = 1 | Invoke-GptChat 'Q' -Each -Journal $path -AsJob", ("path", Folder.At("j.jsonl")));
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        InvokeError("1 | Invoke-GptChat 'Q' -Each -Journal $path").IsKind("JournalNotUsable");
        answer.SetResult();
        Assert.Single(Invoke("Receive-Job $j -Wait"));
    }

    [Fact]
    public void Many_jobs_at_once_and_their_runspaces_go()
    {
        Server.Default = Reply.Echo();
        Assert.Equal(30, Invoke("$jobs = 1..30 | ForEach-Object { Invoke-GptChat \"n$_\" -AsJob }; $jobs | Wait-Job | Receive-Job -AutoRemoveJob -Wait").Select(reply => reply.ToString()).Distinct().Count());
        Assert.Equal(30, Server.Requests.Count);
    }

    [Fact]
    public void Verbose_text_and_warnings_are_in_its_streams()
    {
        Server.Default = Reply.Completion("cut").WithFinishReason("length");
        Outcome outcome = Host.Run("$j = Invoke-GptChat 'x' -AsJob -Verbose | Wait-Job; @($j.Verbose | ForEach-Object Message) -like 'Answer after*'; $j.Warning.Count; $null = Receive-Job $j -Verbose 4>$null; $j.HasMoreData").RequireSuccess();
        Assert.StartsWith("Answer after", outcome.Output[0].ToString());
        Assert.Equal(["1", "False"], outcome.Output.Skip(1).Select(count => count.ToString()));
        Assert.StartsWith("The answer is cut off", Assert.Single(outcome.Warnings));
    }
}
