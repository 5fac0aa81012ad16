using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;

namespace GptChat.Benchmarks;

/// <summary>
/// How long a stop takes, in each state of a call: until the pipeline has ended, and until the server has seen the connection
/// close. Through a real engine and real sockets; measured, since a time is no assertion.
/// </summary>
internal static class StopLatency
{
    private const int Rounds = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Measures every state and prints a line for each.</summary>
    public static async Task RunAsync()
    {
        // Hosted pipelines block threads; the pool would add new ones only twice a second.
        ThreadPool.SetMinThreads(32, 32);
        Console.WriteLine("{0,-44} {1,22} {2,22}", "state, " + Rounds + " stops each", "ended: median / max", "closed: median / max");
        await MeasureAsync("connecting, the server accepts nobody", ConnectingAsync);
        await MeasureAsync("connecting, the handshake is not answered", () => SilentAsync("https", "'x'", reads: true));
        await MeasureAsync("uploading 64 MiB, the server does not read", () => SilentAsync("http", "('x' * 67108864)", reads: false));
        await MeasureAsync("waiting for the headers", () => AnsweredAsync(Reply.Completion("a").HangBeforeHeaders(), waitsForOutput: false));
        await MeasureAsync("in the middle of a plain answer", () => AnsweredAsync(Reply.Completion("a").HangAfter(20), waitsForOutput: false));
        await MeasureAsync("in the middle of a stream", () => AnsweredAsync(Reply.Stream(["a", "b"]).HangAfter(Offset.Events(2)), waitsForOutput: true));
        await MeasureAsync("waiting to retry", RetryingAsync);
        await MeasureAsync("waiting at the gate", HeldAsync);
        await MeasureAsync("running a tool that does not end", ToolAsync);
        await MeasureAsync("writing a conversation of 1 GB", ExportAsync);
    }

    private static async Task MeasureAsync(string state, Func<Task<(double Ended, double? Closed)>> stop)
    {
        await stop();
        List<(double Ended, double? Closed)> times = [];
        for (int i = 0; i < Rounds; i++) times.Add(await stop());
        Console.WriteLine("{0,-44} {1,22} {2,22}", state, Show(times.Select(time => time.Ended)), times[0].Closed is null ? "nothing to close" : Show(times.Select(time => time.Closed!.Value)));
    }

    private static string Show(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return string.Format(CultureInfo.InvariantCulture, "{0:0.0} / {1:0.0} ms", sorted[sorted.Length / 2], sorted[^1]);
    }

    private static async Task<(double, double?)> ConnectingAsync()
    {
        await using SilentServer full = await SilentServer.StartFullAsync();
        using Call call = Call.Start("http://127.0.0.1:" + full.Port + "/v1", "Invoke-GptChat 'x'");
        if (!SpinWait.SpinUntil(() => IsConnecting(full.Port), Limit)) throw new TimeoutException("It never began to connect.");
        return await call.StopAsync(Task.Run(() => SpinWait.SpinUntil(() => !IsConnecting(full.Port), Limit)));
    }

    private static async Task<(double, double?)> SilentAsync(string scheme, string prompt, bool reads)
    {
        await using SilentServer silent = SilentServer.Start(reads);
        using Call call = Call.Start(scheme + "://127.0.0.1:" + silent.Port + "/v1", "Invoke-GptChat " + prompt);
        await silent.Accepted.WaitAsync(Limit);

        // Until the handshake is under way, or the buffers between the two are full.
        await Task.Delay(100);
        return await call.StopAsync(silent.Closed, silent.Read);
    }

    private static async Task<(double, double?)> AnsweredAsync(Reply reply, bool waitsForOutput)
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Default = reply;
        using Call call = Call.Start(server.BaseUri.AbsoluteUri, "Invoke-GptChat 'x'" + (waitsForOutput ? " -Stream" : ""));
        IReadOnlyList<ReceivedRequest> requests = await server.WaitForRequestsAsync(1).WaitAsync(Limit);
        if (waitsForOutput) await call.Output.WaitAsync(Limit);
        return await call.StopAsync(requests[0].Aborted);
    }

    private static async Task<(double, double?)> RetryingAsync()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Default = Reply.Error(502, "Bad gateway.");
        using Call call = Call.Start(server.BaseUri.AbsoluteUri, "Invoke-GptChat 'x' -RetryIntervalSec 50 -Verbose");
        await call.SaidAsync("Try 1");
        return await call.StopAsync(null);
    }

    private static async Task<(double, double?)> HeldAsync()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Default = Reply.Error(429, "Slow down.").WithHeader("retry-after", "50");
        using Call call = Call.Start(server.BaseUri.AbsoluteUri, "try { Invoke-GptChat 'x' -MaximumRetryCount 0 } catch { }; Invoke-GptChat 'x' -Verbose");
        await call.SaidAsync("Held back");
        return await call.StopAsync(null);
    }

    private static async Task<(double, double?)> ToolAsync()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Default = Reply.Json("""{"choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"Get-Slow","arguments":"{}"}}]}}]}""");
        using Folder folder = new();
        string mark = Path.Combine(folder.Path, "running");
        using Call call = Call.Start(server.BaseUri.AbsoluteUri, "function Get-Slow { [IO.File]::WriteAllText('" + mark + "', ''); while ($true) { } }; Invoke-GptChat 'x' -Tool Get-Slow");
        if (!SpinWait.SpinUntil(() => File.Exists(mark), Limit)) throw new TimeoutException("The tool was never run.");
        return await call.StopAsync(null);
    }

    private static async Task<(double, double?)> ExportAsync()
    {
        using Folder folder = new();
        string script = "$part = New-GptMessage ('word ' * 200000); $null = New-GptConversation long -Message (@($part) * 1000); Export-GptConversation '" + Path.Combine(folder.Path, "talk.json") + "' long";
        using Call call = Call.Start("http://127.0.0.1:9/v1", script);
        if (!SpinWait.SpinUntil(() => Directory.EnumerateFiles(folder.Path, ".*.tmp").Any(), Limit)) throw new TimeoutException("It was never written.");
        return await call.StopAsync(null);
    }

    /// <summary>Whether this machine waits for an answer from the port.</summary>
    private static bool IsConnecting(int port) =>
        File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Any(line => line.Contains(":" + port.ToString("X4", CultureInfo.InvariantCulture) + " 02 ", StringComparison.Ordinal));

    /// <summary>A folder that goes with its owner.</summary>
    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("gptchat-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    /// <summary>A script under way in an engine of its own.</summary>
    private sealed class Call : IDisposable
    {
        private readonly TaskCompletionSource _output = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly PSDataCollection<PSObject> _objects = [];
        private readonly Runspace _runspace;
        private readonly PowerShell _shell;

        private Call(string uri, string script)
        {
            InitialSessionState state = InitialSessionState.CreateDefault2();
            state.ImportPSModule([Manifest()]);
            _runspace = RunspaceFactory.CreateRunspace(state);
            _runspace.Open();
            _shell = PowerShell.Create(_runspace);
            _shell.AddScript("Connect-GptChat -BaseUri " + uri + " -Model m; " + script);
            _objects.DataAdded += (_, _) => _output.TrySetResult();
            _shell.BeginInvoke<PSObject, PSObject>(null, _objects);
        }

        public Task Output => _output.Task;

        public static Call Start(string uri, string script) => new(uri, script);

        public Task SaidAsync(string beginning) => Task.Run(() =>
        {
            bool said = SpinWait.SpinUntil(() => _shell.Streams.Verbose.ToArray().Any(record => record.Message.StartsWith(beginning, StringComparison.Ordinal)), Limit);
            if (!said) throw new TimeoutException("It never said '" + beginning + "'.");
        });

        /// <summary>Stops as Ctrl+C does; the times in milliseconds.</summary>
        public async Task<(double Ended, double? Closed)> StopAsync(Task? closed, Action? watch = null)
        {
            if (_shell.InvocationStateInfo.State != PSInvocationState.Running) throw new InvalidOperationException("The script has ended: " + _shell.InvocationStateInfo.Reason);
            Stopwatch clock = Stopwatch.StartNew();
            Task<double> closing = ClosedAsync(closed ?? Task.CompletedTask, clock);
            await Task.Run(_shell.Stop);
            double ended = clock.Elapsed.TotalMilliseconds;
            watch?.Invoke();
            double seen = await closing.WaitAsync(Limit);
            return (ended, closed is null ? null : seen);
        }

        public void Dispose()
        {
            _shell.Dispose();
            _runspace.Dispose();
            _objects.Dispose();
        }

        private static async Task<double> ClosedAsync(Task closed, Stopwatch clock)
        {
            await closed;
            return clock.Elapsed.TotalMilliseconds;
        }

        private static string Manifest()
        {
            DirectoryInfo? at = new(AppContext.BaseDirectory);
            while (at is not null && !File.Exists(Path.Combine(at.FullName, "GptChat.psd1"))) at = at.Parent;
            return Path.Combine(at?.FullName ?? throw new InvalidOperationException("Run this from a checkout."), "GptChat.psd1");
        }
    }
}
