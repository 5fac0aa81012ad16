using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.TestServer;

/// <summary>The received requests, and the way to wait for more of them.</summary>
internal sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedRequest> _requests = [];
    private TaskCompletionSource _arrival = NewArrival();

    public void Add(ReceivedRequest request)
    {
        TaskCompletionSource arrival;
        lock (_lock)
        {
            _requests.Add(request);
            arrival = _arrival;
            _arrival = NewArrival();
        }
        arrival.TrySetResult();
    }

    public void Clear()
    {
        lock (_lock) _requests.Clear();
    }

    /// <summary>Ends every wait.</summary>
    public void Stop()
    {
        lock (_lock) _arrival.TrySetCanceled();
    }

    public IReadOnlyList<ReceivedRequest> Snapshot()
    {
        lock (_lock) return [.. _requests];
    }

    /// <summary>Waits until so many requests are there.</summary>
    public async Task<IReadOnlyList<ReceivedRequest>> WaitAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrival;
            lock (_lock)
            {
                if (_requests.Count >= count) return [.. _requests];
                arrival = _arrival.Task;
            }
            await arrival.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the replies to the first so many requests are over, one way or the other.</summary>
    public async Task WaitFinishedAsync(int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReceivedRequest> requests = await WaitAsync(count, cancellationToken).ConfigureAwait(false);
        IEnumerable<Task> replies = requests.Take(count).Select(request => (Task)Task.WhenAny(request.Completed, request.Aborted));
        await Task.WhenAll(replies).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
