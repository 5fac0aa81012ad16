using System.IO;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Parameters;

/// <summary>What was recorded is answered again without a network.</summary>
public sealed class RecordingTests : ModuleTest
{
    [Theory]
    [InlineData("")]
    [InlineData("-Stream")]
    public void A_recorded_exchange_answers_without_a_connection(string mode)
    {
        Server.Default = Reply.AsAsked("Say it again, please.");
        string path = Folder.At("r.jsonl");
        Invoke("$before = (Invoke-GptChat 'x' -System 's' -Record $path " + mode + ") -join ''; Disconnect-GptChat", ("path", path));
        PSObject same = InvokeOne("$after = (Invoke-GptChat 'x' -System 's' -Model openai/gpt-5.1-chat -Replay $path " + mode + ") -join ''; $after -ceq $before");
        Assert.Equal(true, same.BaseObject);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_recorded_stream_answers_a_plain_call_and_the_other_way_round()
    {
        Server.Default = Reply.AsAsked("Both ways.");
        string path = Folder.At("r.jsonl");
        Invoke("$null = Invoke-GptChat 'streamed' -Stream -Record $path; $null = Invoke-GptChat 'plain' -Record $path", ("path", path));
        Assert.Equal("Both ways.", InvokeOne("Invoke-GptChat 'streamed' -Replay $path").BaseObject);
        Assert.Equal("Both ways.", string.Concat(Invoke("Invoke-GptChat 'plain' -Stream -Replay $path")));
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void A_recorded_failure_fails_again()
    {
        Server.Enqueue(Reply.Error(400, "No.", code: "odd"));
        string path = Folder.At("r.jsonl");
        InvokeError("Invoke-GptChat 'x' -Record $path", ("path", path));
        Assert.Equal("odd", InvokeError("Invoke-GptChat 'x' -Replay $path").IsKind("BadRequest").Fact("Code"));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_miss_shows_the_nearest_request()
    {
        string path = Folder.At("r.jsonl");
        Invoke("$null = Invoke-GptChat 'What is red?' -Record $path", ("path", path));
        ErrorRecord error = InvokeError("Invoke-GptChat 'What is blue?' -Replay $path").IsKind("ReplayMiss");
        Assert.Contains("What is red?", error.Exception.Message);
        Assert.Contains("What is blue?", error.Exception.Message);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_recording_that_cannot_be_used_is_an_error_before_anything_is_sent()
    {
        InvokeError("Invoke-GptChat 'x' -Replay $path", ("path", Folder.At("gone.jsonl"))).IsKind("RecordingNotUsable");
        InvokeError("Invoke-GptChat 'x' -Replay $path", ("path", Folder.Write("empty.jsonl", string.Empty))).IsKind("RecordingNotUsable");
        InvokeError("Invoke-GptChat 'x' -Record $path", ("path", Path.Combine(Folder.At("no-such-folder"), "r.jsonl"))).IsKind("RecordingNotUsable");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void The_recording_that_ships_shows_the_main_job()
    {
        Invoke("Disconnect-GptChat");
        Outcome outcome = Run(
            "$first = Invoke-GptChat 'What are the three laws of thermodynamics?' -Replay $path; $first; Invoke-GptChat 'Which of them forbids a perpetual motion machine?' -Continue -Replay $path",
            ("path", Repository.FirstSteps));
        Assert.StartsWith("In plain words", outcome.Output[0].ToString());
        Assert.StartsWith("Two of them", outcome.Output[1].ToString());
        Assert.True((long)outcome.Output[0].Member("Usage.TotalTokens")! > 0);
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void A_relative_path_starts_at_the_location_of_the_shell()
    {
        Invoke("$ExecutionContext.SessionState.Path.SetLocation($folder); $null = Invoke-GptChat 'x' -Record r.jsonl; $null = Invoke-GptChat 'x' -Replay ./r.jsonl", ("folder", Folder.Path));
        Assert.Single(File.ReadAllLines(Folder.At("r.jsonl")));
        Assert.Single(Server.Requests);
    }
}
