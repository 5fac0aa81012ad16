using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Core.Tests.Transport.Http2;

/// <summary>A proxy that grants every tunnel.</summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _tunnels = [];
    private readonly Task _accepting;

    public TunnelProxy()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Uri => new("http://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_tunnels);
        _stop.Dispose();
    }

    private static bool IsEnd(Exception error) => error is OperationCanceledException or SocketException or ObjectDisposedException or IOException;

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _tunnels.Add(TunnelAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception error) when (IsEnd(error))
        {
            // The end.
        }
    }

    private async Task TunnelAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            await using NetworkStream near = client.GetStream();
            var request = new StringBuilder();
            var one = new byte[1];
            while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                await near.ReadExactlyAsync(one, _stop.Token);
                request.Append((char)one[0]);
            }

            // CONNECT localhost:41234 HTTP/1.1
            int port = new Uri("http://" + request.ToString().Split(' ')[1]).Port;
            await server.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
            await near.WriteAsync("HTTP/1.1 200 Granted\r\n\r\n"u8.ToArray(), _stop.Token);
            await using NetworkStream far = server.GetStream();
            await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
        }
        catch (Exception error) when (IsEnd(error))
        {
            // One side has left.
        }
    }
}
