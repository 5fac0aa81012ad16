using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime;
using System.Threading.Tasks;

namespace GptChat.Benchmarks.Measuring;

/// <summary>Measures several ways to do one thing by turns, so that what else the machine does hits all of them alike.</summary>
/// <param name="count">How often each is measured.</param>
internal sealed class Rounds(int count)
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(10);

    /// <summary>How often each is measured.</summary>
    public int Count { get; } = count;

    /// <summary>Fewer of them, for what takes long.</summary>
    public Rounds AtMost(int most) => new(Math.Min(Count, most));

    /// <summary>Measures; every other round goes backwards, so that none always comes first.</summary>
    /// <param name="isWarm">Whether each is done once without being counted.</param>
    /// <param name="sides">What gives the number of one round; more than one where it measures several things at once.</param>
    /// <returns>For each side its measurements, in the order in which it gives them.</returns>
    public async Task<Samples[][]> RunAsync(bool isWarm, params Func<Task<double[]>>[] sides)
    {
        var numbers = sides.Select(_ => new List<double[]>()).ToArray();
        if (isWarm)
        {
            foreach (Func<Task<double[]>> side in sides) await side();
        }

        for (int round = 0; round < Count; round++)
        {
            for (int i = 0; i < sides.Length; i++)
            {
                int side = round % 2 == 0 ? i : sides.Length - 1 - i;
                numbers[side].Add(await sides[side]());
            }
        }

        return [.. numbers.Select(Columns)];
    }

    /// <summary>
    /// The same for what is warm: first each is done, by turns and uncounted, until the runtime compiles nothing more for any of them. It
    /// compiles a method again after thirty calls and a tenth of a second in which no new one came, and then once more; meanwhile it takes
    /// one of the machine's cores.
    /// </summary>
    public async Task<Samples[][]> RunWarmAsync(params Func<Task<double[]>>[] sides)
    {
        var all = Stopwatch.StartNew();
        var quiet = Stopwatch.StartNew();
        long compiled = 0;
        while (quiet.Elapsed < LongEnough && all.Elapsed < TooLong)
        {
            foreach (Func<Task<double[]>> side in sides) await side();
            if (JitInfo.GetCompiledMethodCount() is var now && now == compiled) continue;
            compiled = now;
            quiet.Restart();
        }

        return await RunAsync(isWarm: false, sides);
    }

    /// <summary>The same for one measurement a side.</summary>
    public async Task<Samples[]> RunAsync(bool isWarm, params Func<Task<double>>[] sides) =>
        [.. (await RunAsync(isWarm, [.. sides.Select(side => new Func<Task<double[]>>(async () => [await side()]))])).Select(side => side[0])];

    private static Samples[] Columns(List<double[]> rounds) =>
        [.. Enumerable.Range(0, rounds[0].Length).Select(column => new Samples([.. rounds.Select(round => round[column])]))];
}
