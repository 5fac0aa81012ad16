using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>
/// Many requests under way at once, at most so many, whose answers come out in the order in which they went in, or as each comes.
/// One thread adds requests and takes answers; it waits for <see cref="Arrival"/> when there is nothing to do.
/// </summary>
/// <remarks>
/// What has come and cannot be taken yet, because an earlier answer is still under way, is kept; but no more than a few times as
/// much as may be under way, so that endless input runs in flat memory behind an answer that takes an hour.
/// </remarks>
/// <param name="most">How many requests may be under way.</param>
/// <param name="isOrdered">Whether answers come in the order of the requests.</param>
/// <param name="keepsPieces">Whether the pieces of an answer are wanted, or only the whole.</param>
internal sealed class RequestWindow(int most, bool isOrdered, bool keepsPieces)
{
    private const int KeptPerPlace = 4;

    private readonly LinkedList<Entry> _entries = new();
    private readonly Queue<Event> _arrived = new();
    private readonly Signal _signal = new();
    private int _underWay;
    private int _unanswered;

    /// <summary>How many requests hold a place: until all is over that belongs to them.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>How many requests have neither an answer nor a failure yet; an answer that can be taken is not counted any more.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>How many requests have not been taken to their end.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether another request may be added.</summary>
    public bool HasPlace => UnderWay < most && Count < (long)most * KeptPerPlace;

    /// <summary>Completes when there may be something to take, or a place.</summary>
    public Task Arrival => _signal.Arrival;

    /// <summary>Starts a request.</summary>
    /// <param name="tag">What it is for; comes back with its answer.</param>
    /// <param name="answer">The answer, which ends by itself when the user stops.</param>
    public void Add(object tag, IAsyncEnumerable<GptChunk> answer)
    {
        var entry = new Entry(tag, isOrdered ? new Queue<Event>() : _arrived);
        _entries.AddLast(entry.Node);
        Interlocked.Increment(ref _underWay);
        Interlocked.Increment(ref _unanswered);
        _ = RunAsync(entry, answer);
    }

    /// <summary>The next piece or end of an answer; null when there is none now, and then <see cref="Arrival"/> completes with the next.</summary>
    public Event? Take()
    {
        if (TakeNow() is { } found) return found;

        // What came between the look and the reset is seen by another look.
        return _signal.Reset() ? TakeNow() : null;
    }

    private Event? TakeNow()
    {
        Queue<Event>? source = isOrdered ? _entries.First?.Value.Events : _arrived;
        if (source is null) return null;
        Event next;
        lock (source)
        {
            if (source.Count == 0) return null;
            next = source.Dequeue();
        }

        if (next.IsEnd) _entries.Remove(next.Entry.Node);
        return next;
    }

    private async Task RunAsync(Entry entry, IAsyncEnumerable<GptChunk> answer)
    {
        Exception? failure = null;
        bool isAnswered = false;
        try
        {
            await foreach (GptChunk chunk in answer.ConfigureAwait(false))
            {
                if (chunk.Response is not null && !isAnswered)
                {
                    isAnswered = true;
                    Interlocked.Decrement(ref _unanswered);
                }

                if (keepsPieces || chunk.Response is not null) Post(new Event(entry, chunk, null, IsEnd: false));
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is thrown where the answer is taken: nothing may be lost on a thread that nobody watches.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            failure = thrown;
        }

        if (!isAnswered) Interlocked.Decrement(ref _unanswered);
        Interlocked.Decrement(ref _underWay);
        Post(new Event(entry, null, failure, IsEnd: true));
    }

    private void Post(Event what)
    {
        // A queue of an item holds two or three things for a moment: one that takes no lock would be a kilobyte each.
        lock (what.Entry.Events) what.Entry.Events.Enqueue(what);
        _signal.Set();
    }

    /// <summary>A piece of an answer, or its end.</summary>
    /// <param name="Entry">The request.</param>
    /// <param name="Chunk">The piece; null at the end.</param>
    /// <param name="Failure">Why it ended, where it failed.</param>
    /// <param name="IsEnd">Whether nothing follows.</param>
    internal sealed record Event(Entry Entry, GptChunk? Chunk, Exception? Failure, bool IsEnd);

    /// <summary>A request under way.</summary>
    internal sealed class Entry
    {
        public Entry(object tag, Queue<Event> events)
        {
            Tag = tag;
            Events = events;
            Node = new LinkedListNode<Entry>(this);
        }

        /// <summary>What the request is for.</summary>
        public object Tag { get; }

        /// <summary>Where what comes of it is left.</summary>
        internal Queue<Event> Events { get; }

        internal LinkedListNode<Entry> Node { get; }
    }
}
