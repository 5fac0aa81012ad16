using System;

namespace GptChat.TestServer;

/// <summary>A place in the body of a reply: so many bytes in, or so many events in.</summary>
/// <remarks>Bytes are those of the body itself, before any chunk framing. A place past the end means the end.</remarks>
public readonly record struct Offset
{
    private Offset(long value, bool countsEvents)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Value = value;
        CountsEvents = countsEvents;
    }

    /// <summary>How many bytes or events come before this place.</summary>
    public long Value { get; }

    /// <summary>Whether <see cref="Value"/> counts events rather than bytes.</summary>
    public bool CountsEvents { get; }

    /// <summary>The place after the last byte of the body.</summary>
    public static Offset End => new(long.MaxValue, countsEvents: false);

    /// <summary>The place after <paramref name="count"/> bytes.</summary>
    public static Offset Bytes(long count) => new(count, countsEvents: false);

    /// <summary>The place after <paramref name="count"/> events; the role chunk and <c>[DONE]</c> are events too.</summary>
    public static Offset Events(int count) => new(count, countsEvents: true);

    /// <summary>A plain number counts bytes.</summary>
    public static implicit operator Offset(long bytes) => Bytes(bytes);
}
