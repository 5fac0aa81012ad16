using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;
using GptChat.TestServer;

namespace GptChat.Benchmarks.Rows;

/// <summary>From the start of a process to its request at the server.</summary>
internal sealed class StartRows : RowSource
{
    /// <inheritdoc/>
    public override string Name => "start";

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Row> MeasureAsync(Effort effort)
    {
        await using ChatServer server = await ChatServer.StartAsync();
        server.Default = Answers.Plain;
        string uri = server.BaseUri.AbsoluteUri;
        if (Shell.Path is not null)
        {
            string rest = "$null = Invoke-RestMethod -Method Post -Uri " + uri + "/chat/completions -Body '{\"model\":\"m\",\"messages\":[]}' -ContentType application/json" + Key.Header;
            Samples[] shells = await effort.Rounds.RunAsync(
                isWarm: true,
                () => Until(server, () => ChildProcess.Run(Shell.Start(Shell.Connected(server.BaseUri, "$null = Invoke-GptChat 'Go on.'")))),
                () => Until(server, () => ChildProcess.Run(Shell.Start(rest))));
            yield return new Row("from the start of pwsh to the request at the server", Unit.Time, shells[0]) { Floor = shells[1], FloorName = "pwsh with Invoke-RestMethod" };
        }

        if (!File.Exists(Checkout.CommandLine)) yield break;
        Samples[] programs = await effort.Rounds.RunAsync(
            isWarm: true,
            () => Until(server, () => ChildProcess.Run(CommandLine(uri), "A line.\n")),
            () => Until(server, () => ChildProcess.Run(ChildProcess.Fresh(FreshStart.Word, "bare", uri))));
        yield return new Row("from the start of gptchat to the request at the server", Unit.Time, programs[0]) { Floor = programs[1], FloorName = "a program with a bare HttpClient" };
    }

    private static ProcessStartInfo CommandLine(string uri)
    {
        ProcessStartInfo start = ChildProcess.Prepare("dotnet", [Checkout.CommandLine, "Go on.", "-Model", "m"]);
        start.Environment["OPENAI_API_KEY"] = Key.Text;
        start.Environment["OPENAI_BASE_URL"] = uri;
        return start;
    }

    private static async Task<double> Until(ChatServer server, Action run)
    {
        double? arrived = null;
        var clock = Stopwatch.StartNew();
        void Note(ReceivedRequest request) => arrived ??= clock.Elapsed.TotalMilliseconds;
        server.Received += Note;
        await Task.Run(run);
        server.Received -= Note;
        return arrived ?? throw new InvalidOperationException("No request came.");
    }
}
