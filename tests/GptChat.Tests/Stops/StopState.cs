using System;
using System.Threading.Tasks;
using GptChat.TestServer;

namespace GptChat.Tests.Stops;

/// <summary>A call brought into one state of its life and held there: what to run, when it is there, and when its end has reached the server.</summary>
internal sealed class StopState : IDisposable
{
    /// <summary>Every state that a call can be held in.</summary>
    public static readonly string[] Names =
    [
        "connecting", "TLS handshake", "uploading", "headers", "waiting to retry", "error body", "plain body", "before the first event", "mid-stream", "mid-stream, live",
        "running a tool",
    ];

    private readonly IDisposable? _server;

    private StopState(string script, Func<PendingCall, Task> reached, Func<Task> closed, IDisposable? server = null)
    {
        Script = script;
        Reached = reached;
        Closed = closed;
        _server = server;
    }

    public string Script { get; }

    /// <summary>Waits until the call is in the state.</summary>
    public Func<PendingCall, Task> Reached { get; }

    /// <summary>Waits until the server has seen the connection close.</summary>
    public Func<Task> Closed { get; }

    /// <summary>Prepares a state by its name.</summary>
    public static StopState Create(string name, ModuleHost host)
    {
        int number = host.Server.Requests.Count;
        switch (name)
        {
            case "connecting":
                return Connecting();
            case "TLS handshake":
                var deaf = new SilentListener(readsOn: true);
                return Elsewhere("https", deaf, "Invoke-GptChat 'x' -Connection elsewhere", () => deaf.Closed);
            case "uploading":
                // More than the buffers of both sockets hold, so that the client still writes.
                var slow = new SilentListener(readsOn: false);
                return Elsewhere("http", slow, "$big = 'x' * 16MB; Invoke-GptChat $big -Connection elsewhere", () => EndsEarlyAsync(slow));
            case "headers":
                host.Server.Enqueue(Reply.AsAsked("never").HangBeforeHeaders());
                break;
            case "waiting to retry":
                host.Server.Enqueue(Reply.AsAsked("never").CloseBeforeHeaders());
                return new StopState(
                    "Invoke-GptChat 'x' -RetryIntervalSec 3600",
                    async _ => await (await host.Server.WaitForRequestsAsync(number + 1))[number].Completed,
                    () => Task.CompletedTask);
            case "error body":
                host.Server.Enqueue(Reply.Error(400, "never whole").HangAfter(5));
                break;
            case "plain body":
                host.Server.Enqueue(Reply.Completion("never whole").HangAfter(20));
                break;
            case "before the first event":
                host.Server.Enqueue(Reply.Stream("never").HangAfter(0));
                break;
            case "mid-stream":
                host.Server.Enqueue(Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
                return new StopState("Invoke-GptChat 'x' -Stream", call => call.FirstOutput, () => host.Server.Requests[number].Aborted);
            case "mid-stream, live":
                host.Server.Enqueue(Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
                return new StopState("Invoke-GptChat 'x' -Live", call => call.FirstInformation, () => host.Server.Requests[number].Aborted);
            case "running a tool":
                host.Server.Enqueue(Tools.ToolTest.Asks("Get-Slow"));
                var running = new TaskCompletionSource();
                host.Runspace.SessionStateProxy.SetVariable("running", running);
                return new StopState("function Get-Slow { $running.TrySetResult(); while ($true) { } }; Invoke-GptChat 'x' -Tool Get-Slow", _ => running.Task, () => Task.CompletedTask);
            default:
                throw new ArgumentException("There is no state '" + name + "'.", nameof(name));
        }

        return new StopState("Invoke-GptChat 'x'", async _ => await host.Server.WaitForRequestsAsync(number + 1), () => host.Server.Requests[number].Aborted);
    }

    public void Dispose() => _server?.Dispose();

    private static StopState Connecting()
    {
        var full = new FullListener();
        Task begun = ConnectAttempts.To(full.Address);
        return new StopState("Connect-GptChat -Name elsewhere -BaseUri " + full.BaseUri + " -Model m; Invoke-GptChat 'x' -Connection elsewhere -ConnectionTimeoutSeconds 0", _ => begun, () => Task.CompletedTask, full);
    }

    private static StopState Elsewhere(string scheme, SilentListener server, string script, Func<Task> closed) =>
        new("Connect-GptChat -Name elsewhere -BaseUri " + scheme + "://127.0.0.1:" + server.Port + "/v1 -Model m; " + script, _ => server.Heard, closed, server);

    private static async Task EndsEarlyAsync(SilentListener server)
    {
        server.ReadOn();
        long total = await server.Closed;
        if (total >= 16 * 1024 * 1024) throw new InvalidOperationException("The whole body was sent although the call was stopped.");
    }
}
