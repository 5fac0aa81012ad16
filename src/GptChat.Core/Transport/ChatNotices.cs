using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>
/// What requests have to say while they wait, on its way to the one thread that may say it. Any number of requests post;
/// one reader takes.
/// </summary>
internal sealed class ChatNotices
{
    private readonly ConcurrentQueue<ChatNotice> _notices = new();
    private volatile TaskCompletionSource<bool> _arrival = New();

    /// <summary>Completes when there is something to take.</summary>
    public Task Arrival => _arrival.Task;

    /// <summary>Leaves a notice.</summary>
    public void Post(ChatNotice notice)
    {
        _notices.Enqueue(notice);
        _arrival.TrySetResult(true);
    }

    /// <summary>The next notice; null when there is none, and then <see cref="Arrival"/> completes with the next.</summary>
    public ChatNotice? Take()
    {
        if (_notices.TryDequeue(out ChatNotice? notice)) return notice;
        if (!_arrival.Task.IsCompleted) return null;

        // First a new promise, then another look: what is posted between the two is seen by one of them.
        _arrival = New();
        return _notices.TryDequeue(out notice) ? notice : null;
    }

    private static TaskCompletionSource<bool> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
