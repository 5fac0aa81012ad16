using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Core.Tests;

/// <summary>A clock that a test moves. Nothing is due before.</summary>
internal sealed class ManualClock : WaitClock
{
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan Due, TaskCompletionSource Done)> _delays = [];
    private TaskCompletionSource _asked = New();
    private TimeSpan _now;

    public override TimeSpan Now
    {
        get
        {
            lock (_lock) return _now;
        }
    }

    public override async Task Delay(TimeSpan time, CancellationToken cancellation)
    {
        TaskCompletionSource done = New();
        TaskCompletionSource asked;
        lock (_lock)
        {
            if (time <= TimeSpan.Zero) return;
            _delays.Add((_now + time, done));
            asked = _asked;
            _asked = New();
        }

        asked.TrySetResult();
        using CancellationTokenRegistration stop = cancellation.Register(() => done.TrySetCanceled(cancellation));
        await done.Task;
    }

    /// <summary>Waits until somebody waits for this moment.</summary>
    public async Task WaitForAsync(TimeSpan due)
    {
        while (true)
        {
            Task asked;
            lock (_lock)
            {
                if (_delays.Exists(delay => delay.Due == due && !delay.Done.Task.IsCompleted)) return;
                asked = _asked.Task;
            }

            await asked.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Moves on to a moment, past everything that is due before it, in its order.</summary>
    public void MoveTo(TimeSpan moment)
    {
        while (true)
        {
            (TimeSpan Due, TaskCompletionSource Done) next;
            lock (_lock)
            {
                next = _delays.Where(delay => delay.Due <= moment).OrderBy(delay => delay.Due).FirstOrDefault();
                if (next.Done is null)
                {
                    _now = moment;
                    return;
                }

                _delays.Remove(next);
                _now = next.Due;
            }

            next.Done.TrySetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
