using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.TestServer.Http;

/// <summary>One connection: request, reply, and so on until one side closes it.</summary>
/// <remarks>
/// HTTP/1.1 is spoken here by hand, because most of the faults are answers that a proper server refuses to give.
/// </remarks>
internal sealed class Connection
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly RequestReader _reader;
    private readonly Func<ReceivedRequest, Reply> _chooseReply;
    private readonly CancellationToken _stopping;

    private Connection(Socket socket, Stream stream, int number, Func<ReceivedRequest, Reply> chooseReply, CancellationToken stopping)
    {
        _socket = socket;
        _stream = stream;
        _reader = new RequestReader(stream, number);
        _chooseReply = chooseReply;
        _stopping = stopping;
    }

    /// <summary>Serves the connection until it ends, and closes it.</summary>
    public static async Task RunAsync(Socket socket, X509Certificate2? certificate, int number, Func<ReceivedRequest, Reply> chooseReply, CancellationToken stopping)
    {
        using (socket)
        using (Stream stream = Wrap(socket, certificate))
        using (stopping.UnsafeRegister(static state => ((Socket)state!).Dispose(), socket))
        {
            try
            {
                if (stream is SslStream secure) await secure.AuthenticateAsServerAsync(certificate!).ConfigureAwait(false);
                await new Connection(socket, stream, number, chooseReply, stopping).ServeAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (IsConnectionLoss(error) || stopping.IsCancellationRequested)
            {
                // The other side has gone, or this one stops: either way the connection is over.
            }
        }
    }

    /// <summary>Whether <paramref name="error"/> says that the connection is no more.</summary>
    public static bool IsConnectionLoss(Exception error) => error is IOException or SocketException or ObjectDisposedException or AuthenticationException;

    private static Stream Wrap(Socket socket, X509Certificate2? certificate)
    {
        NetworkStream stream = new(socket, ownsSocket: false);
        return certificate is null ? stream : new SslStream(stream);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            ReceivedRequest? request;
            try
            {
                request = await _reader.ReadAsync(_stopping).ConfigureAwait(false);
            }
            catch (InvalidDataException)
            {
                await _stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stopping).ConfigureAwait(false);
                return;
            }
            if (request is null) return;
            if (!await AnswerAsync(request).ConfigureAwait(false)) return;
        }
    }

    /// <summary>Answers one request; says whether the connection lives on.</summary>
    private async Task<bool> AnswerAsync(ReceivedRequest request)
    {
        try
        {
            Reply reply = _chooseReply(request);
            AfterReply after = reply.RawHandler is { } handler
                ? await HandOverAsync(handler).ConfigureAwait(false)
                : await WriteAsync(request, reply).ConfigureAwait(false);
            if (after == AfterReply.KeepAlive && WantsClose(request)) after = AfterReply.Close;
            if (after != AfterReply.KeepAlive) Close(after);
            request.MarkCompleted();
            return after == AfterReply.KeepAlive;
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            request.MarkStopped();
        }
        catch (ClientGoneException)
        {
            request.MarkAborted();
        }
        catch (Exception error) when (IsConnectionLoss(error))
        {
            request.MarkAborted();
        }
#pragma warning disable CA1031 // Whatever a test's own code throws is the test's to see, through Completed.
        catch (Exception error)
#pragma warning restore CA1031
        {
            request.MarkFailed(error);
        }
        return false;
    }

    private async Task<AfterReply> WriteAsync(ReceivedRequest request, Reply reply)
    {
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        Task watching = WatchAsync(gone);
        try
        {
            return await new ReplyWriter(_stream, reply, gone.Token).SendAsync(request).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            throw new ClientGoneException();
        }
        finally
        {
            _reader.StopWatching();
            await watching.ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(CancellationTokenSource gone)
    {
        if (await _reader.WatchForCloseAsync().ConfigureAwait(false)) await gone.CancelAsync().ConfigureAwait(false);
    }

    private async Task<AfterReply> HandOverAsync(Func<Stream, CancellationToken, Task> handler)
    {
        await handler(_stream, _stopping).WaitAsync(_stopping).ConfigureAwait(false);
        return AfterReply.Close;
    }

    private void Close(AfterReply how)
    {
        try
        {
            if (how == AfterReply.Reset) _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            else _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The client was quicker; all was sent before.
        }
        _socket.Close();
    }

    private static bool WantsClose(ReceivedRequest request) =>
        request.Headers.TryGetValue("Connection", out string? value) && value.Contains("close", StringComparison.OrdinalIgnoreCase);

    /// <summary>The client closed the connection while its reply was under way.</summary>
    private sealed class ClientGoneException : Exception;
}
