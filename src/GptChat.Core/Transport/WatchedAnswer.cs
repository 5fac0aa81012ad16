using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>
/// An answer whose pieces pass through to whoever reads it, and whose end somebody waits for. It is asked for every piece of a stream,
/// and one lies in another: so it is no iterator, and what is already here passes without a state machine.
/// </summary>
/// <param name="cancellation">Fires when the user stops.</param>
internal abstract class WatchedAnswer(CancellationToken cancellation) : IAsyncEnumerable<GptChunk>, IAsyncEnumerator<GptChunk>
{
    private CancellationToken _stop = cancellation;
    private CancellationTokenSource? _eitherStop;
    private IAsyncEnumerator<GptChunk>? _pieces;
    private bool _isBegun;
    private bool _isClosed;

    /// <inheritdoc/>
    public GptChunk Current { get; private set; } = null!;

    /// <summary>The answer, to be read once.</summary>
    /// <param name="cancellationToken">Ends it too.</param>
    public IAsyncEnumerator<GptChunk> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (!_stop.CanBeCanceled) _stop = cancellationToken;
        if (cancellationToken.CanBeCanceled && cancellationToken != _stop)
        {
            _eitherStop = CancellationTokenSource.CreateLinkedTokenSource(_stop, cancellationToken);
            _stop = _eitherStop.Token;
        }

        return this;
    }

    /// <inheritdoc/>
    [MethodImpl(HotPath.Optimized)]
    public ValueTask<bool> MoveNextAsync()
    {
        if (_pieces is null) return BeginAsync();
        ValueTask<bool> next = _pieces.MoveNextAsync();
        if (!next.IsCompletedSuccessfully) return WatchAsync(next);
        bool hasPiece = next.Result;
        if (!hasPiece || _pieces.Current.Response is not null) return WatchAsync(new ValueTask<bool>(hasPiece));
        Current = _pieces.Current;
        Came(Current);
        return new ValueTask<bool>(true);
    }

    /// <summary>Closes it. Nothing becomes of one that nobody has begun to read: it was never sent.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed) return;
        _isClosed = true;
        try
        {
            if (_pieces is not null) await _pieces.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            if (_isBegun) Closed();
            _eitherStop?.Dispose();
        }
    }

    /// <summary>Begins: gives the pieces.</summary>
    protected abstract ValueTask<IAsyncEnumerator<GptChunk>> OpenAsync(CancellationToken cancellation);

    /// <summary>A piece came; the last one carries the whole answer, and may be objected to by throwing.</summary>
    protected abstract void Came(GptChunk piece);

    /// <summary>The answer failed.</summary>
    protected abstract void Failed(GptChatException failure);

    /// <summary>It is over, however it ended, or nobody wants more of it.</summary>
    protected abstract void Closed();

    private async ValueTask<bool> BeginAsync()
    {
        if (_isBegun) return false;
        _isBegun = true;
        try
        {
            _pieces = await OpenAsync(_stop).ConfigureAwait(false);
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return await WatchAsync(_pieces.MoveNextAsync()).ConfigureAwait(false);
    }

    /// <summary>Waits for a piece, and closes the answer where there is none, before anybody hears of it.</summary>
#if NET
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
#endif
    private async ValueTask<bool> WatchAsync(ValueTask<bool> next)
    {
        bool isOpen = false;
        try
        {
            try
            {
                if (!await next.ConfigureAwait(false)) return false;
            }
            catch (GptChatException failure)
            {
                Failed(failure);
                throw;
            }

            Current = _pieces!.Current;
            Came(Current);
            isOpen = true;
            return true;
        }
        finally
        {
            if (!isOpen) await DisposeAsync().ConfigureAwait(false);
        }
    }
}
