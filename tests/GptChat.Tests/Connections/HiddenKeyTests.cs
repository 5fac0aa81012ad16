using System;
using System.IO;
using System.Management.Automation;
using System.Text;
using GptChat.TestServer;
using GptChat.Tests.Secrets;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>The key goes to the server and nowhere else.</summary>
public sealed class HiddenKeyTests : ModuleTest
{
    private const string Everything = " -Verbose -Debug -InformationAction Continue";

    [Theory]
    [InlineData("Invoke-GptChat 'x'")]
    [InlineData("Invoke-GptChat 'x' -Stream")]
    [InlineData("Invoke-GptChat 'x' -Live")]
    [InlineData("Invoke-GptChat 'x' -WhatIf")]
    [InlineData("Connect-GptChat -BaseUri $uri -ApiKey $key -PassThru")]
    [InlineData("Connect-GptChat -BaseUri $uri -ApiKey ([pscredential]::new('x', $key).GetNetworkCredential().Password) -PassThru")]
    [InlineData("Disconnect-GptChat")]
    public void No_stream_shows_it(string script)
    {
        Server.Default = Reply.AsAsked("An answer.");
        Outcome outcome = Run("$DebugPreference = 'Continue'; " + script + Everything);
        Hides(outcome);
        Hides(Run("Get-GptConnection; & (Get-Module GptChat) { $GptChatSession }"));
    }

    [Theory]
    [InlineData(401, "Incorrect API key provided: " + ModuleHost.Key + ". Find it at https://example.com.")]
    [InlineData(400, "Header was 'Authorization: Bearer " + ModuleHost.Key + "'")]
    [InlineData(500, ModuleHost.Key)]
    public void A_server_that_quotes_it_is_not_quoted(int status, string message)
    {
        Server.Enqueue(Reply.Error(status, message));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -MaximumRetryCount 0" + Everything);
        Assert.Contains("***", error.Exception.Message);
        Hides(error);
        Hides(Run("$Error"));
    }

    [Fact]
    public void An_error_in_a_stream_that_quotes_it_is_not_quoted()
    {
        Server.Enqueue(Reply.Events(Payloads.RoleChunk(), Payloads.ContentChunk("one"), Payloads.Error("Key " + ModuleHost.Key + " ran out")));
        Hides(InvokeError("Invoke-GptChat 'x' -Stream" + Everything));
    }

    [Fact]
    public void A_page_of_a_proxy_that_quotes_it_is_not_quoted()
    {
        Server.Enqueue(Reply.Raw(502, "text/html", "<html><head><title>Bad " + ModuleHost.Key + "</title></head></html>"), Reply.Raw(200, "text/plain", "Bearer " + ModuleHost.Key));
        Hides(InvokeError("Invoke-GptChat 'x' -MaximumRetryCount 0"));
        Hides(InvokeError("Invoke-GptChat 'x'"));
    }

    [Fact]
    public void A_recording_does_not_hold_it()
    {
        string path = Folder.At("r.jsonl");
        Server.Enqueue(Reply.Error(401, "Wrong key " + ModuleHost.Key), Reply.Completion("Your key is " + ModuleHost.Key), Reply.Stream("Your key is " + ModuleHost.Key));
        InvokeError("Invoke-GptChat 'x' -Record $path", ("path", path));
        Invoke("$null = Invoke-GptChat $text -Record $path; $null = Invoke-GptChat 'x' -Stream -Record $path", ("text", "My key is " + ModuleHost.Key));
        Assert.Equal(3, File.ReadAllLines(path).Length);
        Assert.DoesNotContain(ModuleHost.Key, File.ReadAllText(path));
    }

    private void Hides(object? root)
    {
        string text = Marker.Spell(root) + Host.Screen.Written;
        Assert.DoesNotContain(ModuleHost.Key, text);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(ModuleHost.Key)), text);
    }
}
