using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Hosting;

/// <summary>
/// Pulls an asynchronous sequence on the pipeline thread, the only one that may write. What is already there is taken without
/// waiting; a wait ends the moment the user stops, whatever the sequence is doing. While it lasts, the thread says what the
/// requests behind the sequence have to say, and does what they need done on it.
/// </summary>
internal sealed class AsyncPull<T>(IAsyncEnumerable<T> source, WaitTeller teller, CancellationToken stop, PipelineErrands? errands = null) : IDisposable
{
    private readonly IAsyncEnumerator<T> _items = source.GetAsyncEnumerator(stop);
    private Task? _pending;

    /// <summary>The item that <see cref="MoveNext"/> found.</summary>
    public T Current => _items.Current;

    /// <summary>Waits for the next item.</summary>
    /// <exception cref="OperationCanceledException">The user stopped.</exception>
    public bool MoveNext()
    {
        ValueTask<bool> next = _items.MoveNextAsync();
        if (next.IsCompletedSuccessfully)
        {
            bool hasItem = next.Result;
            teller.Tell();
            return hasItem;
        }

        Task<bool> pending = next.AsTask();
        _pending = pending;
        Wait(pending);
        teller.Tell();
        return pending.GetAwaiter().GetResult();
    }

    /// <summary>Closes the sequence; one that has not ended its step yet closes when it has.</summary>
    public void Dispose()
    {
        if (_pending is { IsCompleted: false } pending)
        {
            // The step was cancelled and ends by itself; nobody is left to see how.
            _ = pending.ContinueWith(
                static (step, items) =>
                {
                    _ = step.Exception;
                    return ((IAsyncEnumerator<T>)items!).DisposeAsync().AsTask();
                },
                _items,
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
            return;
        }

        ValueTask closing = _items.DisposeAsync();
        if (closing.IsCompleted) closing.GetAwaiter().GetResult();
        else closing.AsTask().GetAwaiter().GetResult();
    }

    private void Wait(Task<bool> pending)
    {
        while (!pending.IsCompleted)
        {
            teller.Tell();
            if (errands is null) Task.WaitAny(new[] { pending, teller.Arrival }, teller.Patience, stop);
            else if (!errands.Run()) Task.WaitAny(new[] { pending, teller.Arrival, errands.Arrival }, teller.Patience, stop);
        }
    }
}
