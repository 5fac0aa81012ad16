using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Streaming;

/// <summary>
/// What stands between a server and a parser: it ends a read that stays silent for too long, ends everything at once when
/// the user stops, limits what one event may hold, remembers the beginning for error messages, and closes the last event of
/// a server that forgot the blank line after it.
/// </summary>
internal sealed class GuardedStream : AsyncReadStream
{
    private const int HeadBytes = 4096;

    // Parsers read a kilobyte at a time, and each read passes through every stage down to the socket.
    private const int AheadBytes = 16 * 1024;

    private readonly Stream _inner;
    private readonly TimeSpan _silence;
    private readonly long _mostWithoutEvent;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _reading;
    private readonly CancellationTokenRegistration _closing;
    private byte[] _head = Array.Empty<byte>();
    private int _headLength;
    private byte[]? _aheadBuffer;
    private ReadOnlyMemory<byte> _peeked;
    private ReadOnlyMemory<byte> _ahead;
    private int _closingLineFeeds;
    private long _sinceEvent;

    /// <summary>Wraps a body.</summary>
    /// <param name="inner">The body; disposed with this stream, or at once when <paramref name="stop"/> fires.</param>
    /// <param name="silence">How long one read may wait for bytes.</param>
    /// <param name="mostWithoutEvent">How many bytes may pass without <see cref="EventSeen"/> being called.</param>
    /// <param name="closesLastEvent">Whether two line feeds follow the end, so that a pending event is dispatched.</param>
    /// <param name="stop">The user's stop.</param>
    public GuardedStream(Stream inner, TimeSpan silence, long mostWithoutEvent, bool closesLastEvent, CancellationToken stop)
    {
        _inner = inner;
        _silence = silence;
        _mostWithoutEvent = mostWithoutEvent;
        _closingLineFeeds = closesLastEvent ? 2 : 0;
        _stop = stop;
        _reading = CancellationTokenSource.CreateLinkedTokenSource(stop);

        // Not every network stream heeds the token of a read that already waits; all of them heed being closed.
        _closing = _reading.Token.Register(static state => ((Stream)state!).Dispose(), inner);
    }

    /// <summary>How many bytes came.</summary>
    public long Total { get; private set; }

    /// <summary>Whether the server has ended the body.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>The first bytes of the body, for an error that must show what came instead of an answer.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    /// <summary>Tells that an event is complete: what came so far no longer counts against the limit.</summary>
    public void EventSeen() => _sinceEvent = 0;

    /// <summary>The first byte that is no white space, which stays to be read; 0 where there is none among the first few thousand.</summary>
    public async Task<byte> PeekAsync()
    {
        var buffer = new byte[HeadBytes];
        int length = 0;
        while (length < buffer.Length)
        {
#pragma warning disable CA1835 // .NET Standard has no other overload.
            int count = await ReadAsync(buffer, length, buffer.Length - length, CancellationToken.None).ConfigureAwait(false);
#pragma warning restore CA1835
            if (count == 0) break;
            length += count;
            for (int i = length - count; i < length; i++)
            {
                if (buffer[i] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') continue;
                _peeked = buffer.AsMemory(0, length);
                return buffer[i];
            }
        }

        _peeked = buffer.AsMemory(0, length);
        return 0;
    }

#if NET
    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (TryTake(buffer.Span, out int count)) return new ValueTask<int>(count);
        Memory<byte> into = buffer.Length < AheadBytes ? AheadBuffer() : buffer;
        ValueTask<int> read;
        try
        {
            read = _inner.ReadAsync(into, _reading.Token);
        }
        catch (ObjectDisposedException)
        {
            throw Stopped();
        }

        // Bytes that are already here cost no timer.
        return read.IsCompletedSuccessfully ? new ValueTask<int>(Received(read.Result, into, buffer.Span)) : WaitAsync(read.AsTask(), into, buffer);
    }
#endif

    /// <inheritdoc/>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
#if NET
        return await ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
#else
        if (TryTake(buffer.AsSpan(offset, count), out int taken)) return taken;
        (byte[] into, int start, int length) = count < AheadBytes ? (AheadBuffer(), 0, AheadBytes) : (buffer, offset, count);
        return await WaitAsync(_inner.ReadAsync(into, start, length, _reading.Token), into.AsMemory(start, length), buffer.AsMemory(offset, count)).ConfigureAwait(false);
#endif
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _closing.Dispose();
            _reading.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> WaitAsync(Task<int> read, ReadOnlyMemory<byte> into, Memory<byte> buffer)
    {
        int received;
        _reading.CancelAfter(_silence);
        try
        {
            received = await read.ConfigureAwait(false);
        }
        catch (Exception failure) when (_reading.IsCancellationRequested && failure is OperationCanceledException or ObjectDisposedException or IOException)
        {
            throw Stopped();
        }
        finally
        {
            if (!_reading.IsCancellationRequested) _reading.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        return Received(received, into, buffer.Span);
    }

    private byte[] AheadBuffer() => _aheadBuffer ??= new byte[AheadBytes];

    /// <summary>Takes what is here already, the end included.</summary>
    private bool TryTake(Span<byte> buffer, out int count)
    {
        if (!_peeked.IsEmpty) count = Take(ref _peeked, buffer);
        else if (!_ahead.IsEmpty) count = Take(ref _ahead, buffer);
        else if (AtEnd) count = End(buffer);
        else count = -1;
        return count >= 0;
    }

    private static int Take(ref ReadOnlyMemory<byte> from, Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, from.Length);
        from.Span.Slice(0, count).CopyTo(buffer);
        from = from.Slice(count);
        return count;
    }

    private Exception Stopped()
    {
        if (_stop.IsCancellationRequested) return new OperationCanceledException(_stop);
        return new SilenceException(_silence);
    }

    /// <summary>Takes note of what came, and hands as much of it on as there is room for.</summary>
    private int Received(int count, ReadOnlyMemory<byte> into, Span<byte> buffer)
    {
        if (count == 0) return End(buffer);
        if (_headLength < HeadBytes)
        {
            int kept = Math.Min(count, HeadBytes - _headLength);

            // As large as what comes: most answers that are no streams are shorter.
            if (_head.Length < _headLength + kept) Array.Resize(ref _head, Math.Min(HeadBytes, Math.Max(_headLength + kept, _head.Length * 2)));
            into.Span.Slice(0, kept).CopyTo(_head.AsSpan(_headLength));
            _headLength += kept;
        }

        Total += count;
        _sinceEvent += count;
        if (_sinceEvent > _mostWithoutEvent) throw new TooLargeException(_mostWithoutEvent);
        if (buffer.Length >= AheadBytes) return count;
        _ahead = into.Slice(0, count);
        return Take(ref _ahead, buffer);
    }

    private int End(Span<byte> buffer)
    {
        AtEnd = true;
        int count = Math.Min(_closingLineFeeds, buffer.Length);
        buffer.Slice(0, count).Fill((byte)'\n');
        _closingLineFeeds -= count;
        return count;
    }
}

/// <summary>No byte came for too long.</summary>
internal sealed class SilenceException(TimeSpan silence) : IOException("No byte came for " + silence + ".");

/// <summary>A body or an event grew past what any honest server sends.</summary>
internal sealed class TooLargeException(long limit) : IOException("More than " + limit + " bytes.")
{
    /// <summary>The limit, in bytes.</summary>
    public long Limit { get; } = limit;
}
