using System;
using System.IO;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Recordings;

/// <summary>A recording that was made without redaction does not answer a call with it, or the other way round: the error says why, and shows no secret.</summary>
public sealed class RedactedMissTests : ModuleTest
{
    private const string Prompt = "Server=db1;Password=hunter-2;Encrypt=true";

    private string Path => Folder.At("r.jsonl");

    [Theory]
    [InlineData("Invoke-GptChat $p", "")]
    [InlineData("[pscustomobject]@{ Password = 'hunter-2' } | Invoke-GptChat 'What is wrong?'", "")]
    [InlineData("Invoke-GptChat ('All is well, nothing to see. ' * 50 + $p + ' and so on' * 50)", "")]
    [InlineData("Invoke-GptChat 'x' -Metadata @{ password = 'hunter-2' } -System $p", "")]
    [InlineData("Invoke-GptChat 'x' -ExtraBody @{ mine = @{ password = 'hunter-2' } }", "")]
    [InlineData("Invoke-GptChat $p", " -Temperature 1")]
    public void A_secret_of_the_recording_is_not_shown(string call, string also)
    {
        if (call.Contains("-ExtraBody", StringComparison.Ordinal)) Host.AllowsRequestsOutsideTheSchema("A member of one's own.");
        Server.Default = Reply.Completion("Yes.");
        Invoke(call + " -Record $path", ("p", Prompt), ("path", Path));
        Assert.Contains("hunter-2", File.ReadAllText(Path), StringComparison.Ordinal);
        string error = InvokeError(call + also + " -Redact -Replay $path").IsKind("ReplayMiss").Exception.Message;
        Assert.DoesNotContain("hunter", error, StringComparison.Ordinal);
        Assert.Contains("The recording was made without -Redact and holds what this call takes out: record it anew with -Redact.", error, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_recording_of_a_redacted_call_wants_redaction()
    {
        Invoke("Invoke-GptChat $p -Redact -Record $path", ("p", Prompt), ("path", Path));
        Assert.Contains("The recording was made with -Redact: give it to this call too.", InvokeError("Invoke-GptChat $p -Replay $path").IsKind("ReplayMiss").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_miss_says_nothing_of_redaction()
    {
        Invoke("Invoke-GptChat $p -Redact -Record $path", ("p", Prompt), ("path", Path));
        string error = InvokeError("Invoke-GptChat $p -Redact -Temperature 1 -Replay $path").IsKind("ReplayMiss").Exception.Message;
        Assert.Contains("temperature: recorded nothing, sent 1", error, StringComparison.Ordinal);
        Assert.DoesNotContain("-Redact", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_put_back_into_what_a_recording_answers()
    {
        Server.Default = Reply.Stream(["It is [SECRET:PASS", "WORD:1], ", "no more."]);
        const string Call = "-join (Invoke-GptChat $p -Redact -Restore -Stream ";
        Assert.Equal("It is hunter-2, no more.", InvokeOne(Call + "-Record $path)", ("p", Prompt), ("path", Path)).BaseObject);
        Assert.Equal("It is hunter-2, no more.", InvokeOne(Call + "-Replay $path)").BaseObject);
        Assert.Equal("It is other-3, no more.", InvokeOne(Call + "-Replay $path)", ("p", Prompt.Replace("hunter-2", "other-3", StringComparison.Ordinal))).BaseObject);
        Assert.DoesNotContain("hunter", File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }
}
