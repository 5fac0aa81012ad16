using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.TestServer;

/// <summary>A listener that never says a word: it does not accept, or does not answer, or does not even read.</summary>
public sealed class SilentServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _filler = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _serving = Task.CompletedTask;

    private SilentServer(int backlog)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(backlog);
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Completes when a client has connected.</summary>
    public Task Accepted => _accepted.Task;

    /// <summary>Completes when that client has begun to send; nothing of it is taken.</summary>
    public Task Sending => _sending.Task;

    /// <summary>Completes when that client has closed its connection.</summary>
    public Task Closed => _closed.Task;

    /// <summary>A server whose queue of connections is full: connecting to it neither succeeds nor fails.</summary>
    public static async Task<SilentServer> StartFullAsync()
    {
        // A queue of none holds one.
        SilentServer server = new(backlog: 0);
        await server._filler.ConnectAsync(server._listener.LocalEndPoint!).ConfigureAwait(false);
        return server;
    }

    /// <summary>A server that accepts one connection and never answers.</summary>
    /// <param name="reads">Whether it reads what comes; else only once <see cref="Read"/> is called.</param>
    public static SilentServer Start(bool reads = true)
    {
        SilentServer server = new(backlog: 16);
        if (reads) server.Read();
        server._serving = server.ServeAsync();
        return server;
    }

    /// <summary>Begins to read, and so to see a close behind what was sent before it.</summary>
    public void Read() => _reading.TrySetResult();

    /// <summary>Closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        _filler.Dispose();
        await _serving.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using Socket client = await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
            _accepted.TrySetResult();
            var buffer = new byte[64 * 1024];
            if (await client.ReceiveAsync(buffer, SocketFlags.Peek, _stopping.Token).ConfigureAwait(false) > 0) _sending.TrySetResult();
            await _reading.Task.WaitAsync(_stopping.Token).ConfigureAwait(false);
            while (await client.ReceiveAsync(buffer, _stopping.Token).ConfigureAwait(false) > 0)
            {
                // Whatever it says.
            }

            _closed.TrySetResult();
        }
        catch (SocketException)
        {
            // A reset is a close too.
            _closed.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            _accepted.TrySetCanceled();
            _sending.TrySetCanceled();
            _closed.TrySetCanceled();
        }
    }
}
