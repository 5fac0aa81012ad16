using System;

namespace GptChat.Conversations;

/// <summary>
/// A sum over the beginning of a list that only grows. Each message is visited once, however often and for however many turns the sum
/// is asked for.
/// </summary>
/// <typeparam name="T">What is added up; its default is nothing.</typeparam>
/// <param name="add">Adds.</param>
internal sealed class RunningSum<T>(Func<T, T, T> add)
    where T : struct
{
    private readonly object _gate = new();
    private T _sum;
    private int _count;
    private long _visited;

    /// <summary>How many messages were visited in all: what the sums have cost.</summary>
    public long Visited
    {
        get
        {
            lock (_gate) return _visited;
        }
    }

    /// <summary>The sum of the first messages. Of a shorter list than the last one, all are visited.</summary>
    public T Of(GptMessage[] items, int count, Func<GptMessage, T> measure)
    {
        (int from, T sum) = Known(count);

        // Outside of the lock: the tokens of a large text take a while, and a fork of the conversation need not wait for them.
        for (int i = from; i < count; i++) sum = add(sum, measure(items[i]));
        lock (_gate)
        {
            _visited += count - from;
            if (count > _count) (_count, _sum) = (count, sum);
        }

        return sum;
    }

    /// <summary>The same for a list that begins alike.</summary>
    /// <param name="count">How many messages both have.</param>
    public RunningSum<T> Fork(int count)
    {
        var fork = new RunningSum<T>(add);
        (fork._count, fork._sum) = Known(count);
        return fork;
    }

    private (int Count, T Sum) Known(int count)
    {
        lock (_gate) return _count <= count ? (_count, _sum) : (0, default);
    }
}
