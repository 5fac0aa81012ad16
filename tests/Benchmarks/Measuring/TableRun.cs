using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Benchmarks.Rows;

namespace GptChat.Benchmarks.Measuring;

/// <summary>Measures the rows that were asked for and prints them as one table.</summary>
internal static class TableRun
{
    /// <summary>How often each is measured unless told otherwise.</summary>
    public const int UsualRounds = 7;

    /// <summary>All rows, in the order of the table.</summary>
    public static IReadOnlyList<RowSource> Sources { get; } =
        [new ImportRows(), new StartRows(), new CallRows(), new StreamRows(), new TurnRows(), new EachRows(), new TlsRows(), new StopRows(), new MemoryRows()];

    /// <summary>Measures and prints. What is under way is told on standard error, so that the output is the table alone.</summary>
    /// <returns>Whether everything could be measured.</returns>
    public static async Task<bool> RunAsync(IReadOnlyList<RowSource> sources, Effort effort)
    {
        // Hosted pipelines block threads; the pool would add new ones only twice a second.
        ThreadPool.SetMinThreads(64, 64);
        Console.OutputEncoding = new UTF8Encoding(false);
        string machine = Machine.Describe();
        string before = Machine.Load();
        DateTimeOffset start = DateTimeOffset.UtcNow;
        List<Row> rows = [];
        List<string> failures = [];
        foreach (RowSource source in sources)
        {
            try
            {
                await foreach (Row row in source.MeasureAsync(effort))
                {
                    rows.Add(row);
                    await Console.Error.WriteLineAsync(Table.Brief(row));
                }
            }
#pragma warning disable CA1031 // Whatever it is: minutes of other measurements must not go with it, and it is told below.
            catch (Exception error)
#pragma warning restore CA1031
            {
                failures.Add(source.Name + " failed: " + error.Message);
                await Console.Error.WriteLineAsync(error.ToString());
            }
        }

        int missed = rows.Count(row => row.Target?.IsMet(row.Ours, row.Floor) == false);
        TextWriter output = Console.Out;
        await output.WriteLineAsync();
        await output.WriteLineAsync(machine);
        await output.WriteLineAsync(string.Format(
            CultureInfo.InvariantCulture, "{0:yyyy-MM-dd HH:mm} UTC, {1:0} s; load {2} at the start and {3} at the end; medians of {4} rounds by turns", start, (DateTimeOffset.UtcNow - start).TotalSeconds, before, Machine.Load(), effort.Rounds.Count));
        if (effort.IsQuick) await output.WriteLineAsync("Quick: smaller cases and few rounds. The targets are for the whole run.");
        await output.WriteLineAsync();
        foreach (string line in Table.Lines(rows)) await output.WriteLineAsync(line);
        await output.WriteLineAsync();
        await output.WriteLineAsync(string.Format(CultureInfo.InvariantCulture, "{0} of {1} targets missed.", missed, rows.Count(row => row.Target is not null)));
        foreach (string failure in failures) await output.WriteLineAsync(failure);
        return failures.Count == 0;
    }
}
