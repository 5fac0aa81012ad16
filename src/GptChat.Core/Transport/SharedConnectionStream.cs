#if NET
using System;
using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Streaming;

namespace GptChat.Transport;

/// <summary>
/// The body of an answer on a connection that others use too. Closing such a body before its end resets its stream: right for an answer
/// that nobody wants any more, but the end of a whole one comes a moment after its last event, and servers close the connection of a
/// client that resets stream after stream. So the end is waited for in the background for a while, as the HTTP stack does by itself on a
/// connection that is not shared. A stop resets at once.
/// </summary>
internal sealed class SharedConnectionStream : AsyncReadStream
{
    private const int DrainBytes = 4096;

    private const int Idle = 0;
    private const int Reading = 1;
    private const int Closed = 2;

    private readonly Stream _inner;
    private readonly IDisposable _owner;
    private readonly TimeSpan _drain;
    private readonly CancellationToken _stop;
    private int _state;
    private bool _isOver;

    /// <summary>Wraps a body.</summary>
    /// <param name="inner">The body.</param>
    /// <param name="owner">What is closed with it.</param>
    /// <param name="drain">How long its end is waited for.</param>
    /// <param name="stop">The user's stop.</param>
    public SharedConnectionStream(Stream inner, IDisposable owner, TimeSpan drain, CancellationToken stop)
    {
        _inner = inner;
        _owner = owner;
        _drain = drain;
        _stop = stop;
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Interlocked.CompareExchange(ref _state, Reading, Idle) == Closed, this);
        ValueTask<int> read;
        try
        {
            read = _inner.ReadAsync(buffer, cancellationToken);
        }
        catch
        {
            Ended(isOver: true);
            throw;
        }

        if (!read.IsCompletedSuccessfully) return WaitAsync(read, buffer.Length);
        int count = read.Result;
        Ended(isOver: count == 0 && buffer.Length > 0);
        return new ValueTask<int>(count);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // What a pending read waits for will not come in time.
            int before = Interlocked.Exchange(ref _state, Closed);
            if (before == Idle && !_isOver && !_stop.IsCancellationRequested) _ = DrainAsync();
            else if (before != Closed) _owner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> WaitAsync(ValueTask<int> read, int length)
    {
        bool isOver = true;
        try
        {
            int count = await read.ConfigureAwait(false);
            isOver = count == 0 && length > 0;
            return count;
        }
        finally
        {
            Ended(isOver);
        }
    }

    private void Ended(bool isOver)
    {
        if (isOver) _isOver = true;
        Interlocked.CompareExchange(ref _state, Idle, Reading);
    }

    private async Task DrainAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(DrainBytes);
        try
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stop);
            waiting.CancelAfter(_drain);
            while (await _inner.ReadAsync(buffer, waiting.Token).ConfigureAwait(false) > 0)
            {
                // Nobody wants it.
            }
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // It did not end in time, or broke: whoever read it has had enough.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _owner.Dispose();
        }
    }
}
#endif
