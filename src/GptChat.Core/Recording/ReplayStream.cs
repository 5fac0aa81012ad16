using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Streaming;

namespace GptChat.Recording;

/// <summary>A recorded body, at the pace at which it came or faster.</summary>
internal sealed class ReplayStream(IReadOnlyList<RecordedPiece> pieces, bool isCut, double speed) : AsyncReadStream
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _piece;
    private int _offset;

    /// <inheritdoc/>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken).ConfigureAwait(false);
        return Take(buffer.AsSpan(offset, count));
    }

#if NET
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken).ConfigureAwait(false);
        return Take(buffer.Span);
    }
#endif

    private async Task WaitAsync(CancellationToken cancellation)
    {
        if (speed <= 0 || _piece >= pieces.Count || _offset > 0) return;
        TimeSpan due = TimeSpan.FromMilliseconds(pieces[_piece].Milliseconds / speed) - _clock.Elapsed;
        if (due > TimeSpan.Zero) await Task.Delay(due, cancellation).ConfigureAwait(false);
    }

    private int Take(Span<byte> buffer)
    {
        while (_piece < pieces.Count && _offset >= pieces[_piece].Bytes.Length)
        {
            _piece++;
            _offset = 0;
        }

        if (_piece >= pieces.Count) return isCut ? throw new IOException("The recorded connection broke here.") : 0;
        byte[] bytes = pieces[_piece].Bytes;
        int count = Math.Min(buffer.Length, bytes.Length - _offset);
        bytes.AsSpan(_offset, count).CopyTo(buffer);
        _offset += count;
        if (_offset == bytes.Length)
        {
            _piece++;
            _offset = 0;
        }

        return count;
    }
}
