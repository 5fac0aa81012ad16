using System;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Retries;

/// <summary>What is given to one call holds for that call.</summary>
public sealed class NothingSticksTests : ModuleTest
{
    private static Reply Late => Reply.Completion("Here.").DelayHeaders(TimeSpan.FromMilliseconds(500));

    [Theory]
    [InlineData("-ResponseTimeoutSeconds 0.05", "ResponseTimeout")]
    [InlineData("-OperationTimeoutSeconds 0.05", "OperationTimeout")]
    public void A_short_limit_is_forgotten_with_its_call(string limit, string kind)
    {
        Server.Enqueue(kind == "OperationTimeout" ? Reply.Completion("never whole").HangAfter(20) : Reply.Completion("never").HangBeforeHeaders(), Late);
        InvokeError("Invoke-GptChat 'x' -MaximumRetryCount 0 " + limit).IsKind(kind);
        Assert.Equal("Here.", InvokeOne("Invoke-GptChat 'x'").BaseObject);
    }

    [Fact]
    public void A_long_limit_does_not_help_the_next_call()
    {
        Server.Enqueue(Late, Reply.Completion("never").HangBeforeHeaders());
        Invoke("$null = Invoke-GptChat 'x' -ResponseTimeoutSeconds 0");
        InvokeError("Invoke-GptChat 'x' -MaximumRetryCount 0 -ResponseTimeoutSeconds 0.05").IsKind("ResponseTimeout");
    }

    [Fact]
    public void Retries_that_were_turned_off_are_on_again()
    {
        Server.Enqueue(Reply.Error(502, "Bad."), Reply.Error(502, "Bad."), Reply.Completion("Here."));
        InvokeError("Invoke-GptChat 'x' -MaximumRetryCount 0 -RetryIntervalSec 0").IsKind("ServerError");
        Assert.Equal(2, InvokeOne("(Invoke-GptChat 'x').Response.Attempts").BaseObject);
    }

    [Fact]
    public void Calls_with_many_limits_leave_one_connection_behind()
    {
        Invoke("foreach ($i in 1..30) { $null = Invoke-GptChat 'x' -ConnectionTimeoutSeconds (10 + $i) -ResponseTimeoutSeconds (60 + $i) -OperationTimeoutSeconds (90 + $i) }");
        Assert.Equal(30, Server.Requests.Count);
        Assert.Equal(1, Server.ConnectionCount);
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_ends_after_the_limit_of_its_call()
    {
        await using SilentServer full = await SilentServer.StartFullAsync();
        ErrorRecord error = InvokeError(
            "Connect-GptChat -BaseUri $uri -Model m -Name full; Invoke-GptChat 'x' -Connection full -ConnectionTimeoutSeconds 0.5 -MaximumRetryCount 0", ("uri", "http://127.0.0.1:" + full.Port + "/v1"));
        Assert.Contains("within 0.5 seconds", error.IsKind("ConnectTimeout").Exception.Message, StringComparison.Ordinal);
    }
}
