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

    private static bool IsAboutTries(string text) => text.StartsWith("Try ", StringComparison.Ordinal);

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
        Assert.Equal("Try 1 of at most 3 failed: ServerError (503). The next follows in 0.001 seconds.", Assert.Single(Run("Invoke-GptChat 'x' -Verbose").Verbose, IsAboutTries));
    }

    [Fact]
    public void Each_failed_try_that_another_followed_has_one_line_also_where_all_failed()
    {
        Server.Default = Busy;
        Outcome outcome = Run("try { Invoke-GptChat 'x' -Verbose } catch { }");
        Assert.Equal(["Try 1", "Try 2"], outcome.Verbose.Where(IsAboutTries).Select(text => text[..5]));
    }

    [Fact]
    public void A_request_that_may_have_been_billed_is_said_to_be()
    {
        Server.Enqueue(Reply.Completion("late").HangBeforeHeaders(), Reply.Completion("Here."));
        string text = Assert.Single(Run("Invoke-GptChat 'x' -Verbose -ResponseTimeoutSeconds 0.2 -RetryIntervalSec 0").Verbose, IsAboutTries);
        Assert.Contains("ResponseTimeout. It may have been run and billed.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_so_while_it_waits()
    {
        Server.Enqueue(Reply.Error(429, "Slow down.").WithHeader("retry-after", "50"));
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' -Verbose");
        Assert.Equal("Try 1 of at most 3 failed: RateLimit (429). The next follows in 50 seconds.", await call.VerboseAsync("Try"));
        ProgressRecord progress = await call.FirstProgress;
        Assert.Equal("Waiting for 127.0.0.1", progress.Activity);
        Assert.Contains("RateLimit (429)", progress.StatusDescription, StringComparison.Ordinal);
        Assert.InRange(progress.SecondsRemaining, 1, 50);
        Assert.Equal(PSInvocationState.Running, call.State);
        await call.StopAsync();
    }

    [Fact]
    public async Task Who_is_held_back_for_another_says_so()
    {
        Server.Enqueue(Reply.Error(429, "Slow down.").WithHeader("retry-after", "50"));
        InvokeError("Invoke-GptChat 'x' -MaximumRetryCount 0").IsKind("RateLimit");
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' -Verbose");
        Assert.Matches("^Held back for [0-9.]+ seconds: the server told another request of this connection to wait.$", await call.VerboseAsync("Held"));
        await call.FirstProgress;
        await call.StopAsync();
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void The_progress_of_a_wait_is_gone_when_it_is_over()
    {
        Server.Enqueue(Reply.Error(429, "Slow down.").WithHeader("retry-after", "1"), Reply.Completion("Here."));
        Outcome outcome = Run("Invoke-GptChat 'x'");
        Assert.Equal(ProgressRecordType.Processing, outcome.Progress[0].RecordType);
        Assert.Equal(ProgressRecordType.Completed, outcome.Progress[^1].RecordType);
        Assert.Single(outcome.Progress.Select(record => record.ActivityId).Distinct());
    }

    [Fact]
    public void A_short_wait_and_a_preference_for_silence_have_no_progress()
    {
        Server.Enqueue(Busy, Reply.Completion("Here."), Reply.Error(429, "Slow down.").WithHeader("retry-after", "1"), Reply.Completion("Here."));
        Outcome outcome = Run("Invoke-GptChat 'x'; $ProgressPreference = 'SilentlyContinue'; Invoke-GptChat 'x'");
        Assert.Empty(outcome.Progress);
        Assert.Equal(4, Server.Requests.Count);
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
