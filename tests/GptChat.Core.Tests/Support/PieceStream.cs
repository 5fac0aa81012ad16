using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Streaming;

namespace GptChat.Core.Tests;

/// <summary>A body in memory that comes in given pieces, one a read, and then ends, breaks or stays silent.</summary>
internal sealed class PieceStream(IEnumerable<ReadOnlyMemory<byte>> pieces) : AsyncReadStream
{
    private readonly IEnumerator<ReadOnlyMemory<byte>> _pieces = pieces.GetEnumerator();
    private ReadOnlyMemory<byte> _rest;

    /// <summary>What a read does after the last piece; without it the body ends.</summary>
    public Func<CancellationToken, ValueTask<int>>? Ending { get; init; }

    /// <summary>Whether each piece has to be waited for, as on a network.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Whether it was closed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>How often it was read.</summary>
    public int Reads { get; private set; }

    /// <summary>A break of the connection.</summary>
    public static ValueTask<int> Break(CancellationToken cancellation) => throw new IOException("The connection broke.");

    /// <summary>Nothing more, ever.</summary>
    public static async ValueTask<int> Silence(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return 0;
    }

    /// <summary>All bytes at once.</summary>
    public static PieceStream Whole(byte[] bytes) => new([bytes]);

    /// <summary>Pieces of the same size.</summary>
    public static PieceStream Every(int size, byte[] bytes) => new(Cut(size, bytes));

    /// <summary>Two pieces.</summary>
    public static PieceStream At(int offset, byte[] bytes) => new([bytes.AsMemory(0, offset), bytes.AsMemory(offset)]);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadPieceAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

#if NET
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ReadPieceAsync(buffer, cancellationToken);
#endif

    private async ValueTask<int> ReadPieceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Reads++;
        if (IsSlow) await Task.Yield();
        while (_rest.IsEmpty)
        {
            if (!_pieces.MoveNext()) return Ending is null ? 0 : await Ending(cancellationToken);
            _rest = _pieces.Current;
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(int size, byte[] bytes)
    {
        for (int at = 0; at < bytes.Length; at += size) yield return bytes.AsMemory(at, Math.Min(size, bytes.Length - at));
    }
}
