using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Streaming;

namespace GptChat.Recording;

/// <summary>
/// Hands a body on and keeps a copy, cut into events with the time of each. When the body has come to its end, whether the
/// server's own or a break, the copy is handed over; an answer that the user stopped is none and is dropped.
/// </summary>
internal sealed class TeeStream : AsyncReadStream
{
    private readonly Stream _inner;
    private readonly Action<IReadOnlyList<RecordedPiece>, bool> _finished;
    private readonly Func<bool> _isSettled;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<RecordedPiece> _pieces = new();
    private readonly MemoryStream _current = new();
    private bool _hasEnded;
    private bool _isCut;
    private bool _isHandedOver;

    /// <summary>Copies a body.</summary>
    /// <param name="inner">The body.</param>
    /// <param name="finished">Takes the pieces, and whether the body broke off.</param>
    /// <param name="isSettled">Whether whoever reads has seen enough: the exchange is over, though its body may not be.</param>
    public TeeStream(Stream inner, Action<IReadOnlyList<RecordedPiece>, bool> finished, Func<bool> isSettled)
    {
        _inner = inner;
        _finished = finished;
        _isSettled = isSettled;
    }

#if NET
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await CatchBreakAsync(_inner.ReadAsync(buffer, cancellationToken)).ConfigureAwait(false);
        Keep(buffer.Span.Slice(0, count));
        return count;
    }
#endif

    /// <inheritdoc/>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int received = await CatchBreakAsync(new ValueTask<int>(_inner.ReadAsync(buffer, offset, count, cancellationToken))).ConfigureAwait(false);
        Keep(buffer.AsSpan(offset, received));
        return received;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            HandOver();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> CatchBreakAsync(ValueTask<int> read)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (IOException)
        {
            _hasEnded = _isCut = true;
            throw;
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            _hasEnded = true;
            return;
        }

        foreach (byte value in bytes)
        {
            _current.WriteByte(value);
            if (value == (byte)'\n' && EndsEvent()) CutPiece();
        }
    }

    /// <summary>Whether the piece ends with a blank line. Pieces only carry the timing; their bytes are never changed.</summary>
    private bool EndsEvent()
    {
        byte[] bytes = _current.GetBuffer();
        int length = (int)_current.Length;
        if (length >= 2 && bytes[length - 2] == (byte)'\n') return true;
        return length >= 3 && bytes[length - 2] == (byte)'\r' && bytes[length - 3] == (byte)'\n';
    }

    private void CutPiece()
    {
        if (_current.Length == 0) return;
        _pieces.Add(new RecordedPiece(_clock.ElapsedMilliseconds, _current.ToArray()));
        _current.SetLength(0);
    }

    private void HandOver()
    {
        if (_isHandedOver) return;
        _isHandedOver = true;
        CutPiece();
        if (_hasEnded || _isSettled() || SaidDone()) _finished(_pieces, _isCut);
    }

    /// <summary>Readers stop at the mark without waiting for the socket to close.</summary>
    private bool SaidDone() =>
        _pieces.Exists(piece => piece.Bytes.Length < 64 && Encoding.UTF8.GetString(piece.Bytes).Contains("[DONE]"));
}
