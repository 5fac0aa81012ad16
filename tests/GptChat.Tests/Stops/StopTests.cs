using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Stops;

/// <summary>Ctrl+C ends a call in every state: the connection is closed, nothing is left behind, the next call works.</summary>
public sealed class StopTests : ModuleTest
{
    [Theory]
    [InlineData("Invoke-GptChat 'x'")]
    [InlineData("Invoke-GptChat 'x' -Stream")]
    [InlineData("Invoke-GptChat 'x' -Live")]
    [InlineData("Invoke-GptChat 'x' -Continue")]
    [InlineData("function Ask { begin { } process { Invoke-GptChat $_ } } 'x' | Ask")]
    [InlineData("try { Invoke-GptChat 'x' } catch { 'a stop is not caught' } finally { $ended = $true }")]
    public async Task While_waiting_for_the_headers(string script)
    {
        await Ends(script, Reply.AsAsked("never").HangBeforeHeaders(), waitsForOutput: false);
    }

    [Fact]
    public async Task While_a_plain_answer_is_under_way() => await Ends("Invoke-GptChat 'x'", Reply.Completion("never whole").HangAfter(20), waitsForOutput: false);

    [Fact]
    public async Task In_the_middle_of_a_stream_whose_server_is_silent() =>
        await Ends("Invoke-GptChat 'x' -Stream", Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)), waitsForOutput: true);

    [Fact]
    public async Task In_the_middle_of_a_live_answer()
    {
        Server.Enqueue(Reply.AsAsked("before"), Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
        Invoke("Invoke-GptChat 'first'");
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' -Live");
        await call.FirstInformation;
        await IsStopped(call);
    }

    [Fact]
    public async Task Before_a_single_event_of_a_stream_came() =>
        await Ends("Invoke-GptChat 'x' -Stream", Reply.Stream("one two").HangAfter(0), waitsForOutput: false);

    [Fact]
    public async Task While_the_body_of_an_error_is_under_way() =>
        await Ends("Invoke-GptChat 'x'", Reply.Error(400, "never whole").HangAfter(5), waitsForOutput: false);

    [Fact]
    public async Task A_stopped_turn_is_no_turn()
    {
        Server.Enqueue(Reply.Completion("answer"), Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
        Invoke("$null = New-GptConversation c; $null = Invoke-GptChat 'first' -Conversation c");
        using PendingCall call = Host.Begin("Invoke-GptChat 'second' -Conversation c -System 'Other' -Stream");
        await call.FirstOutput;
        await call.StopAsync();
        Assert.Equal(2, InvokeOne("(Get-GptConversation c).Messages.Count").BaseObject);
        Invoke("Invoke-GptChat 'third' -Conversation c");
        Assert.Equal(["user: first", "assistant: answer", "user: third"], Server.Requests[2].Messages());
    }

    [Fact]
    public async Task While_objects_that_hold_ever_more_objects_are_read()
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Invoke("$given = $item", ("item", new Endless(read)));
        using PendingCall call = Host.Begin("$given | Invoke-GptChat -Depth 20");
        await read.Task.WaitAsync(ModuleHost.Limit);
        Assert.Empty((await call.StopAsync()).Errors);
        Assert.Equal(PSInvocationState.Stopped, call.State);
        Assert.Empty(Server.Requests);
    }

    private async Task Ends(string script, Reply reply, bool waitsForOutput)
    {
        Server.Enqueue(Reply.AsAsked("before"), reply);
        Invoke("$null = Invoke-GptChat 'first'");
        using PendingCall call = Host.Begin(script);
        await Server.WaitForRequestsAsync(2).WaitAsync(ModuleHost.Limit);
        if (waitsForOutput) await call.FirstOutput;
        await IsStopped(call);
    }

    private async Task IsStopped(PendingCall call)
    {
        Outcome outcome = await call.StopAsync();
        Assert.Equal(PSInvocationState.Stopped, call.State);
        Assert.Empty(outcome.Errors);
        Assert.DoesNotContain(outcome.Output, output => output.BaseObject is string);
        await Server.Requests[1].Aborted.WaitAsync(ModuleHost.Limit);
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
        Assert.Equal(2, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
        Assert.Equal("This is the answer of the test server.", InvokeOne("Invoke-GptChat 'again'").BaseObject);
    }

    /// <summary>As a folder has a parent and a root, and those have: four to the power of twenty objects.</summary>
    public sealed class Endless(TaskCompletionSource read)
    {
        public Endless A => new(read);

        public Endless B => new(read);

        public Endless C => new(read);

        public Endless D
        {
            get
            {
                read.TrySetResult();
                return new(read);
            }
        }
    }
}
