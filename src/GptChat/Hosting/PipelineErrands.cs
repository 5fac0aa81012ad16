using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Hosting;

/// <summary>
/// What work in the background needs done on the pipeline thread, the only one that may write and ask. It runs when that thread waits
/// or takes answers.
/// </summary>
internal sealed class PipelineErrands
{
    private readonly Signal _signal = new();

    // Made with the first errand: few calls have any.
    private ConcurrentQueue<Action>? _errands;

    /// <summary>Completes when there is something to run.</summary>
    public Task Arrival => _signal.Arrival;

    /// <summary>Leaves an errand, and completes when it was run.</summary>
    public async Task<T> DoAsync<T>(Func<T> errand, CancellationToken stop)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        LazyInitializer.EnsureInitialized(ref _errands)!.Enqueue(() =>
        {
            if (done.Task.IsCompleted) return;
            try
            {
                done.TrySetResult(errand());
            }
            catch (GptChatException failure)
            {
                done.TrySetException(failure);
            }
        });
        _signal.Set();
        using (stop.Register(() => done.TrySetCanceled())) return await done.Task.ConfigureAwait(false);
    }

    /// <summary>Makes the pipeline thread look again.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Runs what is there. Only on the pipeline thread; what the pipeline itself throws passes.</summary>
    /// <returns>Whether there was something, or somebody woke the thread: whoever waits for a change looks again.</returns>
    public bool Run()
    {
        bool hasRun = false;
        while (true)
        {
            while (Volatile.Read(ref _errands) is { } errands && errands.TryDequeue(out Action? errand))
            {
                hasRun = true;
                errand();
            }

            // What was left between the look and the reset is seen by another look.
            if (!_signal.Reset()) return hasRun;
            hasRun = true;
        }
    }
}
