using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Redaction;

/// <summary>Redaction in the background, and a stop while a pattern of the user's own runs.</summary>
public sealed class RedactedJobTests : ModuleTest
{
    // Takes far longer than its limit, and is an error then.
    private const string Endless = "'(a+)+$'";

    private static readonly string Text = new string('a', 60) + "!";

    [Fact]
    public void A_job_takes_secrets_out_and_puts_them_back()
    {
        Server.Default = Reply.Echo();
        PSObject reply = InvokeOne("Invoke-GptChat 'password=hunter-2' -Redact -Restore -AsJob | Receive-Job -Wait -AutoRemoveJob");
        Assert.Equal("password=hunter-2", reply.BaseObject);
        Assert.Equal("[SECRET:PASSWORD:1] x 1", Assert.Single(((System.Collections.IEnumerable)reply.Member("Response.Redactions")!).Cast<object>()).ToString());
        Assert.Equal("user: password=[SECRET:PASSWORD:1]", Assert.Single(Server.Requests).Messages()[0]);
    }

    [Fact]
    public void Each_item_of_a_job_is_redacted_as_its_connection_says()
    {
        Server.Default = Reply.Echo();
        Invoke("Connect-GptChat -BaseUri $uri -Model m -Redact -RedactPattern @{ BADGE = 'badge \\d+' }", ("uri", Server.BaseUri));
        Assert.Equal(
            ["password=[SECRET:PASSWORD:1]", "[SECRET:BADGE:1]"],
            Invoke("'password=hunter-2', 'badge 4711' | Invoke-GptChat -Each -AsJob | Receive-Job -Wait -AutoRemoveJob").Select(reply => reply.ToString()));
        Assert.All(Server.Requests, request => Assert.Contains("[SECRET:", request.BodyText, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Invoke-GptChat $text -RedactPattern ")]
    [InlineData("$text | Invoke-GptChat -Each -RedactPattern ")]
    [InlineData("Protect-GptText $text -RedactPattern ")]
    public async Task A_call_that_is_stopped_in_a_pattern_sends_nothing_and_is_no_error(string call)
    {
        using PendingCall pending = Host.Begin("'ready'; " + call + Endless, ("text", Text));
        await pending.FirstOutput;
        Outcome outcome = await pending.StopAsync();
        Assert.Equal(PSInvocationState.Stopped, pending.State);
        Assert.Equal("ready", Assert.Single(outcome.Output).ToString());
        Assert.Empty(outcome.Errors);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_job_that_is_stopped_in_a_pattern_sends_nothing()
    {
        Assert.Equal("Stopped", InvokeOne("$j = $text | Invoke-GptChat 'x' -AsJob -RedactPattern " + Endless + "; Stop-Job $j; $null = Wait-Job $j; \"$($j.State)\"", ("text", Text)).BaseObject);
        Assert.Empty(Server.Requests);
    }
}
