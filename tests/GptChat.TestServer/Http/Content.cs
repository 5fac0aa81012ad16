using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace GptChat.TestServer.Http;

/// <summary>The body of a reply: parts that are sent one by one, and perhaps a block repeated at the end.</summary>
/// <param name="ContentType">The content type, unless the reply sets the header itself.</param>
/// <param name="Parts">The parts; of a stream, one for each event.</param>
/// <param name="IsStream">Whether the body has no length known beforehand.</param>
internal sealed record Content(string? ContentType, IReadOnlyList<ReadOnlyMemory<byte>> Parts, bool IsStream)
{
    private const int BatchSize = 64 * 1024;

    /// <summary>The block that follows the parts, and how often.</summary>
    public (ReadOnlyMemory<byte> Block, long Count)? Tail { get; init; }

    /// <summary>The length in bytes, or null when it is beyond all counting.</summary>
    public long? Length
    {
        get
        {
            Int128 length = PartsLength(Parts.Count) + ((Int128)(Tail?.Block.Length ?? 0) * (Tail?.Count ?? 0));
            return length < long.MaxValue ? (long)length : null;
        }
    }

    public static Content Json(string json) => new("application/json", [Encoding.UTF8.GetBytes(json)], IsStream: false);

    public static Content Events(IEnumerable<string> payloads) =>
        new("text/event-stream; charset=utf-8", [.. payloads.Select(data => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(Payloads.Event(data)))], IsStream: true);

    /// <summary>The bytes of the body, block by block; a repeated block is batched, never held as a whole.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks()
    {
        foreach (ReadOnlyMemory<byte> part in Parts) yield return part;
        if (Tail is not { Block: { IsEmpty: false } block } tail) yield break;
        int perBatch = Math.Max(1, BatchSize / block.Length);
        byte[] batch = new byte[perBatch * block.Length];
        for (int i = 0; i < perBatch; i++) block.CopyTo(batch.AsMemory(i * block.Length));
        long left = tail.Count;
        for (; left >= perBatch; left -= perBatch) yield return batch;
        yield return batch.AsMemory(0, (int)left * block.Length);
    }

    /// <summary>Where <paramref name="offset"/> lies in bytes.</summary>
    public long Resolve(Offset offset) =>
        !offset.CountsEvents ? offset.Value
        : offset.Value > Parts.Count ? long.MaxValue
        : PartsLength((int)offset.Value);

    private long PartsLength(int count) => Parts.Take(count).Sum(part => (long)part.Length);
}
