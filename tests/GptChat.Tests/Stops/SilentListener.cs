using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Tests.Stops;

/// <summary>A listener that says nothing: it takes one connection, hears its first bytes and then, if it reads at all, only reads on.</summary>
internal sealed class SilentListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<long> _serving;

    /// <summary>Listens.</summary>
    /// <param name="readsOn">Whether it goes on to read by itself; else only once <see cref="ReadOn"/> is called.</param>
    public SilentListener(bool readsOn)
    {
        if (readsOn) ReadOn();
        _listener.ReceiveBufferSize = 4096;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Completes when the first bytes have come.</summary>
    public Task Heard => _heard.Task;

    /// <summary>Completes, with all bytes that came, when the other side has closed the connection.</summary>
    public Task<long> Closed => _serving;

    public void ReadOn() => _reading.TrySetResult();

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task<long> ServeAsync()
    {
        using Socket connection = await _listener.AcceptAsync(_stopping.Token);
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        try
        {
            while (await connection.ReceiveAsync(buffer, _stopping.Token) is > 0 and int count)
            {
                total += count;
                _heard.TrySetResult();
                await _reading.Task.WaitAsync(_stopping.Token);
            }
        }
        catch (SocketException)
        {
            // A reset is a close too.
        }

        return total;
    }
}
