using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;
using GptChat.TestServer;

namespace GptChat.Benchmarks.Rows;

/// <summary>
/// How long a stop takes, in each state of a call: until the pipeline has ended, and until the server has seen the connection
/// close. Through a real engine and real sockets; measured, since a time is no assertion.
/// </summary>
internal sealed class StopRows : RowSource
{
    private const int Stops = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override string Name => "stop";

    private static (string State, Func<Task<(double Ended, double? Closed)>> Stop)[] States =>
    [
        ("connecting: the server accepts nobody", ConnectingAsync),
        ("connecting: the handshake is not answered", () => SilentAsync("https", "'x'", reads: true)),
        ("uploading 64 MiB: the server does not read", () => SilentAsync("http", "('x' * 67108864)", reads: false)),
        ("waiting for the headers", () => AnsweredAsync(Reply.Completion("a").HangBeforeHeaders(), waitsForOutput: false)),
        ("reading a plain answer", () => AnsweredAsync(Reply.Completion("a").HangAfter(20), waitsForOutput: false)),
        ("reading a stream", () => AnsweredAsync(Reply.Stream(["a", "b"]).HangAfter(Offset.Events(2)), waitsForOutput: true)),
        ("waiting to retry", RetryingAsync),
        ("waiting at the gate", HeldAsync),
        ("running a tool that does not end", ToolAsync),
        ("writing a conversation of 1 GB", ExportAsync),
    ];

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Row> MeasureAsync(Effort effort)
    {
        foreach ((string state, Func<Task<(double Ended, double? Closed)>> stop) in States)
        {
            await stop();
            List<(double Ended, double? Closed)> times = [];
            for (int i = 0; i < (effort.IsQuick ? 3 : Stops); i++) times.Add(await stop());
            yield return new Row("stopped while " + state, Unit.Time, new Samples([.. times.Select(time => time.Ended)])) { Target = Target.AlwaysAtMost(Unit.Time, 100) };
            if (times[0].Closed is null) continue;
            yield return new Row("… and the server sees it", Unit.Time, new Samples([.. times.Select(time => time.Closed!.Value)])) { Target = Target.AlwaysAtMost(Unit.Time, 100) };
        }
    }

    private static async Task<(double, double?)> ConnectingAsync()
    {
        await using SilentServer full = await SilentServer.StartFullAsync();
        using RunningScript call = RunningScript.Start("http://127.0.0.1:" + full.Port + "/v1", "Invoke-GptChat 'x'");
        if (!SpinWait.SpinUntil(() => IsConnecting(full.Port), Limit)) throw new TimeoutException("It never began to connect.");
        return await call.StopAsync(Task.Run(() => SpinWait.SpinUntil(() => !IsConnecting(full.Port), Limit)));
    }

    private static async Task<(double, double?)> SilentAsync(string scheme, string prompt, bool reads)
    {
        await using SilentServer silent = SilentServer.Start(reads);
        using RunningScript call = RunningScript.Start(scheme + "://127.0.0.1:" + silent.Port + "/v1", "Invoke-GptChat " + prompt);
        await silent.Accepted.WaitAsync(Limit);

        // Until the handshake is under way, or the buffers between the two are full.
        await Task.Delay(100);
        return await call.StopAsync(silent.Closed, silent.Read);
    }

    private static async Task<(double, double?)> AnsweredAsync(Reply reply, bool waitsForOutput)
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Default = reply;
        using RunningScript call = RunningScript.Start(server.BaseUri.AbsoluteUri, "Invoke-GptChat 'x'" + (waitsForOutput ? " -Stream" : ""));
        IReadOnlyList<ReceivedRequest> requests = await server.WaitForRequestsAsync(1).WaitAsync(Limit);
        if (waitsForOutput) await call.Output.WaitAsync(Limit);
        return await call.StopAsync(requests[0].Aborted);
    }

    private static async Task<(double, double?)> RetryingAsync()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Default = Reply.Error(502, "Bad gateway.");
        using RunningScript call = RunningScript.Start(server.BaseUri.AbsoluteUri, "Invoke-GptChat 'x' -RetryIntervalSec 50 -Verbose");
        await call.SaidAsync("Try 1");
        return await call.StopAsync(null);
    }

    private static async Task<(double, double?)> HeldAsync()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Default = Reply.Error(429, "Slow down.").WithHeader("retry-after", "50");
        using RunningScript call = RunningScript.Start(server.BaseUri.AbsoluteUri, "try { Invoke-GptChat 'x' -MaximumRetryCount 0 } catch { }; Invoke-GptChat 'x' -Verbose");
        await call.SaidAsync("Held back");
        return await call.StopAsync(null);
    }

    private static async Task<(double, double?)> ToolAsync()
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Default = Reply.Json("""{"choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"Get-Slow","arguments":"{}"}}]}}]}""");
        using Folder folder = new();
        string mark = Path.Combine(folder.Path, "running");
        using RunningScript call = RunningScript.Start(server.BaseUri.AbsoluteUri, "function Get-Slow { [IO.File]::WriteAllText('" + mark + "', ''); while ($true) { } }; Invoke-GptChat 'x' -Tool Get-Slow");
        if (!SpinWait.SpinUntil(() => File.Exists(mark), Limit)) throw new TimeoutException("The tool was never run.");
        return await call.StopAsync(null);
    }

    private static async Task<(double, double?)> ExportAsync()
    {
        using Folder folder = new();
        string script = "$part = New-GptMessage ('word ' * 200000); $null = New-GptConversation long -Message (@($part) * 1000); Export-GptConversation '" + Path.Combine(folder.Path, "talk.json") + "' long";
        using RunningScript call = RunningScript.Start("http://127.0.0.1:9/v1", script);
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
}
