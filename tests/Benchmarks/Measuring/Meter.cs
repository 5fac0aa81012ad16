using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace GptChat.Benchmarks.Measuring;

/// <summary>What a piece of work costs in this process.</summary>
internal static class Meter
{
    /// <summary>The time it takes, in milliseconds.</summary>
    public static async Task<double> TimeAsync(Func<Task> work) => (await CostAsync(work))[0];

    /// <summary>The time it takes, in milliseconds, and the bytes that the whole process allocates meanwhile.</summary>
    public static async Task<double[]> CostAsync(Func<Task> work)
    {
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        await work();
        double time = clock.Elapsed.TotalMilliseconds;
        return [time, GC.GetTotalAllocatedBytes(precise: true) - allocated];
    }

    /// <summary>The same for one of many things that are done in a row.</summary>
    public static async Task<double[]> CostAsync(int count, Func<Task> work) => Array.ConvertAll(await CostAsync(work), number => number / count);

    /// <summary>The same for one time of many.</summary>
    public static Task<double[]> RepeatAsync(int times, Func<Task> work) => CostAsync(times, async () =>
    {
        for (int i = 0; i < times; i++) await work();
    });

    /// <summary>The same of work on this thread, of which the allocations are counted alone.</summary>
    public static double[] Cost(Action work)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        work();
        double time = clock.Elapsed.TotalMilliseconds;
        return [time, GC.GetAllocatedBytesForCurrentThread() - allocated];
    }

    /// <summary>What is alive, in bytes.</summary>
    public static long Alive()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
