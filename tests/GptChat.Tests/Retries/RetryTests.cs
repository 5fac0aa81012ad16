using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Retries;

/// <summary>Calls that are sent again by themselves, and how to have it otherwise.</summary>
public sealed class RetryTests : ModuleTest
{
    private static Reply Busy => Reply.Error(503, "Busy.").WithHeader("retry-after-ms", "1");

    [Fact]
    public void Two_passing_failures_are_survived_without_a_word()
    {
        Server.Enqueue(Busy, Busy, Reply.Completion("Here."));
        Invoke("$a = Invoke-GptChat 'x'");
        Assert.Equal("Here.", InvokeOne("$a").BaseObject);
        Assert.Equal(3, InvokeOne("$a.Response.Attempts").BaseObject);
        Assert.Equal("ServerError", InvokeOne("$a.Response.Retries[0].Reason.ToString()").BaseObject);
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public void Verbose_says_what_failed()
    {
        Server.Enqueue(Busy, Reply.Completion("Here."));
        Assert.Contains(Run("Invoke-GptChat 'x' -Verbose").Verbose, text => text.Contains("ServerError (503), waited 0.001 s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-MaximumRetryCount 0", 1)]
    [InlineData("-MaximumRetryCount 1", 2)]
    [InlineData("", 3)]
    [InlineData("-MaximumRetryCount 4 -RetryIntervalSec 0", 5)]
    public void Trying_ends_where_it_is_told_to(string parameters, int requests)
    {
        Server.Default = Busy;
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' " + parameters).IsKind("ServerError");
        Assert.Equal(requests, Server.Requests.Count);
        Assert.Equal(requests, error.Exception.GetType().GetProperty("Attempts")!.GetValue(error.Exception));
    }

    [Fact]
    public void A_turn_that_was_tried_twice_is_one_turn()
    {
        Server.Enqueue(Reply.Completion("one"), Busy, Reply.Completion("two"));
        Invoke("Invoke-GptChat 'first'; Invoke-GptChat 'second' -Continue");
        Assert.Equal(4, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_the_next_try()
    {
        Server.Enqueue(Reply.Error(503, "Busy.").WithHeader("retry-after", "50"));
        using PendingCall call = Host.Begin("Invoke-GptChat 'x'");
        await (await Server.WaitForRequestsAsync(1)).Single().Completed.WaitAsync(ModuleHost.Limit);
        Outcome outcome = await call.StopAsync();
        Assert.Equal(PSInvocationState.Stopped, call.State);
        Assert.Empty(outcome.Errors);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_recording_with_a_failure_is_replayed_without_its_wait()
    {
        string path = Folder.At("r.jsonl");
        Server.Enqueue(Busy.WithHeader("retry-after-ms", "20"), Reply.Completion("Here."));
        Invoke("$null = Invoke-GptChat 'x' -Record $path", ("path", path));
        Assert.Equal("Here.", InvokeOne("Invoke-GptChat 'x' -Replay $path", ("path", path)).BaseObject);
        Assert.Equal(2, Server.Requests.Count);
    }
}
