using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;
using GptChat.Tokens;
using GptChat.Wire;

namespace GptChat.Conversations;

/// <summary>
/// An immutable list of messages that shares its storage with the lists it grew from: a thousand replies that each remember
/// their history cost one list, not a thousand copies. Appending to the newest list is in place; appending to an older one
/// (a fork) copies the references. What was summed up of the messages is kept, so that a turn costs what it adds.
/// </summary>
internal sealed class MessageHistory : IReadOnlyList<GptMessage>, ISized, ITokenised
{
    /// <summary>The history of a conversation that has not begun.</summary>
    public static readonly MessageHistory Empty = new(new Store(Array.Empty<GptMessage>(), 0), 0);

    private readonly Store _store;

    private MessageHistory(Store store, int count)
    {
        _store = store;
        Count = count;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public GptMessage this[int index] =>
        index >= 0 && index < Count ? _store.Items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    public MessageSizes Sizes => _store.Sizes.Of(_store.Items, Count, MessageSizes.Of);

    /// <summary>How many messages its sums have visited.</summary>
    public long Visited => _store.Sizes.Visited + _store.Tokens.Visited;

    /// <inheritdoc/>
    public MessageTokens Tokens(CancellationToken stop) => _store.Tokens.Of(_store.Items, Count, message => MessageTokens.Of(message, stop));

    /// <summary>This history with more messages at its end.</summary>
    public MessageHistory Append(IReadOnlyList<GptMessage> messages)
    {
        if (messages.Count == 0) return this;
        int total = Count + messages.Count;
        lock (_store)
        {
            // The empty history is everybody's: what grows from it has a store of its own.
            bool isNewest = Count > 0 && _store.Used == Count;
            Store store = isNewest ? _store : _store.Fork(Count);
            if (store.Items.Length < total)
            {
                // The old array stays as it is for whoever reads it at this moment.
                var larger = new GptMessage[Math.Max(total, Math.Max(8, Count * 2))];
                Array.Copy(_store.Items, larger, Count);
                store.Items = larger;
            }

            for (int i = 0; i < messages.Count; i++) store.Items[Count + i] = messages[i];
            store.Used = total;
            return new MessageHistory(store, total);
        }
    }

    /// <summary>The oldest messages alone; they share what they are stored in.</summary>
    public MessageHistory First(int count) => count == Count ? this : count == 0 ? Empty : new MessageHistory(_store, count);

    /// <inheritdoc/>
    public IEnumerator<GptMessage> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return _store.Items[i];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Store(GptMessage[] items, int used)
    {
        public GptMessage[] Items { get; set; } = items;

        public int Used { get; set; } = used;

        public RunningSum<MessageSizes> Sizes { get; private init; } = new((left, right) => left + right);

        public RunningSum<MessageTokens> Tokens { get; private init; } = new((left, right) => left + right);

        /// <summary>A store that nothing is in yet, and that will begin alike.</summary>
        public Store Fork(int count) => new(Array.Empty<GptMessage>(), 0) { Sizes = Sizes.Fork(count), Tokens = Tokens.Fork(count) };
    }
}
