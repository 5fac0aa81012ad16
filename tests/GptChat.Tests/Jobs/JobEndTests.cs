using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Tests.Stops;
using Xunit;

namespace GptChat.Tests.Jobs;

/// <summary>Jobs that fail, are stopped, or whose session ends.</summary>
public sealed class JobEndTests : ModuleTest
{
    [Fact]
    public void A_failure_is_the_error_that_the_call_would_have_thrown()
    {
        Server.Default = Reply.Error(400, "No.");
        Assert.Equal("Failed", InvokeOne("$j = Invoke-GptChat 'x' -AsJob | Wait-Job; \"$($j.State)\"").BaseObject);
        Assert.StartsWith("No.", InvokeOne("$j.StatusMessage").ToString());
        Assert.Equal("BadRequest", InvokeOne("\"$($j.Reason.Exception.Kind)\"").BaseObject);
        ErrorRecord error = Assert.Single(Host.Run("Receive-Job $j").Errors).IsKind("BadRequest");
        Assert.Equal(400, error.Fact("StatusCode"));
        Assert.Empty(Host.Run("Receive-Job $j").Errors);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -AsJob | Receive-Job -Wait -ErrorAction Stop")]
    [InlineData("Invoke-GptChat 'x' -AsJob | Wait-Job | Receive-Job -ErrorAction Stop")]
    [InlineData("Invoke-GptChat 'x' -Stream -AsJob | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop")]
    public void Receiving_it_can_be_made_to_throw(string script)
    {
        Server.Default = Reply.Error(429, "Out of credit.", null, "insufficient_quota");
        InvokeError(script).IsKind("QuotaExceeded");
    }

    [Fact]
    public void An_item_that_fails_is_an_error_and_the_rest_goes_on()
    {
        Server.Respond = request => request.Messages()[^1].Contains("bad", StringComparison.Ordinal) ? Reply.Error(400, "No.") : Reply.Echo();
        Outcome outcome = Host.Run("$j = 'a', 'bad', 'c', (New-GptConversation x) | Invoke-GptChat -Each -AsJob | Wait-Job; Receive-Job $j; \"$($j.State)\"");
        Assert.Equal(["a", "c", "Completed"], outcome.Output.Select(item => item.ToString()));
        Assert.Equal(["BadRequest", "InvalidInput"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0][8..]).Order());
        Assert.Contains("bad", outcome.Errors.Select(error => error.TargetObject.ToString()));
    }

    [Fact]
    public void What_would_hit_every_item_fails_the_job()
    {
        Server.Respond = request => request.Messages()[^1].Contains("bad", StringComparison.Ordinal) ? Reply.Error(401, "No.") : Reply.Echo();
        Outcome outcome = Host.Run("$j = 'a', 'bad', 'c' | Invoke-GptChat -Each -AsJob -ThrottleLimit 1 | Wait-Job; Receive-Job $j; \"$($j.State)\"");
        Assert.Equal(["a", "Failed"], outcome.Output.Select(item => item.ToString()));
        Assert.Single(outcome.Errors).IsKind("Authentication");
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void Whoever_wants_to_stop_at_the_first_error_gets_a_job_that_failed()
    {
        Server.Respond = request => request.Messages()[^1].Contains("bad", StringComparison.Ordinal) ? Reply.Error(400, "No.") : Reply.Echo();
        Assert.Equal("Failed BadRequest", InvokeOne("$j = 'a', 'bad', 'c' | Invoke-GptChat -Each -AsJob -ThrottleLimit 1 -ErrorAction Stop | Wait-Job; \"$($j.State) $($j.Reason.Exception.Kind)\"").BaseObject);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Theory]
    [InlineData("Invoke-GptChat -AsJob", "NoPrompt")]
    [InlineData("@() | Invoke-GptChat 'x' -AsJob", "NoInput")]
    [InlineData("@() | Invoke-GptChat 'x' -Each -AsJob", "NoInput")]
    [InlineData("Disconnect-GptChat *; Invoke-GptChat 'x' -AsJob", "NoConnection")]
    [InlineData("Disconnect-GptChat *; 1 | Invoke-GptChat 'x' -Each -AsJob", "NoConnection")]
    [InlineData("Invoke-GptChat 'x' -Continue -AsJob", "NoConversation")]
    [InlineData("Invoke-GptChat 'x' -ExtraBody @{ model = 'm' } -AsJob", "InvalidParameter")]
    public void What_is_wrong_with_the_call_is_told_by_the_call(string script, string kind)
    {
        InvokeError(script).IsKind(kind);
        Assert.Empty(Invoke("Get-Job"));
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("Stop-Job $j", "Stopped")]
    [InlineData("$j.StopJob()", "Stopped")]
    [InlineData("Remove-Job $j -Force", "Stopped")]
    [InlineData("$j.Dispose()", "Stopped")]
    public async Task A_stop_closes_the_connection(string stop, string state)
    {
        Invoke("$null = Invoke-GptChat 'first'");
        Server.Default = Reply.Echo().HangBeforeHeaders();
        Invoke("$j = Invoke-GptChat 'x' -Continue -AsJob");
        await Server.WaitForRequestsAsync(2).WaitAsync(ModuleHost.Limit);
        Invoke(stop);
        Assert.Equal(state, InvokeOne("\"$($j.State)\"").BaseObject);
        await Server.Requests[1].Aborted.WaitAsync(ModuleHost.Limit);
        Assert.Equal(2, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
        Server.Default = Reply.Echo();
        Assert.Equal("again", InvokeOne("Invoke-GptChat 'again' -Continue").BaseObject);
        Assert.Empty(UnobservedFailures.Collect());
    }

    [Fact]
    public async Task A_stop_of_a_bulk_call_closes_all_that_is_under_way_and_keeps_what_came()
    {
        Server.Respond = request => request.Messages()[^1] == "user: 1" ? Reply.Echo() : Reply.Echo().HangBeforeHeaders();
        Invoke("$j = 1..9 | Invoke-GptChat -Each -ThrottleLimit 3 -AsJob");
        await Server.WaitForRequestsAsync(4).WaitAsync(ModuleHost.Limit);
        Invoke("while ($j.Output.Count -eq 0) { $null = Wait-Job $j -Timeout 0.01 }; Stop-Job $j");
        await Task.WhenAll(Server.Requests.Where(request => request.Messages()[^1] != "user: 1").Select(request => request.Aborted)).WaitAsync(ModuleHost.Limit);
        Assert.Equal("1", InvokeOne("Receive-Job $j").ToString());
        Assert.Equal(4, Server.Requests.Count);
    }

    [Fact]
    public async Task A_stop_while_the_input_is_gathered_starts_nothing()
    {
        using PendingCall call = Host.Begin("1..3 | ForEach-Object { $_; if ($_ -eq 2) { $Host.UI.WriteLine('started'); while ($true) { } } } | Invoke-GptChat -Each -AsJob");
        Assert.True(await Task.Run(() => System.Threading.SpinWait.SpinUntil(() => Host.Screen.Written.Contains("started", StringComparison.Ordinal), ModuleHost.Limit)));
        Outcome outcome = await call.StopAsync();
        Assert.Empty(outcome.Output);
        Assert.Empty(Invoke("Get-Job"));
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("$j = Invoke-GptChat 'x' -AsJob")]
    [InlineData("$j = 1..9 | Invoke-GptChat 'x' -Each -Stream -AsJob")]
    public async Task A_session_that_ends_takes_its_jobs_along(string script)
    {
        Server.Default = Reply.Echo().HangBeforeHeaders();
        Invoke(script);
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        object job = InvokeOne("$j").BaseObject;
        await Task.Run(Host.Runspace.Close).WaitAsync(ModuleHost.Limit);
        await Server.Requests[0].Aborted.WaitAsync(ModuleHost.Limit);
        Assert.True(((Job)job).Finished.WaitOne(ModuleHost.Limit));
        Assert.Equal(JobState.Stopped, ((Job)job).JobStateInfo.State);
        Assert.Empty(UnobservedFailures.Collect());
    }

    [Fact]
    public void Stopping_and_removing_what_is_over_does_nothing()
    {
        Invoke("$j = Invoke-GptChat 'x' -AsJob | Wait-Job; Stop-Job $j; $j.StopJob(); Remove-Job $j; $j.Dispose()");
        Assert.Equal("Completed", InvokeOne("\"$($j.State)\"").BaseObject);
    }

    [Fact]
    public void Jobs_that_are_disposed_at_any_moment_leave_no_failure_behind()
    {
        Server.Default = Reply.Echo();
        Invoke("1..100 | ForEach-Object { $j = Invoke-GptChat 'x' -AsJob; if ($_ % 3 -eq 0) { $null = Wait-Job $j -Timeout 0.004 }; $j.Dispose() }");
        Assert.Empty(UnobservedFailures.Collect());
    }

    [Fact]
    public void The_command_that_it_shows_hides_a_key() =>
        Assert.DoesNotContain(ModuleHost.Key, InvokeOne("$j = Invoke-GptChat \"Is $key good?\" -AsJob | Wait-Job; $j.Command", ("key", ModuleHost.Key)).ToString());
}
