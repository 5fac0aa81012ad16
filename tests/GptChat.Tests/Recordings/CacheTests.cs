using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Recordings;

/// <summary>A rerun of a script sends nothing and outputs the same.</summary>
public sealed class CacheTests : ModuleTest
{
    private string Path => Folder.At("c.jsonl");

    private string[] Texts(string script) => [.. Invoke(script, ("path", Path)).Select(item => item.ToString())];

    [Theory]
    [InlineData("Invoke-GptChat 'x' -Cache $path")]
    [InlineData("Invoke-GptChat 'x' -Cache $path -Stream")]
    [InlineData("Invoke-GptChat 'x' -Cache $path -Live -PassThru")]
    [InlineData("1..5 | Invoke-GptChat 'x' -Each -Cache $path")]
    [InlineData("1, 2, 1, 1, 2 | Invoke-GptChat 'x' -Each -ThrottleLimit 5 -Cache $path")]
    [InlineData("1..3 | Invoke-GptChat { \"about $_\" } -Each -Stream -Cache $path")]
    [InlineData("$a = Invoke-GptChat 'x' -Cache $path; $a; Invoke-GptChat 'y' -Continue -Cache $path")]
    public void A_rerun_sends_nothing_and_outputs_the_same(string script)
    {
        int count = 0;
        Server.Respond = _ => Reply.AsAsked("answer " + System.Threading.Interlocked.Increment(ref count));
        string[] first = Texts(script);
        int sent = Server.Requests.Count;
        Assert.Equal(first, Texts(script));
        Assert.Equal(sent, Server.Requests.Count);
    }

    [Fact]
    public void The_response_says_that_it_was_cached()
    {
        Texts("$null = Invoke-GptChat 'x' -Cache $path");
        PSObject reply = InvokeOne("Invoke-GptChat 'x' -Cache $path");
        Assert.Equal((true, false, 0), (reply.Member("Response.FromCache"), reply.Member("Response.FromRecording"), reply.Member("Response.Attempts")));
        Assert.True((long)reply.Member("Usage.TotalTokens")! > 0);
    }

    [Fact]
    public void A_connection_has_a_default_and_a_call_its_own()
    {
        Server.Default = Reply.Echo();
        Invoke("Connect-GptChat -BaseUri $uri -Model m -Cache $path -CacheExpiry 1.00:00:00", ("uri", Server.BaseUri), ("path", Path));
        Assert.Equal((Path, TimeSpan.FromDays(1)), (InvokeOne("(Get-GptConnection -Name 127*).Cache").BaseObject, InvokeOne("(Get-GptConnection -Name 127*).CacheExpiry").BaseObject));
        Texts("$null = Invoke-GptChat 'x'; $null = Invoke-GptChat 'x'");
        Assert.Single(Server.Requests);
        Invoke("$null = Invoke-GptChat 'x' -Cache $other", ("other", Folder.At("other.jsonl")));
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void An_expiry_that_counts_ticks_is_told()
    {
        Assert.Contains("ten-millionths", InvokeError("Invoke-GptChat 'x' -Cache $path -CacheExpiry ([timespan] 3600)", ("path", Path)).IsKind("InvalidParameter").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_file_of_something_else_is_refused_before_anything_is_sent()
    {
        string text = Folder.Write("t.txt", "hello");
        InvokeError("Invoke-GptChat 'x' -Cache $text", ("text", text)).IsKind("CacheNotUsable");
        InvokeError("1..3 | Invoke-GptChat -Each -Cache $text").IsKind("CacheNotUsable");
        InvokeError("Invoke-GptChat 'x' -Cache $none", ("none", System.IO.Path.Combine(Folder.At("none"), "c.jsonl"))).IsKind("CacheNotUsable");
        Assert.Equal("hello", File.ReadAllText(text));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void An_answer_that_does_not_fit_its_schema_is_asked_for_again()
    {
        Server.Enqueue(Reply.Completion("""{"n":"x"}"""), Reply.Completion("""{"n":2}"""));
        InvokeError("Invoke-GptChat 'q' -Schema 'n int' -Cache $path", ("path", Path)).IsKind("SchemaMismatch");
        for (int run = 0; run < 2; run++) Assert.Equal(2, System.Convert.ToInt32(InvokeOne("(Invoke-GptChat 'q' -Schema 'n int' -Cache $path).n").BaseObject, null));
        Assert.Equal(2, Server.Requests.Count);
        Assert.Single(File.ReadAllLines(Path));
    }

    [Fact]
    public void A_rerun_takes_the_repairs_of_the_first_run_and_asks_for_what_they_did_not_mend()
    {
        Server.Enqueue(Reply.Completion("1"), Reply.Completion("2"), Reply.Completion("""{"n":3}"""), Reply.Completion("4"), Reply.Completion("""{"n":5}"""));
        const string Mended = "(Invoke-GptChat 'q' -Schema 'n int' -Repair 2 -Cache $path).n";
        for (int run = 0; run < 2; run++) Assert.Equal(3, System.Convert.ToInt32(InvokeOne(Mended, ("path", Path)).BaseObject, null));
        Assert.Equal(3, Server.Requests.Count);
        const string Other = "(Invoke-GptChat 'other' -Schema 'n int' -Repair 0 -Cache $path).n";
        InvokeError(Other).IsKind("SchemaMismatch");
        Assert.Equal(5, System.Convert.ToInt32(InvokeOne(Other).BaseObject, null));
        Assert.Equal(5, Server.Requests.Count);
    }

    [Fact]
    public void A_journal_and_a_cache_go_together()
    {
        Server.Default = Reply.Echo();
        const string Script = "1..3 | Invoke-GptChat -Each -Cache $path -Journal $journal";
        Invoke(Script, ("path", Path), ("journal", Folder.At("j.jsonl")));
        File.Delete(Folder.At("j.jsonl"));
        Assert.Equal(3, Invoke(Script).Count);
        Assert.Equal(3, Server.Requests.Count);
        Assert.Equal(3, File.ReadAllLines(Folder.At("j.jsonl")).Length);
        Assert.Equal(3, InvokeOne("(1..3 | Invoke-GptChat -Each -Cache $path -Journal $journal | Where-Object FromJournal).Count").BaseObject);
    }

    [Fact]
    public void On_a_full_disk_the_answer_comes_with_an_error()
    {
        if (!File.Exists("/dev/full")) return;
        Outcome outcome = Host.Run("Invoke-GptChat 'x' -Cache /dev/full");
        Assert.Equal("This is the answer of the test server.", Assert.Single(outcome.Output).BaseObject);
        ErrorRecord error = Assert.Single(outcome.Errors).IsKind("CacheNotUsable");
        Assert.StartsWith("The answer came, but the cache cannot be written", error.Exception.Message);
        Assert.Equal("/dev/full", error.TargetObject);
    }

    [Fact]
    public async Task Programs_that_share_a_cache_lose_nothing()
    {
        Server.Default = Reply.Echo();
        await using ModuleHost other = await ModuleHost.StartAsync();
        foreach (ModuleHost host in new[] { Host, other }) host.Invoke("Connect-GptChat -BaseUri $uri -Model m", ("uri", Server.BaseUri));
        using PendingCall one = Host.Begin("1..40 | Invoke-GptChat 'x' -Each -ThrottleLimit 8 -Cache $path", ("path", Path));
        using PendingCall two = other.Begin("40..1 | Invoke-GptChat 'x' -Each -ThrottleLimit 8 -Cache $path", ("path", Path));
        Assert.Equal(40, (await one.EndAsync()).RequireSuccess().Output.Count);
        Assert.Equal(40, (await two.EndAsync()).RequireSuccess().Output.Count);
        int sent = Server.Requests.Count;
        Assert.Equal(40, InvokeOne("(1..40 | Invoke-GptChat 'x' -Each -Cache $path | Where-Object { $_.Response.FromCache }).Count").BaseObject);
        Assert.Equal(sent, Server.Requests.Count);
        Assert.Equal(sent, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void Clear_takes_answers_out_and_asks_first_where_it_is_told_to()
    {
        Texts("1..3 | Invoke-GptChat -Each -Cache $path | ForEach-Object { }");
        Invoke("Clear-GptCache $path -WhatIf");
        Assert.Contains("What if: Take 3 of 3 answers out of " + Path, Host.Screen.Written);
        Assert.Equal(3, File.ReadAllLines(Path).Length);
        Invoke("Clear-GptCache $path -OlderThan 1:00:00");
        Assert.Equal(3, File.ReadAllLines(Path).Length);
        Invoke("Clear-GptCache -Path $path");
        Assert.Empty(File.ReadAllLines(Path));
        Texts("$null = Invoke-GptChat 1 -Cache $path");
        Assert.Equal(4, Server.Requests.Count);
    }

    [Theory]
    [InlineData("Clear-GptCache", "InvalidParameter", "-Path")]
    [InlineData("Clear-GptCache $none", "CacheNotUsable", "no such file")]
    [InlineData("Clear-GptCache $path -OlderThan ([timespan] 5)", "InvalidParameter", "ten-millionths")]
    public void What_cannot_be_cleared_is_told(string script, string kind, string said) =>
        Assert.Contains(said, InvokeError(script, ("path", Path), ("none", Folder.At("none"))).IsKind(kind, "ClearGptCacheCommand").Exception.Message);
}
