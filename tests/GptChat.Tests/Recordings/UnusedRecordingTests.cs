using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Recordings;

/// <summary>A test can assert that all of a recording was used, and start over.</summary>
public sealed class UnusedRecordingTests : ModuleTest
{
    private string Path => Folder.At("r.jsonl");

    private void Record()
    {
        int count = 0;
        Server.Respond = request => Reply.Completion(request.Messages()[^1] + " " + ++count);
        Invoke("'a', 'a', 'b' | ForEach-Object { $null = Invoke-GptChat $_ -System 's' -Record $path }", ("path", Path));
        Server.Clear();
    }

    private string Unused(string parameters = "$path") => string.Join("|", Invoke("(Get-GptRecording " + parameters + ").Unused").Select(item => item.ToString()));

    [Fact]
    public void What_was_not_asked_is_listed_by_line_and_prompt()
    {
        Record();
        Assert.Equal("line 1: a|line 2: a|line 3: b", Unused());
        Invoke("$null = Invoke-GptChat 'a' -System 's' -Replay $path");
        Assert.Equal("line 2: a|line 3: b", Unused());
        PSObject recording = InvokeOne("Get-GptRecording $path");
        Assert.Equal((3, 1, Path), (recording.Member("Exchanges"), recording.Member("Used"), recording.Member("Path")));
        Assert.Equal("openai/gpt-5.1-chat", InvokeOne("(Get-GptRecording $path).Unused[0].Model").BaseObject);
        Invoke("'a', 'b' | ForEach-Object { $null = Invoke-GptChat $_ -System 's' -Replay $path }");
        Assert.Empty(Unused());
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Reset_lets_it_answer_from_the_beginning()
    {
        Record();
        string[] Answers() => [.. Invoke("1..3 | ForEach-Object { Invoke-GptChat 'a' -System 's' -Replay $path }").Select(reply => reply.ToString())];
        Assert.Equal(["user: a 1", "user: a 2", "user: a 2"], Answers());
        Assert.Equal(["user: a 2", "user: a 2", "user: a 2"], Answers());
        Invoke("Reset-GptRecording $path");
        Assert.Equal("line 1: a|line 2: a|line 3: b", Unused());
        Assert.Equal(["user: a 1", "user: a 2", "user: a 2"], Answers());
        Invoke("Reset-GptRecording; Reset-GptRecording no-such-file");
        Assert.Equal(["user: a 1", "user: a 2", "user: a 2"], Answers());
    }

    [Fact]
    public void Without_a_path_it_lists_what_this_session_has_replayed()
    {
        Record();
        Assert.Empty(Invoke("Get-GptRecording"));
        string other = Folder.At("other.jsonl");
        Invoke("$null = Invoke-GptChat 'a' -System 's' -Replay $path; $null = Invoke-GptChat 'new' -ReplayOrRecord $other", ("other", other));
        Assert.Equal([other + ": 1 of 1 exchanges used", Path + ": 1 of 3 exchanges used"], Invoke("Get-GptRecording").Select(item => item.ToString()));
        Assert.Equal(2, Invoke("Get-GptRecording $path, $other").Count);
    }

    [Fact]
    public void Each_session_counts_for_itself()
    {
        Record();
        Invoke("$null = Invoke-GptChat 'b' -System 's' -Replay $path; Remove-Module GptChat; Import-Module $manifest", ("manifest", Repository.Manifest));
        Assert.Equal("line 1: a|line 2: a|line 3: b", Unused());
    }

    [Fact]
    public void A_prompt_is_one_short_line_and_parts_are_named()
    {
        Invoke("$null = (\"first`nsecond\" + ' long' * 100) | Invoke-GptChat -Record $path; $null = New-GptMessage 'What?' -Uri 'https://example.com/x.png' | Invoke-GptChat -Record $path", ("path", Path));
        IReadOnlyList<PSObject> prompts = Invoke("(Get-GptRecording $path).Unused.Prompt");
        Assert.StartsWith("first second long", prompts[0].ToString());
        Assert.Equal(81, prompts[0].ToString().Length);
        Assert.Equal("What? [image_url]", prompts[1].ToString());
    }

    [Fact]
    public void A_file_that_is_none_is_an_error()
    {
        InvokeError("Get-GptRecording $none", ("none", Folder.At("none.jsonl"))).IsKind("RecordingNotUsable", "GetGptRecordingCommand");
        InvokeError("Get-GptRecording $text", ("text", Folder.Write("t.txt", "hello"))).IsKind("RecordingNotUsable", "GetGptRecordingCommand");
    }

    [Fact]
    public void Parallel_items_use_each_exchange_once()
    {
        Server.Default = Reply.Echo();
        Invoke("1..50 | Invoke-GptChat -Each -ThrottleLimit 16 -Record $path | ForEach-Object { }", ("path", Path));
        Assert.Equal(50, Invoke("1..50 | Invoke-GptChat -Each -ThrottleLimit 16 -Replay $path -AsCompleted").Count);
        Assert.Empty(Unused());
        Assert.Equal(50, Server.Requests.Count);
        Assert.Equal(50, File.ReadAllLines(Path).Length);
    }
}
