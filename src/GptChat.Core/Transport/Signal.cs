using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>Wakes the one thread that waits for many producers. Nothing that was set is missed, however it races with a reset.</summary>
internal sealed class Signal
{
    private volatile TaskCompletionSource<bool> _promise = New();

    /// <summary>Completes when it is set.</summary>
    public Task Arrival => _promise.Task;

    /// <summary>Wakes whoever waits, now or next.</summary>
    public void Set() => _promise.TrySetResult(true);

    /// <summary>Makes it ready to be waited for again. Whoever resets looks once more for what came before.</summary>
    /// <returns>Whether it was set.</returns>
    public bool Reset()
    {
        if (!_promise.Task.IsCompleted) return false;
        _promise = New();
        return true;
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
