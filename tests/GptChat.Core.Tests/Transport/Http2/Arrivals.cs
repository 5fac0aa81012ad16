using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Core.Tests.Transport.Http2;

/// <summary>Requests that wait at the server for one another.</summary>
/// <param name="count">How many.</param>
internal sealed class Arrivals(int count)
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _here;

    /// <summary>Completes when all are there.</summary>
    public Task All => _complete.Task;

    /// <summary>One more is there.</summary>
    public void Add()
    {
        if (Interlocked.Increment(ref _here) == count) _complete.TrySetResult();
    }
}
