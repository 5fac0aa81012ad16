using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Bulk;

/// <summary>Bulk calls that go on where an earlier run ended.</summary>
public sealed class JournalTests : ModuleTest
{
    private string Journal => Folder.At("j.jsonl");

    private string[] Asked => Server.Requests.Select(request => request.Messages()[^1]["user: ".Length..]).Order(StringComparer.Ordinal).ToArray();

    [Fact]
    public void What_is_finished_is_not_asked_again_and_what_failed_or_is_new_is()
    {
        Server.Respond = request => request.Messages()[^1] == "user: 2" ? Reply.Error(400, "No.") : Reply.Echo();
        Host.Run("1..3 | Invoke-GptChat -Each -Journal $path", ("path", Journal));
        Assert.Equal(["1", "2", "3"], Asked);

        Server.Clear();
        Server.Respond = null;
        Server.Default = Reply.Echo();
        Assert.Equal(
            ["0:1:True", "1:2:False", "2:3:True", "3:4:False"],
            Invoke("1..4 | Invoke-GptChat -Each -Journal $path | ForEach-Object { \"$($_.Index):$($_):$($_.FromJournal)\" }", ("path", Journal)).Select(line => line.ToString()));
        Assert.Equal(["2", "4"], Asked);

        Server.Clear();
        Assert.Equal(4, InvokeOne("(1..4 | Invoke-GptChat -Each -Journal $path -ResponseVariable r | Where-Object FromJournal).Count", ("path", Journal)).BaseObject);
        Assert.Equal(12, (int)(long)InvokeOne("$r[0].Usage.PromptTokens").BaseObject);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("1 | Invoke-GptChat 'Other' -Each")]
    [InlineData("1 | Invoke-GptChat -Each -System 'Other'")]
    [InlineData("1 | Invoke-GptChat -Each -Model other")]
    [InlineData("1 | Invoke-GptChat -Each -Temperature 1")]
    public void Another_question_is_another_request(string script)
    {
        Invoke("$null = 1 | Invoke-GptChat -Each -Journal $path; $null = " + script + " -Journal $path", ("path", Journal));
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void Equal_items_have_an_answer_each()
    {
        int count = 0;
        Server.Respond = _ => Reply.Completion("answer " + System.Threading.Interlocked.Increment(ref count));
        const string Script = "'x', 'x' | Invoke-GptChat -Each -ThrottleLimit 1 -Journal $path";
        string[] first = Invoke(Script, ("path", Journal)).Select(reply => reply.ToString()).ToArray();
        Assert.Equal(["answer 1", "answer 2"], first);
        Assert.Equal(first, Invoke(Script).Select(reply => reply.ToString()));
        Assert.Equal(2, count);
    }

    [Fact]
    public async Task What_came_behind_a_slow_answer_is_kept_when_the_call_is_stopped()
    {
        Server.Respond = request => request.Messages()[^1] == "user: 1" ? Reply.Echo().HangBeforeHeaders() : Reply.Echo();
        using PendingCall call = Host.Begin("1..4 | Invoke-GptChat -Each -ThrottleLimit 4 -Journal $path", ("path", Journal));
        await Server.WaitForRequestsAsync(4).WaitAsync(ModuleHost.Limit);
        await Task.WhenAll(Server.Requests.Where(request => request.Messages()[^1] != "user: 1").Select(request => request.Completed)).WaitAsync(ModuleHost.Limit);
        while (File.ReadAllText(Journal).Count(character => character == '\n') < 3) await Task.Yield();
        Assert.Empty((await call.StopAsync()).Output);

        Server.Clear();
        Server.Respond = null;
        Server.Default = Reply.Echo();
        Assert.Equal(["1", "2", "3", "4"], Invoke("1..4 | Invoke-GptChat -Each -Journal $path").Select(reply => reply.ToString()));
        Assert.Equal(["1"], Asked);
    }

    [Fact]
    public async Task Another_run_with_the_same_journal_is_told_before_anything_is_sent()
    {
        Server.Respond = _ => Reply.Echo().HangBeforeHeaders();
        using PendingCall call = Host.Begin("1 | Invoke-GptChat -Each -Journal $path", ("path", Journal));
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        await using ModuleHost other = (await ModuleHost.StartAsync()).Connect();
        ErrorRecord error = other.InvokeError("1 | Invoke-GptChat -Each -Journal $path", ("path", Journal)).IsKind("JournalNotUsable");
        Assert.Contains("another run is writing it", error.Exception.Message);
        Assert.Empty(other.Server.Requests);
        await call.StopAsync();
        Assert.Single(other.Invoke("1 | Invoke-GptChat -Each -Journal $path", ("path", Journal)));
    }

    [Fact]
    public void A_full_disk_costs_no_answer()
    {
        if (!File.Exists("/dev/full")) return;
        Outcome outcome = Host.Run("1 | Invoke-GptChat -Each -Journal /dev/full");
        Assert.Equal("This is the answer of the test server.", Assert.Single(outcome.Output).BaseObject);
        Assert.Contains("another run asks for it again", Assert.Single(outcome.Errors).IsKind("JournalNotUsable").Exception.Message);
    }

    [Fact]
    public void What_if_makes_no_journal()
    {
        Invoke("1 | Invoke-GptChat -Each -Journal $path -WhatIf", ("path", Journal));
        Assert.False(File.Exists(Journal));
    }
}
