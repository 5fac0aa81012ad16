using System.Collections.Generic;
using System.IO;
using System.Linq;
using GptChat.TestServer;
using GptChat.Tests.Secrets;
using Xunit;

namespace GptChat.Tests.Redaction;

/// <summary>Wherever a secret comes in, with -Redact it goes out nowhere: not to the server, and not into what the call leaves behind.</summary>
public sealed class RedactedPlaceTests : ModuleTest
{
    private static readonly Dictionary<string, string> Calls = new()
    {
        ["prompt"] = "Invoke-GptChat $text @loud",
        ["lines"] = "$text -split \"`n\" | Invoke-GptChat 'Q' @loud",
        ["object"] = "[pscustomobject]@{ Log = $text; N = 1 } | Invoke-GptChat 'Q' @loud",
        ["object in an object"] = "@{ a = @{ b = $text } } | Invoke-GptChat 'Q' @loud",
        ["file by path"] = "Invoke-GptChat 'Q' -Path $file @loud",
        ["file piped in"] = "[IO.FileInfo]$file | Invoke-GptChat 'Q' @loud",
        ["system"] = "Invoke-GptChat 'Q' -System $text @loud",
        ["message"] = "New-GptMessage -Role Developer $text | Invoke-GptChat 'Q' @loud",
        ["result of a tool"] = "(New-GptMessage -Role Assistant -ToolCall @{ id = 'c'; type = 'function'; function = @{ name = 'f'; arguments = '{}' } }), (New-GptMessage -Role Tool -ToolCallId c $text) | Invoke-GptChat 'Q' @loud",
        ["call of a tool"] = "(New-GptMessage -Role Assistant -ToolCall @{ id = 'c'; type = 'function'; function = @{ name = 'f'; arguments = \"{`\"x`\":`\"$($text -replace \"`n\", '\\n')`\"}\" } }), (New-GptMessage -Role Tool -ToolCallId c 'done') | Invoke-GptChat 'Q' @loud",
        ["history"] = "$null = Invoke-GptChat $text; Invoke-GptChat 'and now' -Continue @loud",
        ["prediction"] = "Invoke-GptChat 'Q' -Prediction $text @loud",
        ["extra body"] = "Invoke-GptChat 'Q' -ExtraBody @{ x = @{ y = $text } } @loud",
        ["each"] = "$text, 'other' | Invoke-GptChat 'Q' -Each -Journal $journal @loud | ForEach-Object Response",
        ["script of a prompt"] = "'a' | Invoke-GptChat { $text } -Each -Journal $journal @loud | ForEach-Object Response",
        ["stream"] = "Invoke-GptChat $text -Stream @loud",
        ["live"] = "Invoke-GptChat $text -Live -PassThru @loud",
    };

    public static TheoryData<string> Places => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_secret_goes_out_nowhere(string place)
    {
        if (place == "extra body") Host.AllowsRequestsOutsideTheSchema("a member that the protocol does not have");
        Server.Default = Reply.Echo();
        Outcome outcome = Call(Calls[place], "").RequireSuccess();
        Assert.DoesNotContain(outcome.Output, item => item.BaseObject is System.Management.Automation.ErrorRecord);
        ReceivedRequest[] sent = [.. Server.Requests.Skip(place == "history" ? 1 : 0)];
        Assert.NotEmpty(sent);
        SecretText.IsRedacted(string.Join('\n', sent.Select(request => request.BodyText)));
        SecretText.IsAbsent(Marker.Spell(outcome));
        Assert.Contains(outcome.Verbose, line => line.StartsWith("Redaction took out ", System.StringComparison.Ordinal));
        SearchWhatIsLeft(outcome);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void It_is_not_shown_by_WhatIf(string place)
    {
        Outcome outcome = Call(Calls[place], "WhatIf = $true; ");
        SecretText.IsAbsent(Marker.Spell(outcome.Information) + Host.Screen.Written);
        string body = string.Concat(outcome.Information.Where(record => record.Tags.Contains("GptChatRequest")).Select(record => (string)record.MessageData.Member("Body")!));
        SecretText.IsRedacted(body);
        Assert.Equal(place == "history" ? 1 : 0, Server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void It_is_not_in_the_error_of_a_server_that_repeats_the_request(string place)
    {
        if (place == "extra body") Host.AllowsRequestsOutsideTheSchema("a member that the protocol does not have");
        if (place == "history") Server.Enqueue(Reply.Completion("ok"));
        Server.Respond = request => Reply.Error(400, "Not this: " + request.BodyText);
        Outcome outcome = Call(Calls[place], "");
        Assert.NotEmpty(Server.Requests);
        object?[] errors = [.. outcome.Output.Where(item => item.BaseObject is System.Management.Automation.ErrorRecord).Concat(outcome.Errors.Select(System.Management.Automation.PSObject.AsPSObject))];
        Assert.NotEmpty(errors);
        Assert.All(errors, item =>
        {
            var error = (System.Management.Automation.ErrorRecord)((System.Management.Automation.PSObject)item!).BaseObject;
            SecretText.IsAbsent(Marker.Spell(error.Exception) + error + error.CategoryInfo + string.Join('\n', outcome.Verbose.Concat(outcome.Debug)));
        });
        SearchWhatIsLeft(outcome);
    }

    /// <summary>Runs a call as talkative as can be, recorded, whatever becomes of it.</summary>
    private Outcome Call(string call, string also) => Host.Run(
        "$loud = @{ " + also + "Redact = $true; Verbose = $true; Debug = $true; Record = $record; MaximumRetryCount = 0 }; $DebugPreference = 'Continue'; try { " + call + " } catch { $_ }",
        ("text", SecretText.Text),
        ("file", Folder.Write("app.log", SecretText.Text)),
        ("record", Folder.At("record.jsonl")),
        ("journal", Folder.At("journal.jsonl")));

    /// <summary>Searches the files and the session.</summary>
    private void SearchWhatIsLeft(Outcome outcome)
    {
        foreach (string name in new[] { "record.jsonl", "journal.jsonl" })
        {
            if (File.Exists(Folder.At(name))) SecretText.IsAbsent(File.ReadAllText(Folder.At(name)));
        }

        if (outcome.Output.Count > 0 && outcome.Output[^1].BaseObject is System.Management.Automation.ErrorRecord) return;
        SecretText.IsAbsent(string.Concat(Invoke("Get-GptConversation -Current; & (Get-Module GptChat) { $GptChatSession }; [System.Management.Automation.PSSerializer]::Serialize((Get-GptConversation -Current), 5)").Select(Marker.Spell)));
        SecretText.IsAbsent(Host.Screen.Written);
    }
}
