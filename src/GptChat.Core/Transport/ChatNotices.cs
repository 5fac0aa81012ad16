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
    private readonly Signal _signal = new();

    /// <summary>Completes when there is something to take.</summary>
    public Task Arrival => _signal.Arrival;

    /// <summary>Leaves a notice.</summary>
    public void Post(ChatNotice notice)
    {
        _notices.Enqueue(notice);
        _signal.Set();
    }

    /// <summary>The next notice; null when there is none, and then <see cref="Arrival"/> completes with the next.</summary>
    public ChatNotice? Take()
    {
        if (_notices.TryDequeue(out ChatNotice? notice)) return notice;

        // What was posted between the look and the reset is seen by another look.
        return _signal.Reset() && _notices.TryDequeue(out notice) ? notice : null;
    }
}
