using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>A bulk call that is killed in the middle and run again until it is through.</summary>
public sealed class KilledJournalTests : CliTest, IDisposable
{
    private const int Items = 60;
    private const int Throttle = 4;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ShellFact]
    public async Task Nothing_is_lost_and_nothing_is_sent_twice_but_what_was_under_way()
    {
        string journal = _folder.At("j.jsonl");
        string input = string.Concat(Enumerable.Range(0, Items).Select(item => "item " + item + "\n"));
        string[] arguments = ["-Each", "-Journal", journal, "-ThrottleLimit", Throttle.ToString(System.Globalization.CultureInfo.InvariantCulture), "-Model", "m"];
        var sent = new ConcurrentDictionary<string, int>();
        int kills = 0;
        Server.Respond = request =>
        {
            sent.AddOrUpdate(request.Messages()[^1], 1, (_, count) => count + 1);
            return Reply.Echo();
        };

        // Each run goes on where the one before it ended, so that the server hears of more and more items.
        foreach (int heard in (int[])[5, 20, 40])
        {
            using CliProcess process = CliProcess.Start(null, Server.BaseUri, arguments);
            process.Pipe(input);
            await Server.WaitForRequestsAsync(heard).WaitAsync(ModuleHost.Limit);
            kills++;
        }

        using CliProcess last = CliProcess.Start(null, Server.BaseUri, arguments);
        CliResult result = await last.Pipe(input).EndAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(input, result.Output);
        Assert.Equal(Items, sent.Count);
        Assert.InRange(sent.Values.Sum() - Items, 0, kills * Throttle);
    }
}
