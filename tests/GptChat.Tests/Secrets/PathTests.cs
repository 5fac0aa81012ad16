using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Secrets;

/// <summary>The key goes to the server and nowhere else, whatever way a call takes.</summary>
public sealed class PathTests : SecretTest
{
    [Theory]
    [InlineData("Cloudflare")]
    [InlineData("AzureOpenAI")]
    [InlineData("Compatible")]
    public void Of_a_call_that_succeeds(string provider)
    {
        Server.Default = Reply.AsAsked("An answer.");
        Search(Connect(provider) + " -PassThru", ("uri", Server.BaseUri.AbsoluteUri), ("key", ModuleHost.Secure(Marker.Key)));
        Search("Invoke-GptChat 'x'");
        Search("Invoke-GptChat 'x' -Stream");
        Search("Invoke-GptChat 'x' -Live -PassThru -ResponseVariable r");
        Search("Invoke-GptChat 'x' -Continue -OutVariable o");
        WasSent(4);
        Search("Invoke-GptChat 'x' -WhatIf");
        Search("Invoke-GptChat 'x' -WhatIf -InformationVariable i; $i");
        Search("$r; $o; Get-GptConnection");
        Search("Get-GptConnection | ForEach-Object { $_.PSObject.Properties | ForEach-Object { \"$($_.Name)=$($_.Value)\" } }");
        SearchSession();
        Search("Disconnect-GptChat");
        SearchSession();
        WasSent(4);
    }

    [Theory]
    [InlineData("Connect-GptChat -BaseUri $uri -ApiKey $plain -Model m -PassThru")]
    [InlineData("Connect-GptChat -BaseUri $uri -ApiToken $plain -Model m -PassThru")]
    [InlineData("Connect-GptChat -BaseUri http://example.com/v1 -ApiKey $plain -Model m")]
    [InlineData("Connect-GptChat -BaseUri $uri -ApiKey \"Bearer $plain\"")]
    [InlineData("Connect-GptChat -BaseUri $uri -ApiKey \"$plain and more\"")]
    [InlineData("Connect-GptChat -BaseUri \"$uri`?api_key=$plain\" -Model m")]
    [InlineData("Connect-GptChat -BaseUri \"http://me:$plain@127.0.0.1/v1\" -Model m")]
    [InlineData("Connect-GptChat -AccountId $plain -ApiToken $plain")]
    [InlineData("Connect-GptChat -BaseUri $uri -ApiKey $plain -ApiToken $plain")]
    [InlineData("Connect-GptChat -BaseUri $uri -ApiKey @($plain)")]
    [InlineData("Connect-GptChat -BaseUri $uri -ApiKey @{ key = $plain }")]
    [InlineData("Connect-GptChat -BaseUri $plain -Model m")]
    public void Of_a_connection_that_is_made_or_refused(string script)
    {
        Search(script, ("uri", Server.BaseUri.AbsoluteUri), ("plain", Marker.Key));
        SearchSession();
    }

    [Fact]
    public async Task Of_calls_that_get_no_answer()
    {
        Connect();
        Server.Default = Reply.AsAsked("x").CloseBeforeHeaders();
        Search("Invoke-GptChat 'x' -RetryIntervalSec 0");
        Server.Default = Reply.AsAsked("x").HangBeforeHeaders();
        Search("Invoke-GptChat 'x' -ResponseTimeoutSeconds 0.05 -RetryIntervalSec 0");
        Server.Default = Reply.AsAsked("x").HangAfter(0);
        Search("Invoke-GptChat 'x' -OperationTimeoutSeconds 0.05");
        Server.Default = Reply.Stream("one two").TruncateAfter(Offset.Events(2));
        Search("Invoke-GptChat 'x' -Stream");
        Server.Default = Reply.Error(503, "Busy with " + Marker.Key).WithHeader("retry-after-ms", "1");
        Search("Invoke-GptChat 'x'");
        await Server.DisposeAsync();
        Search("Invoke-GptChat 'x' -RetryIntervalSec 0");
        Search("Connect-GptChat -Name tls -BaseUri ($uri -replace 'http:', 'https:') -ApiKey $key -Model m; Invoke-GptChat 'x' -Connection tls -RetryIntervalSec 0");
        SearchSession();
    }

    [Fact]
    public void Of_recordings_and_what_they_answer()
    {
        Connect();
        string path = Folder.At("r.jsonl");
        Server.Default = Reply.AsAsked("Your key is " + Marker.Key);
        Invoke("$null = Invoke-GptChat $text -Record $path; $null = Invoke-GptChat 'x' -Stream -Record $path", ("text", "My key is " + Marker.Key), ("path", path));
        WasSent(2);
        Marker.IsAbsent(File.ReadAllText(path));
        Search("Invoke-GptChat 'x' -Replay $path");
        Search("Invoke-GptChat 'something else' -Replay $path");
        Search("Invoke-GptChat \"My key is $plain!\" -Replay $path; $plain = $null", ("plain", Marker.Key));
        WasSent(2);
    }

    [Fact]
    public void Of_a_prompt_that_holds_it_when_nothing_is_sent()
    {
        Connect();
        Outcome outcome = Host.Run("Invoke-GptChat $text -WhatIf -Verbose -Debug", ("text", "My key is " + Marker.Key));
        Marker.IsAbsent(Marker.Spell(outcome) + Host.Screen.Written);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -Connection ")]
    [InlineData("Invoke-GptChat 'x' -Model ")]
    [InlineData("Disconnect-GptChat ")]
    public void Of_what_Tab_completes(string line)
    {
        Connect();
        CommandCompletion completion = Complete(line);
        Assert.NotEmpty(completion.CompletionMatches);
        Marker.IsAbsent(string.Join('\n', completion.CompletionMatches.Select(match => match.CompletionText + match.ListItemText + match.ToolTip)));
    }

    private CommandCompletion Complete(string line)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = Host.Runspace;
        return CommandCompletion.CompleteInput(line, line.Length, null, shell);
    }
}
