using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Bulk;

/// <summary>How far a bulk call is, in per cent and in time left, as soon as the number of items is known.</summary>
public sealed class EachProgressTests : ModuleTest
{
    // Longer than the call waits between two records, so that the first answer shows one.
    private static readonly TimeSpan Shown = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task What_failed_before_it_was_asked_counts_as_finished()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Respond = request => request.Messages()[^1].Contains("last", StringComparison.Ordinal) ? Reply.Echo().GateHeaders(seen.Task) : Reply.Echo().DelayHeaders(Shown);
        using PendingCall call = Host.Begin("'', '', 'first', 'last' | Invoke-GptChat -Each");
        ProgressRecord progress = await call.FirstProgress;
        seen.SetResult();
        Assert.StartsWith("1 answered, 2 failed, 1 under way", progress.StatusDescription, StringComparison.Ordinal);
        Assert.Equal(75, progress.PercentComplete);
        Assert.InRange(progress.SecondsRemaining, 0, 100);
        await call.EndAsync();
    }

    [Theory]
    [InlineData("Invoke-GptChat -InputObject 'a', 'b', 'c', 'd' -Each -ThrottleLimit 1")]
    [InlineData("$job = 'a', 'b', 'c', 'd' | Invoke-GptChat -Each -ThrottleLimit 1 -AsJob; $null = $job.Finished.WaitOne(); $job.Progress.ReadAll()")]
    public void Where_the_number_of_items_is_known_the_share_is_shown_from_the_first_on(string script)
    {
        Server.Default = Reply.Echo().DelayHeaders(Shown);
        Outcome outcome = Run(script);
        ProgressRecord first = outcome.Progress.Concat(outcome.Output.Select(item => item.BaseObject).OfType<ProgressRecord>()).First();
        Assert.Equal(25, first.PercentComplete);
        Assert.InRange(first.SecondsRemaining, 0, 100);
    }
}
