using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Hosting;

/// <summary>
/// Work that requests under way hand to the pipeline thread, the only one on which commands run and may write: they wait for it, and
/// it does the work while it waits for them.
/// </summary>
internal sealed class PipelineJobs
{
    private readonly ConcurrentQueue<Action> _jobs = new();
    private readonly Signal _signal = new();

    /// <summary>Completes when there is something to do.</summary>
    public Task Arrival => _signal.Arrival;

    /// <summary>Has work done, and waits for it on any thread.</summary>
    /// <param name="work">The work. Failures of ours go to whoever waits; everything else ends the pipeline, as it would anywhere in a command.</param>
    /// <param name="cancellation">Fires when nobody waits any more; work that has not begun is dropped then.</param>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration giving = cancellation.Register(() => done.TrySetCanceled(cancellation));
        _jobs.Enqueue(() =>
        {
            if (done.Task.IsCompleted) return;
            try
            {
                done.TrySetResult(work());
            }
            catch (GptChatException failure)
            {
                done.TrySetException(failure);
            }
        });
        _signal.Set();
        return await done.Task.ConfigureAwait(false);
    }

    /// <summary>Does what there is to do. Only on the pipeline thread, and never where exceptions are caught: a command may end the pipeline.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Run()
    {
        bool any = false;
        while (TakeNext() is { } job)
        {
            any = true;
            job();
        }

        return any;
    }

    private Action? TakeNext()
    {
        if (_jobs.TryDequeue(out Action? job)) return job;

        // What was left between the look and the reset is seen by another look.
        return _signal.Reset() && _jobs.TryDequeue(out job) ? job : null;
    }
}
