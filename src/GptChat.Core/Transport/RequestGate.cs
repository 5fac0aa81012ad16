using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>
/// What all requests to one connection pass before they are sent. It stands open until a server tells one of them to wait;
/// then all wait, and afterwards they do not start again all at once: one goes first, two more for it when it is not refused,
/// and so on, until nobody waits any more.
/// </summary>
internal sealed class RequestGate(WaitClock clock)
{
    /// <summary>A request that was not refused in this time is being worked on: refusals come at once, answers may take minutes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly LinkedList<TaskCompletionSource<GatePass?>> _waiting = new();
    private volatile bool _isBusy;
    private TimeSpan _until;
    private int _most = 1;
    private int _underWay;
    private bool _isTicking;

    /// <summary>The time that it goes by.</summary>
    public WaitClock Clock => clock;

    /// <summary>How long nothing is sent at least; zero where requests go out, be it one after the other.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (!_isBusy) return TimeSpan.Zero;
            lock (_lock)
            {
                TimeSpan left = _until - clock.Now;
                return _isBusy && left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Waits until a request may be sent.</summary>
    /// <returns>What must be given back once the server's attitude is known; null where the gate stands open.</returns>
    /// <exception cref="OperationCanceledException">The user stopped.</exception>
    public ValueTask<GatePass?> EnterAsync(CancellationToken cancellation) => _isBusy ? WaitAsync(cancellation) : default;

    /// <summary>A server told one request to wait: all wait.</summary>
    public void Hold(TimeSpan time)
    {
        lock (_lock)
        {
            TimeSpan until = clock.Now + time;
            if (until > _until || !_isBusy) _until = until;
            _most = 1;
            _isBusy = true;
            Tick();
        }
    }

    /// <summary>Takes a pass back.</summary>
    internal void Return(bool isWelcome)
    {
        lock (_lock)
        {
            _underWay--;
            if (isWelcome && _most < int.MaxValue) _most++;
            if (clock.Now < _until) Tick();
            else if (_waiting.Count > 0) Admit();
            else if (isWelcome) _isBusy = false;
        }
    }

    private async ValueTask<GatePass?> WaitAsync(CancellationToken cancellation)
    {
        var place = new TaskCompletionSource<GatePass?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_isBusy) return null;
            _waiting.AddLast(place);
            if (clock.Now < _until) Tick();
            else Admit();
        }

        using (cancellation.Register(() => Leave(place, cancellation))) return await place.Task.ConfigureAwait(false);
    }

    private void Leave(TaskCompletionSource<GatePass?> place, CancellationToken cancellation)
    {
        bool wasWaiting;
        lock (_lock) wasWaiting = _waiting.Remove(place);

        // Who is no longer in the queue has a pass, and gives it back.
        if (wasWaiting) place.TrySetCanceled(cancellation);
    }

    /// <summary>Lets those go who may; the lock is held, and the time is over.</summary>
    private void Admit()
    {
        while (_waiting.First is { } first && _underWay < _most)
        {
            _waiting.RemoveFirst();
            _underWay++;
            var pass = new GatePass(this);
            pass.ReturnAfter(clock.Delay(Grace, CancellationToken.None));
            first.Value.TrySetResult(pass);
        }
    }

    /// <summary>Sees to it that somebody wakes those who wait when the time is over; the lock is held.</summary>
    private void Tick()
    {
        if (_isTicking || _waiting.Count == 0) return;
        _isTicking = true;
        _ = TickAsync();
    }

    private async Task TickAsync()
    {
        while (true)
        {
            TimeSpan left;
            lock (_lock)
            {
                left = _until - clock.Now;
                if (left <= TimeSpan.Zero || _waiting.Count == 0)
                {
                    _isTicking = false;
                    Admit();
                    return;
                }
            }

            await clock.Delay(left, CancellationToken.None).ConfigureAwait(false);
        }
    }
}

/// <summary>The right to send one request while a connection recovers.</summary>
internal sealed class GatePass(RequestGate gate)
{
    private int _isReturned;

    /// <summary>Gives it back.</summary>
    /// <param name="isWelcome">Whether the server took the request, so that more may follow.</param>
    public void Return(bool isWelcome)
    {
        if (Interlocked.Exchange(ref _isReturned, 1) == 0) gate.Return(isWelcome);
    }

    /// <summary>Gives it back as welcome when the time in which refusals come is over.</summary>
    public async void ReturnAfter(Task grace)
    {
        await grace.ConfigureAwait(false);
        Return(isWelcome: true);
    }
}
