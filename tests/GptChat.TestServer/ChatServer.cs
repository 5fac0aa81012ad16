using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer.Http;
using GptChat.TestServer.Scripting;

namespace GptChat.TestServer;

/// <summary>A Chat Completions server on the loopback address that answers, or fails, exactly as it is told.</summary>
/// <remarks>
/// Any path is answered. A request takes the next reply of the queue; when that is empty, what <see cref="Respond"/> says, and
/// without that, <see cref="Default"/>.
/// </remarks>
public sealed class ChatServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _connections = [];
    private readonly Lock _lock = new();
    private readonly Queue<Reply> _queue = new();
    private readonly RequestLog _log = new();
    private readonly Task _accepting;
    private int _connectionCount;
    private int _disposed;

    private ChatServer(TcpListener listener, X509Certificate2? certificate)
    {
        _listener = listener;
        _certificate = certificate;
        BaseUri = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1");
        _accepting = AcceptAsync();
    }

    /// <summary>The base address for clients, such as <c>http://127.0.0.1:41234/v1</c>.</summary>
    public Uri BaseUri { get; }

    /// <summary>The reply when nothing else is scripted.</summary>
    public Reply Default { get; set; } = Reply.Completion("This is the answer of the test server.");

    /// <summary>Chooses the reply by the request when the queue is empty. What it throws becomes a 500.</summary>
    public Func<ReceivedRequest, Reply>? Respond { get; set; }

    /// <summary>The names that <c>GET …/models</c> lists, without taking a reply from the queue; null to treat it like any request.</summary>
    public IReadOnlyList<string>? Models { get; set; }

    /// <summary>Raised for each request as it is received; what <see cref="Clear"/> forgets was raised all the same.</summary>
    public event Action<ReceivedRequest>? Received;

    /// <summary>Whether the server can be scripted over HTTP, at <c>/_script</c> and <c>/_requests</c>.</summary>
    public bool AllowScripting { get; set; }

    /// <summary>What has been received, oldest first.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _log.Snapshot();

    /// <summary>How many connections have been accepted.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>Starts a server on <paramref name="port"/>, or on a free one; with a certificate it speaks TLS only.</summary>
    public static Task<ChatServer> StartAsync(int port = 0, X509Certificate2? certificate = null)
    {
        TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return Task.FromResult(new ChatServer(listener, certificate));
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Adds replies to the queue; each request takes one.</summary>
    public void Enqueue(params Reply[] replies)
    {
        ArgumentNullException.ThrowIfNull(replies);
        lock (_lock)
        {
            foreach (Reply reply in replies) _queue.Enqueue(reply);
        }
    }

    /// <summary>Forgets the queue and the received requests.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _queue.Clear();
            _log.Clear();
        }
    }

    /// <summary>Waits until so many requests have been received in all, and returns them.</summary>
    public Task<IReadOnlyList<ReceivedRequest>> WaitForRequestsAsync(int count, CancellationToken cancellationToken = default) =>
        _log.WaitAsync(count, cancellationToken);

    /// <summary>Stops at once: closes every connection, hanging replies included, and waits until nothing runs any more.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections).ConfigureAwait(false);
        _log.Stop();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptSocketAsync(_stopping.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                int number = Interlocked.Increment(ref _connectionCount);
                _connections.RemoveAll(connection => connection.IsCompleted);
                _connections.Add(Task.Run(() => Connection.RunAsync(socket, _certificate, number, Choose, _stopping.Token), CancellationToken.None));
            }
            catch (Exception error) when (_stopping.IsCancellationRequested || Connection.IsConnectionLoss(error))
            {
                // Either the end, or a client that left before it was accepted.
            }
        }
    }

    private Reply Choose(ReceivedRequest request)
    {
        if (AllowScripting && ScriptEndpoint.Answer(this, _log, request) is { } control) return control;
        Received?.Invoke(request);
        Reply? queued = null;
        lock (_lock)
        {
            _log.Add(request);
            if (Models is { } models && request.Method == "GET" && request.PathWithoutQuery.EndsWith("/models", StringComparison.Ordinal))
                return Reply.Json(Payloads.Models(models));
            _queue.TryDequeue(out queued);
        }
        return queued ?? Computed(request);
    }

    private Reply Computed(ReceivedRequest request)
    {
        if (Respond is not { } respond) return Default;
        try
        {
            return respond(request);
        }
#pragma warning disable CA1031 // A test's own mistake should show up in its client rather than as a lost connection.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Reply.Error(500, error.ToString(), "test_server_error");
        }
    }
}
