using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Recordings;

/// <summary>What -Verbose tells of the way of an answer, and what a script reads off it.</summary>
public sealed class AuditTests : ModuleTest
{
    [Fact]
    public void A_call_is_told_in_three_lines()
    {
        Server.Enqueue(Reply.Completion("x").WithHeader("x-request-id", "req-7"));
        string[] lines = [.. Run("Invoke-GptChat 'hello' -Verbose").Verbose];
        long bytes = Request.Body.Length;
        Assert.Equal(3, lines.Length);
        Assert.Equal("Send " + bytes + " bytes to " + Server.BaseUri + "/chat/completions, model openai/gpt-5.1-chat", lines[0].Replace("//chat", "/chat", System.StringComparison.Ordinal));
        Assert.Matches("^POST http://127.0.0.1:[0-9]+/v1/chat/completions: " + bytes + @" bytes out, [0-9]+ in over HTTP/1.1; (connected after [0-9.]+ seconds?|on an open connection), first byte after [0-9.]+ seconds?\.$", lines[1]);
        Assert.Matches(@"^Answer after [0-9.]+ s: .*stop.*, request id req-7$", lines[2]);
    }

    [Fact]
    public void Attempts_are_counted_and_items_are_numbered()
    {
        Server.Enqueue(Reply.Error(503, "Busy").WithHeader("retry-after-ms", "1"));
        Server.Default = Reply.Echo();
        Assert.EndsWith("; 2 attempts.", Run("Invoke-GptChat 'hello' -Verbose").Verbose.Single(line => line.StartsWith("POST", System.StringComparison.Ordinal)));
        string[] items = [.. Run("1..2 | Invoke-GptChat -Each -Verbose").Verbose.Where(line => line.StartsWith("Item", System.StringComparison.Ordinal))];
        Assert.Equal(2, items.Length);
        Assert.Matches("^Item 0: [0-9]+ bytes out, [0-9]+ in over HTTP/1.1; .* answer after .*stop", items[0]);
    }

    [Fact]
    public void The_transfer_can_be_read_off_the_response()
    {
        Server.Enqueue(Reply.Completion("x"));
        Invoke("$first = Invoke-GptChat 'hello'; $second = Invoke-GptChat 'hello'");
        PSObject transfer = InvokeOne("$first.Response.Transfer");
        Assert.Equal((long)Server.Requests[0].Body.Length, transfer.Member("RequestBytes"));
        Assert.True((long)transfer.Member("ResponseBytes")! > 100);
        Assert.NotNull(transfer.Member("FirstByte"));
        Assert.Null(InvokeOne("$second").Member("Response.Transfer.Connected"));
    }

    [Fact]
    public void A_traced_call_is_a_child_of_what_the_script_has_begun()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "GptChat",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Name == "chat traced-here" ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
        };
        var stopped = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        listener.ActivityStopped = stopped.Enqueue;
        ActivitySource.AddActivityListener(listener);
        Server.Default = Reply.Echo();
        string parent = InvokeOne("""
            $activity = [System.Diagnostics.Activity]::new('runbook').Start()
            $null = Invoke-GptChat 'x' -Model traced-here
            $null = 1..3 | Invoke-GptChat -Each -Model traced-here
            $activity.Stop()
            $activity.SpanId.ToString()
            """).ToString();
        Assert.Equal(4, stopped.Count);
        Assert.All(stopped, activity => Assert.Equal(parent, activity.ParentSpanId.ToString()));
    }
}
