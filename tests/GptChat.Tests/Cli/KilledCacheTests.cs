using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>A cache outlives the program that writes it, at whatever byte that is killed: what it answers afterwards is whole.</summary>
public sealed class KilledCacheTests : CliTest, IDisposable
{
    private const int Items = 6;
    private const int AnswerLength = 1024 * 1024;

    private readonly TempFolder _folder = new();

    private string Cache => _folder.At("c.jsonl");

    public void Dispose() => _folder.Dispose();

    [ShellFact]
    public async Task A_rerun_asks_for_what_a_kill_cut_and_for_nothing_else()
    {
        Random random = new(20260611);
        Server.Respond = request => Reply.Completion(Answer(request.Messages()[^1]));
        string input = string.Concat(Enumerable.Range(0, Items).Select(item => "item " + item + "\n"));
        string expected = string.Concat(Enumerable.Range(0, Items).Select(item => Answer("user: item " + item) + Environment.NewLine));
        string[] arguments = ["-Each", "-ThrottleLimit", "1", "-Model", "m", "-Cache", Cache];
        int kills = 0;
        for (; kills < 4; kills++)
        {
            // The moment is a byte of a line that is being written, each time of a later one.
            long limit = Length() + 1 + random.NextInt64(AnswerLength);
            using CliProcess process = CliProcess.Start(">/dev/null", Server.BaseUri, arguments);
            Task<CliResult> ended = process.Pipe(input).EndAsync(readsOutput: false);
            await Task.Run(() => Watch(limit, ended)).WaitAsync(ModuleHost.Limit);
        }

        HashSet<string> kept = [.. WholeLines()];
        int before = Server.Requests.Count;
        Assert.Equal(expected, (await CliProcess.Start(null, Server.BaseUri, arguments).Pipe(input).EndAsync()).Output);
        Assert.Equal(Items - kept.Count, Server.Requests.Count - before);
        Assert.Superset(kept, WholeLines().ToHashSet());

        // All is there now.
        before = Server.Requests.Count;
        Assert.Equal(expected, (await CliProcess.Start(null, Server.BaseUri, arguments).Pipe(input).EndAsync()).Output);
        Assert.Equal(before, Server.Requests.Count);
        Assert.Equal(Items, WholeLines().Count());
    }

    private static string Answer(string prompt) => prompt + ": " + new string(prompt[^1], AnswerLength);

    /// <summary>Looks without a pause: a line is written within a few milliseconds, and a kill in their midst is wanted.</summary>
    private void Watch(long limit, Task ended)
    {
        while (!ended.IsCompleted && Length() < limit) Thread.SpinWait(1);
    }

    private long Length() => File.Exists(Cache) ? new FileInfo(Cache).Length : 0;

    private IEnumerable<string> WholeLines() =>
        !File.Exists(Cache) ? [] : File.ReadAllLines(Cache).Where(line => line.Length > AnswerLength && line.EndsWith('}') && line.StartsWith("{\"gptchat\":1,", StringComparison.Ordinal));
}
