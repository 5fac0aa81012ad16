using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Http2Server;

/// <summary>A server of HTTP/2 that writes its frames itself, for faults that no web server commits on request.</summary>
public sealed class FrameServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<FrameRequest, Task> _respond;
    private readonly Task _accepting;
    private int _requests;
    private int _accepted;

    /// <summary>Starts one.</summary>
    /// <param name="certificate">Its certificate.</param>
    /// <param name="respond">Answers a request.</param>
    public FrameServer(X509Certificate2 certificate, Func<FrameRequest, Task> respond)
    {
        _certificate = certificate;
        _respond = respond;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The base address for clients.</summary>
    public string BaseUri => "https://localhost:" + ((IPEndPoint)_listener.LocalEndpoint).Port + "/v1";

    /// <summary>How many requests came.</summary>
    public int RequestCount => Volatile.Read(ref _requests);

    /// <summary>How many connections were accepted.</summary>
    public int AcceptedCount => Volatile.Read(ref _accepted);

    /// <summary>The streams that clients reset, by their numbers.</summary>
    public ConcurrentQueue<int> Resets { get; } = [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        var secure = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await using (secure.ConfigureAwait(false))
        {
            try
            {
                var options = new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] };
                await secure.AuthenticateAsServerAsync(options, _stop.Token).ConfigureAwait(false);
                await ReadAsync(secure).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
            {
                // A client that left, or the end.
            }
        }
    }

    private async Task ReadAsync(SslStream stream)
    {
        var frames = new FrameWriter(stream);
        await stream.ReadExactlyAsync(new byte[FrameWriter.PrefaceLength], _stop.Token).ConfigureAwait(false);
        await frames.WriteAsync(FrameKind.Settings, 0, 0).ConfigureAwait(false);
        var header = new byte[9];
        while (true)
        {
            await stream.ReadExactlyAsync(header, _stop.Token).ConfigureAwait(false);
            var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
            await stream.ReadExactlyAsync(payload, _stop.Token).ConfigureAwait(false);
            var kind = (FrameKind)header[3];
            bool isAnswer = (header[4] & FrameWriter.Ack) != 0;
            int id = ((header[5] & 0x7f) << 24) | (header[6] << 16) | (header[7] << 8) | header[8];
            switch (kind)
            {
                case FrameKind.Settings when !isAnswer:
                    await frames.WriteAsync(FrameKind.Settings, FrameWriter.Ack, 0).ConfigureAwait(false);
                    break;
                case FrameKind.Ping when !isAnswer:
                    await frames.WriteAsync(FrameKind.Ping, FrameWriter.Ack, 0, payload).ConfigureAwait(false);
                    break;
                case FrameKind.Headers:
                    await _respond(new FrameRequest(Interlocked.Increment(ref _requests), id, frames, stream)).ConfigureAwait(false);
                    break;
                case FrameKind.Reset:
                    Resets.Enqueue(id);
                    break;
            }
        }
    }
}
