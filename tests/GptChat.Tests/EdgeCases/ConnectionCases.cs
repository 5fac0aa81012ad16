using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>Silence, redirects and the user's stop.</summary>
public sealed class ConnectionCases : EdgeCaseTest
{
    [Theory]
    [EachMode]
    public async Task Case_39_Silence_after_the_headers_is_a_timeout_of_its_own(string mode)
    {
        AskWith(mode, "-OperationTimeoutSeconds 0.05", Reply.AsAsked("one two").HangAfter(0)).Fails("OperationTimeout", words: "-OperationTimeoutSeconds");
        await Server.Requests[0].Aborted.WaitAsync(ModuleHost.Limit);
    }

    [Theory]
    [EachMode]
    public async Task Case_39_Silence_in_mid_stream_is_a_timeout_that_keeps_the_text(string mode)
    {
        AskWith(mode, "-OperationTimeoutSeconds 0.2", Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2))).Fails("OperationTimeout", "one ", words: "0.2 seconds");
        await Server.Requests[0].Aborted.WaitAsync(ModuleHost.Limit);
    }

    [Theory]
    [EachMode(302, 307)]
    public async Task Case_39_A_redirect_to_another_host_is_refused_and_the_other_host_hears_nothing(string mode, int status)
    {
        await using ChatServer other = await ChatServer.StartAsync();
        Ask(mode, Reply.Redirect(status, other.BaseUri + "/chat/completions")).Fails("RedirectRefused", words: other.BaseUri.Authority);
        Assert.Equal(0, other.ConnectionCount);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [EachMode]
    public async Task Case_40_A_stop_while_waiting_for_the_headers_ends_the_call(string mode)
    {
        Server.Enqueue(Reply.AsAsked("never").HangBeforeHeaders());
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' " + mode);
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        await IsStopped(call);
        await Server.Requests[0].Aborted.WaitAsync(ModuleHost.Limit);
    }

    [Theory]
    [EachMode]
    public async Task Case_40_A_stop_while_waiting_to_retry_ends_the_call_and_nothing_is_sent_again(string mode)
    {
        Server.Enqueue(Reply.Error(503, "Busy").WithHeader("Retry-After", "59"));
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' " + mode);
        await (await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit))[0].Completed.WaitAsync(ModuleHost.Limit);
        await IsStopped(call);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [EachMode]
    public async Task Case_40_A_stop_in_mid_stream_with_a_silent_server_ends_the_call(string mode)
    {
        Server.Enqueue(Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' " + mode);
        if (mode == "-Stream") await call.FirstOutput;
        else if (mode.Length > 0) await call.FirstInformation;
        else await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        await IsStopped(call);
        await Server.Requests[0].Aborted.WaitAsync(ModuleHost.Limit);
    }

    [Fact]
    public async Task Case_40_Select_Object_First_does_the_same()
    {
        Server.Enqueue(Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
        Assert.Equal("one ", InvokeOne("Invoke-GptChat 'x' -Stream | Select-First").ToString());
        await Server.Requests[0].Aborted.WaitAsync(ModuleHost.Limit);
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
    }

    private async Task IsStopped(PendingCall call)
    {
        Outcome outcome = await call.StopAsync();
        Assert.Equal(PSInvocationState.Stopped, call.State);
        Assert.Empty(outcome.Errors);
        Assert.Empty(outcome.Warnings);
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
    }
}
