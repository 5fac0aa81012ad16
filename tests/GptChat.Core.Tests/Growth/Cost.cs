using System;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Tests.Counting;

/// <summary>
/// That work costs what it is: twice, ten and a hundred times as much of it at most so many times as much. Costs are counted, not
/// timed: bytes allocated by this thread, which no other test disturbs.
/// </summary>
internal static class Cost
{
    /// <summary>Buffers double when they grow, so a size may cost up to twice its share; what is quadratic costs a hundred times its share.</summary>
    private const double Slack = 2.2;

    private static readonly int[] Factors = [2, 10, 100];

    /// <summary>Checks a cost that is counted by the work itself.</summary>
    /// <param name="start">The smallest size.</param>
    /// <param name="cost">What a size costs.</param>
    public static void IsLinear(int start, Func<int, long> cost)
    {
        long first = Warm(start, cost);
        Assert.True(first > 0, "Nothing was counted.");
        foreach (int factor in Factors)
        {
            long more = Warm(start * factor, cost);

            // What every call costs is much of a small size, and not the same each time.
            Assert.True(more >= first || factor < Factors[^1], start * factor + " cost " + more + ", and " + start + " cost " + first + ": something is not counted.");
            Assert.True(more <= Slack * factor * first, start * factor + " cost " + more + ", which is more than " + factor + " times the " + first + " of " + start + ".");
        }
    }

    // What is made once, for the first of all or for the first of a size (buffers that are lent), belongs to none of them.
    private static long Warm(int size, Func<int, long> cost)
    {
        cost(size);
        return cost(size);
    }

    /// <summary>Checks the bytes that work allocates on this thread.</summary>
    /// <param name="start">The smallest size.</param>
    /// <param name="prepare">Makes the work of a size; what that costs does not count.</param>
    public static void AllocatesLinearly(int start, Func<int, Action> prepare) => IsLinear(start, size =>
    {
        Action work = prepare(size);
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    /// <summary>The same of work that could wait for something, and does not.</summary>
    public static void AllocatesLinearly(int start, Func<int, Func<Task>> prepare) => AllocatesLinearly(start, size =>
    {
        Func<Task> work = prepare(size);
        return () =>
        {
            Task done = work();
            Assert.True(done.IsCompleted, "It went on on another thread, whose allocations are not counted.");
            done.GetAwaiter().GetResult();
        };
    });
}
