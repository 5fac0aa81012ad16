using System;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat;

internal sealed class PeriodicTimer(TimeSpan period) : IDisposable
{
    public async ValueTask<bool> WaitForNextTickAsync(CancellationToken cancellation)
    {
        await Task.Delay(period, cancellation);
        return true;
    }

    public void Dispose()
    {
    }
}
