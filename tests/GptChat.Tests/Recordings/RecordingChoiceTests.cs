using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Recordings;

/// <summary>Which recording answers: what the call says, then its connection, then the environment.</summary>
[Collection(SerialTests.Name)]
public sealed class RecordingChoiceTests : ModuleTest, IDisposable
{
    private const string Variable = "GPTCHAT_RECORDING";

    private readonly EnvironmentScope _environment = new();

    private string Path => Folder.At("r.jsonl");

    private protected override bool IsConnected => false;

    public void Dispose() => _environment.Dispose();

    private void Connect(string parameters = "") => Invoke("Connect-GptChat -BaseUri $uri -Model m -Name c " + parameters, ("uri", Server.BaseUri), ("path", Path));

    /// <summary>A recording in which 'x' is answered with a text of its own.</summary>
    private string Recorded(string name, string answer)
    {
        string path = Folder.At(name);
        Server.Enqueue(Reply.Completion(answer));
        Invoke("$null = Invoke-GptChat 'x' -Connection c -Record $file", ("file", path));
        Server.Clear();
        return path;
    }

    private string Ask(string parameters = "") => InvokeOne("Invoke-GptChat 'x' " + parameters).ToString();

    [Fact]
    public void The_call_comes_before_the_connection_and_that_before_the_environment()
    {
        Connect();
        string a = Recorded("a.jsonl", "of the call"), b = Recorded("b.jsonl", "of the connection"), c = Recorded("c.jsonl", "of the environment");
        _environment.Set(Variable, c);
        Assert.Equal("of the environment", Ask());
        Invoke("Connect-GptChat -BaseUri $uri -Model m -Replay $b", ("b", b));
        Assert.Equal("of the connection", Ask());
        Assert.Equal("of the call", Ask("-Replay '" + a + "'"));
        Assert.Equal("of the environment", Ask("-Connection c"));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void The_environment_replays_without_a_connection_and_never_looks_for_one()
    {
        Connect();
        string path = Recorded("r.jsonl", "recorded");
        Invoke("Disconnect-GptChat c");
        _environment.Set("OPENAI_API_KEY", "sk-env");
        _environment.Set("OPENAI_BASE_URL", Server.BaseUri.AbsoluteUri);
        _environment.Set(Variable, path);
        Assert.Equal("recorded", Ask());
        Assert.Equal(["recorded", "recorded"], Invoke("'x', 'x' | Invoke-GptChat -Each").Select(reply => reply.ToString()));
        Assert.Equal("recorded", string.Concat(Invoke("Invoke-GptChat 'x' -Stream")));
        InvokeError("Invoke-GptChat 'y'").IsKind("ReplayMiss");
        Assert.Contains(Variable, InvokeError("Get-GptModel").IsKind("RecordingNotUsable", "GetGptModelCommand").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("record=")]
    [InlineData("recrod=x")]
    [InlineData("replay")]
    public void A_value_that_says_nothing_is_told_before_anything_is_sent(string value)
    {
        Connect();
        _environment.Set(Variable, value);
        foreach (string call in new[] { "Invoke-GptChat 'x'", "1 | Invoke-GptChat -Each" })
        {
            Assert.Contains("The variable " + Variable, InvokeError(call).IsKind("InvalidParameter").Exception.Message);
        }

        InvokeError("Get-GptModel").IsKind("InvalidParameter", "GetGptModelCommand");
        Assert.Empty(Server.Requests);

        // A call that says for itself which recording it wants does not ask the environment.
        Ask("-Record '" + Path + "'");
    }

    [Fact]
    public void The_environment_may_record_and_may_do_both()
    {
        Connect();
        Server.Default = Reply.Echo();
        _environment.Set(Variable, "record=" + Path);
        Ask();
        Ask();
        Assert.Equal(2, Server.Requests.Count);
        _environment.Set(Variable, "replay-or-record=" + Path);
        Invoke("Reset-GptRecording");
        for (int i = 0; i < 3; i++) Ask();
        Assert.Equal(3, Server.Requests.Count);
        Assert.Equal(3, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void A_relative_path_starts_at_the_location_of_the_shell()
    {
        Connect();
        _environment.Set(Variable, "record=r.jsonl");
        Invoke("$ExecutionContext.SessionState.Path.SetLocation($folder); $null = Invoke-GptChat 'x'", ("folder", Folder.Path));
        Assert.Single(File.ReadAllLines(Path));
    }

    [Fact]
    public void It_is_said_once_a_call_where_the_answer_comes_from()
    {
        Connect();
        string path = Recorded("r.jsonl", "recorded");
        _environment.Set(Variable, path);
        Assert.Single(Run("1..3 | ForEach-Object { 'x' } | Invoke-GptChat -Each -Verbose").Verbose, "Replaying " + path + ", as " + Variable + " says.");
        Assert.Contains(Run("Invoke-GptChat 'x' -Verbose").Verbose, line => line.StartsWith("Nothing was sent: the answer comes from the recording " + path + ", line 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_connection_may_be_nothing_but_a_recording()
    {
        Connect();
        string path = Recorded("r.jsonl", "recorded");
        Invoke("Disconnect-GptChat c; Connect-GptChat -Replay $path -Name test", ("path", path));
        Assert.Equal("recorded", Ask());
        Assert.Equal(path, InvokeOne("(Get-GptConnection test).Replay").BaseObject);
        Assert.Equal(false, InvokeOne("(Get-GptConnection test).HasKey").BaseObject);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("-AccountId 0123456789abcdef0123456789abcdef")]
    [InlineData("-Provider OpenAI")]
    [InlineData("-Provider AzureOpenAI -BaseUri https://r.openai.azure.com")]
    public void A_connection_that_only_replays_needs_no_key_and_every_other_one_does(string parts)
    {
        Invoke("Connect-GptChat " + parts + " -Replay $path", ("path", Path));
        InvokeError("Connect-GptChat " + parts + " -ReplayOrRecord $path").IsKind("InvalidConnection", "ConnectGptChatCommand");
        InvokeError("Connect-GptChat " + parts + " -Record $path").IsKind("InvalidConnection", "ConnectGptChatCommand");
    }

    [Fact]
    public void The_path_of_a_connection_is_that_of_the_place_where_it_was_made()
    {
        Invoke("$ExecutionContext.SessionState.Path.SetLocation($folder); Connect-GptChat -BaseUri $uri -Model m -Record r.jsonl; $ExecutionContext.SessionState.Path.SetLocation('/')", ("folder", Folder.Path), ("uri", Server.BaseUri));
        Ask();
        Assert.Single(File.ReadAllLines(Path));
    }

    [Fact]
    public void A_recording_stands_before_a_cache()
    {
        Connect();
        string recording = Recorded("r.jsonl", "recorded");
        Invoke("Connect-GptChat -BaseUri $uri -Model m -Cache $cache", ("cache", Folder.At("c.jsonl")));
        _environment.Set(Variable, recording);
        Outcome outcome = Run("Invoke-GptChat 'x' -Cache $cache -Verbose");
        Assert.Equal("recorded", outcome.Output[0].ToString());
        Assert.Contains("The cache " + Folder.At("c.jsonl") + " is not used beside a recording.", outcome.Verbose);
        Assert.False(File.Exists(Folder.At("c.jsonl")));
    }

    [Fact]
    public void Speed_and_expiry_need_something_to_apply_to_wherever_it_comes_from()
    {
        Connect();
        string path = Recorded("r.jsonl", "recorded");
        ErrorRecord speed = InvokeError("Invoke-GptChat 'x' -ReplaySpeed 1").IsKind("InvalidParameter");
        Assert.Contains("-ReplaySpeed needs -Replay", speed.Exception.Message);
        Assert.Contains("recorded answers", speed.Exception.Message);
        Assert.Contains("-CacheExpiry needs -Cache", InvokeError("Invoke-GptChat 'x' -CacheExpiry 1:00:00").IsKind("InvalidParameter").Exception.Message);
        InvokeError("Invoke-GptChat 'x' -ReplaySpeed 1 -Record $path", ("path", path)).IsKind("InvalidParameter");
        Assert.Empty(Server.Requests);
        _environment.Set(Variable, path);
        Assert.Equal("recorded", Ask("-ReplaySpeed 5"));
        _environment.Set(Variable, null);
        Invoke("Connect-GptChat -BaseUri $uri -Model m -Cache $cache", ("cache", Folder.At("c.jsonl")));
        Ask("-CacheExpiry 1:00:00");
    }

    [Fact]
    public void A_test_of_a_connection_that_replays_is_a_test_of_its_file()
    {
        Connect();
        string path = Recorded("r.jsonl", "recorded");
        Invoke("Connect-GptChat -Replay $path -Name good; Connect-GptChat -Replay $none -Name bad", ("path", path), ("none", Folder.At("none.jsonl")));
        Assert.Equal("Passed", InvokeOne("(Test-GptConnection good | Where-Object Step -eq Answer).Status").ToString());
        Assert.Equal("From " + path + ", which holds 1 exchanges (the connection 'good')", InvokeOne("(Test-GptConnection good)[-1].Detail").ToString());
        Assert.Equal([true, false], Invoke("Test-GptConnection good -Quiet; Test-GptConnection bad -Quiet").Select(item => (bool)item.BaseObject));
        Assert.Contains("Could not find file", InvokeOne("(Test-GptConnection bad)[-1].Detail").ToString());
        Assert.Empty(Server.Requests);
    }
}
