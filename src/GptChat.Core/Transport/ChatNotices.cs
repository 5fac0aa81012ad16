using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>
/// What requests have to say while they wait, on its way to the one thread that may say it. Any number of requests post;
/// one reader takes.
/// </summary>
internal sealed class ChatNotices
{
    private readonly Signal _signal = new();

    // Made with the first notice: few requests have anything to say.
    private ConcurrentQueue<ChatNotice>? _notices;

    /// <summary>Completes when there is something to take.</summary>
    public Task Arrival => _signal.Arrival;

    /// <summary>Leaves a notice.</summary>
    public void Post(ChatNotice notice)
    {
        LazyInitializer.EnsureInitialized(ref _notices)!.Enqueue(notice);
        _signal.Set();
    }

    /// <summary>The next notice; null when there is none, and then <see cref="Arrival"/> completes with the next.</summary>
    public ChatNotice? Take()
    {
        if (TakeNow() is { } notice) return notice;

        // What was posted between the look and the reset is seen by another look.
        return _signal.Reset() ? TakeNow() : null;
    }

    private ChatNotice? TakeNow() => Volatile.Read(ref _notices) is { } notices && notices.TryDequeue(out ChatNotice? notice) ? notice : null;
}
