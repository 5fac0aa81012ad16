using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Stops;

/// <summary>A stop in every state of a call: it ends, the socket is closed, nothing is said, nothing is left behind.</summary>
public sealed class StopStateTests : ModuleTest
{
    // How scripts hold a call when Ctrl+C is pressed.
    private static readonly string[] Around =
    [
        "{0}", "try {{ {0} }} catch {{ 'a stop is not caught' }} finally {{ $ended = $true }}", "function Ask {{ end {{ {0} }} }} Ask", "1 | ForEach-Object {{ {0} }}", "& {{ {0} }} | ForEach-Object {{ $_ }}", "$kept = {0}",
    ];

    public static TheoryData<string, string> StatesInScripts
    {
        get
        {
            // Each state in one way, each way in several states.
            var data = new TheoryData<string, string>();
            for (int i = 0; i < StopState.Names.Length; i++)
            {
                // What is assigned is no output, by which some states are recognised.
                string around = Around[i % Around.Length];
                data.Add(StopState.Names[i], StopState.Names[i].StartsWith("mid-stream", StringComparison.Ordinal) && around[0] == '$' ? Around[0] : around);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(StatesInScripts))]
    public async Task Ctrl_C_ends_it(string state, string around)
    {
        Invoke("$null = Invoke-GptChat 'first'");
        using StopState held = StopState.Create(state, Host);
        string script = held.Script.LastIndexOf("; ", StringComparison.Ordinal) is > 0 and int at
            ? held.Script[..(at + 2)] + string.Format(null, around, held.Script[(at + 2)..])
            : string.Format(null, around, held.Script);
        using PendingCall call = Host.Begin(script);
        await held.Reached(call).WaitAsync(ModuleHost.Limit);
        Outcome outcome = await call.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, call.State);
        Assert.Empty(outcome.Errors);
        Assert.Empty(outcome.Warnings);
        Assert.DoesNotContain(outcome.Output, output => output.BaseObject is string);
        await held.Closed().WaitAsync(ModuleHost.Limit);
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
        Assert.Equal(["user: first", "assistant: This is the answer of the test server."], Conversation());
        LeavesNothingBehind();
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -Stream | Select-First", "one ")]
    [InlineData("while ($true) { Invoke-GptChat 'x' -Stream | ForEach-Object { \"$_\"; break } }", "one ")]
    [InlineData(":outer while ($true) { while ($true) { Invoke-GptChat 'x' -Stream | ForEach-Object { \"$_\"; break outer } } }", "one ")]
    [InlineData("foreach ($i in 1) { Invoke-GptChat 'x' -Stream | ForEach-Object { \"$_\"; continue } }", "one ")]
    [InlineData("try { Invoke-GptChat 'x' -Stream | ForEach-Object { throw 'mine' } } catch { $_.Exception.Message }; $Error.Clear()", "mine")]
    [InlineData("& { Invoke-GptChat 'x' -Stream } | Select-First", "one ")]
    [InlineData("function Ask { Invoke-GptChat 'x' -Stream } Ask | Select-First | ForEach-Object { \"$_\" }", "one ")]
    [InlineData("Invoke-GptChat 'x' -Stream -OutVariable all | Select-First; $null = $all", "one ")]
    public async Task What_stands_downstream_ends_a_stream_whose_server_has_fallen_silent(string script, string expected)
    {
        Invoke("$null = Invoke-GptChat 'first'");
        Server.Enqueue(Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
        Assert.Equal(expected, InvokeOne(script).ToString());
        await Server.Requests[1].Aborted.WaitAsync(ModuleHost.Limit);
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
        Assert.Equal(["user: first", "assistant: This is the answer of the test server."], Conversation());
        LeavesNothingBehind();
    }

    [Fact]
    public async Task A_try_that_was_stopped_is_not_sent_again_later()
    {
        Server.Enqueue(Reply.AsAsked("never").CloseBeforeHeaders());
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' -RetryIntervalSec 0.4");
        await (await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit))[0].Completed.WaitAsync(ModuleHost.Limit);
        await call.StopAsync();
        int sent = Server.Requests.Count;

        // The clock is another call, which waits longer between its tries.
        await using ModuleHost clock = await ModuleHost.StartAsync();
        clock.Connect().Server.Enqueue(Reply.AsAsked("never").CloseBeforeHeaders());
        clock.Invoke("Invoke-GptChat 'x' -RetryIntervalSec 0.8");
        Assert.Equal(sent, Server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_was_being_made_is_given_up_with_the_call()
    {
        using var listener = new FullListener();
        Task begun = ConnectAttempts.To(listener.Address);
        using PendingCall call = Host.Begin("Connect-GptChat -Name elsewhere -BaseUri $uri -Model m; Invoke-GptChat 'x' -Connection elsewhere -ConnectionTimeoutSeconds 0", ("uri", listener.BaseUri));
        await begun.WaitAsync(ModuleHost.Limit);
        Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => listener.IsKnockedAt, ModuleHost.Limit)), "No connection is being made.");
        await call.StopAsync();

        // No server can see it: the system's table of sockets can. Left to itself it would knock for two minutes.
        Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => !listener.IsKnockedAt, ModuleHost.Limit)), "The connection is still being made.");
    }

    [Fact]
    public void A_recording_that_would_go_into_a_pipe_is_refused_before_anything_is_sent()
    {
        // Whoever writes into a pipe that nobody reads waits for ever.
        string path = Folder.At("pipe");
        using (Process make = Process.Start("mkfifo", [path])) make.WaitForExit();
        InvokeError("Invoke-GptChat 'x' -Record $path", ("path", path)).IsKind("RecordingNotUsable");
        Assert.Empty(Server.Requests);
    }

    private IEnumerable<string> Conversation() => Invoke("(Get-GptConversation -Current).Messages | ForEach-Object { \"$($_.Role): $($_.Content)\" }").Select(message => message.ToString());

    private void LeavesNothingBehind()
    {
        Assert.Equal("This is the answer of the test server.", InvokeOne("Invoke-GptChat 'again' -Connection Cloudflare").BaseObject);
        Assert.Equal("user: again", Server.Requests[^1].Messages().Single());
        Assert.Empty(UnobservedFailures.Collect());
    }
}
