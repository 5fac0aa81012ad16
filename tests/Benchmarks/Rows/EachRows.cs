using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Benchmarks.Hosts;
using GptChat.Benchmarks.Measuring;

namespace GptChat.Benchmarks.Rows;

/// <summary>
/// A thousand items at a server that takes 50 ms for each, beside the ideal and beside a bare HttpClient that does the same; then ten
/// thousand that are answered at once, for the cost of an item and the memory it leaves.
/// </summary>
internal sealed class EachRows : RowSource
{
    private const int Throttle = 32;
    private const string Bare = "bare HttpClient, as many at once";
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public override string Name => "each";

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Row> MeasureAsync(Effort effort)
    {
        using var slowly = ServerProcess.Start(delay: (int)Delay.TotalMilliseconds);
        using HostedEngine waiting = HostedEngine.Start(slowly.BaseUri);
        int items = effort.IsQuick ? 200 : 1000;
        string many = items.ToString("N0", CultureInfo.InvariantCulture) + " items of 50 ms, 32 at once";

        Samples[][] slow = await effort.Rounds.RunAsync(isWarm: true, () => EachAsync(waiting, items), () => BareAsync(slowly.BaseUri, items));
        Samples ideal = Samples.Of(items * Delay.TotalMilliseconds / Throttle);
        yield return new Row(many, Unit.Time, slow[0][0]) { Floor = ideal, FloorName = "the ideal", Target = Target.Ratio(1.15) };
        yield return new Row(many, Unit.Time, slow[0][0]) { Floor = slow[1][0], FloorName = Bare };

        using var atOnce = ServerProcess.Start();
        using HostedEngine busy = HostedEngine.Start(atOnce.BaseUri);
        int more = items * 10;
        Samples[][] fast = await effort.Rounds.RunAsync(isWarm: true, () => EachAsync(busy, more), () => BareAsync(atOnce.BaseUri, more));
        string each = "an item of " + more.ToString("N0", CultureInfo.InvariantCulture) + " answered at once, hosted engine";
        yield return new Row(each, Unit.Time, fast[0][0].Times(1.0 / more)) { Floor = fast[1][0].Times(1.0 / more), FloorName = Bare };
        yield return new Row("allocated by it", Unit.Bytes, fast[0][1].Times(1.0 / more)) { Floor = fast[1][1].Times(1.0 / more), FloorName = Bare };

        long before = Meter.Alive();
        await EachAsync(busy, more);
        yield return new Row("alive after them, output dropped", Unit.Bytes, Samples.Of(Meter.Alive() - before));
    }

    private static async Task<double[]> EachAsync(HostedEngine engine, int items)
    {
        string script = "$i = 0; $wrong = 0; 1.." + items + " | Invoke-GptChat 'Q' -Each -ThrottleLimit " + Throttle + " | ForEach-Object { if ($_.Index -ne $i++) { $wrong++ } }; \"$i $wrong\"";
        string? told = null;
        double[] cost = await Meter.CostAsync(() => Task.Run(() => told = engine.Run(script).Single().ToString()));
        return told == items + " 0" ? cost : throw new InvalidOperationException("Lost or out of order: " + told);
    }

    private static async Task<double[]> BareAsync(Uri server, int items)
    {
        using var gate = new SemaphoreSlim(Throttle);
        return await Meter.CostAsync(() => Task.WhenAll(Enumerable.Range(1, items).Select(async item =>
        {
            await gate.WaitAsync();
            try
            {
                await BareCall.AskAsync(server, "Q\n\n" + item.ToString(CultureInfo.InvariantCulture));
            }
            finally
            {
                gate.Release();
            }
        })));
    }
}
