using System.IO;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Redaction;

/// <summary>A conversation that was redacted goes on so wherever it goes, and what was taken out of it stays where it was.</summary>
public sealed class RedactionTravelTests : ModuleTest
{
    private const string Begin = "$first = Invoke-GptChat 'password=hunter-2, badge 4711' -RedactKind Secret, Email -RedactPattern @{ badge = [regex]::new('BADGE \\d+', 'IgnoreCase') }; ";
    private const string GoOn = "$null = Invoke-GptChat 'pwd=other-1, BADGE 12, bob@example.com, 10.1.2.3' -Conversation $it";

    private void IsRedacted()
    {
        string[] sent = Server.Requests[1].Messages();
        Assert.Equal("user: password=[SECRET:PASSWORD:1], [SECRET:BADGE:1]", sent[0]);
        Assert.Equal("user: pwd=[SECRET:PASSWORD:2], [SECRET:BADGE:2], [SECRET:EMAIL:1], 10.1.2.3", sent[^1]);
        Assert.All(Server.Requests, request => Assert.DoesNotContain("hunter-2", request.Json.GetRawText(), System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$it = $first | Send-Abroad")]
    [InlineData("$it = $first | Send-Abroad -Unloaded")]
    [InlineData("$it = Get-GptConversation -Current | Send-Abroad")]
    [InlineData("$it = Get-GptConversation -Current | Send-Abroad -Unloaded | Send-Abroad")]
    public void Through_a_serialiser(string travel)
    {
        Invoke(Begin + travel + "; " + GoOn);
        IsRedacted();
    }

    [Theory]
    [InlineData("$first")]
    [InlineData("Get-GptConversation -Current")]
    public void What_is_serialised_holds_no_value(string given)
    {
        string text = (string)InvokeOne(Begin + "[System.Management.Automation.PSSerializer]::Serialize(@(" + given + "), 5)").BaseObject;
        Assert.Contains("[SECRET:PASSWORD:1]", text);
        Assert.DoesNotContain("hunter-2", text);
        Assert.DoesNotContain("4711", text);
    }

    [Fact]
    public void Through_a_file()
    {
        Invoke(Begin + "Export-GptConversation $path; $it = Import-GptConversation $path -Name other; " + GoOn, ("path", Folder.At("talk.json")));
        IsRedacted();
        string file = File.ReadAllText(Folder.At("talk.json"));
        Assert.Contains("""
            "redact":{"kinds":"Secret, Email","patterns":[{"name":"BADGE","pattern":"BADGE \\d+","options":"IgnoreCase, CultureInvariant"}]}
            """, file);
        Assert.DoesNotContain("hunter-2", file);
        Assert.DoesNotContain("4711", file);
    }

    [Fact]
    public void What_stood_for_a_value_elsewhere_is_not_restored()
    {
        Server.Respond = _ => Reply.Echo();
        Invoke(Begin + "Export-GptConversation $path; $it = Import-GptConversation $path -Name other", ("path", Folder.At("talk.json")));
        Assert.Equal("again [SECRET:PASSWORD:1] other-1", InvokeOne("[string](Invoke-GptChat 'again [SECRET:PASSWORD:1] other-1' -Conversation $it -Restore)").BaseObject);
    }

    [Fact]
    public void One_that_was_not_redacted_has_no_rules()
    {
        Invoke("$null = Invoke-GptChat 'password=hunter-2'; Export-GptConversation $path; $it = Import-GptConversation $path -Name other; $null = Invoke-GptChat 'pwd=other-1' -Conversation $it", ("path", Folder.At("talk.json")));
        Assert.DoesNotContain("redact", File.ReadAllText(Folder.At("talk.json")), System.StringComparison.Ordinal);
        Assert.Equal("user: pwd=other-1", Server.Requests[1].Messages()[^1]);
    }
}
