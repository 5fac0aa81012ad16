using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
#if NET
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
#endif

namespace GptChat.Transport;

/// <summary>
/// The first stage of a request: until a connection stands. Its limit belongs to the request, so that clients need not be told
/// apart by it; and when the request ends in it, by its limit or by a stop, what was begun is closed at once. HTTP stacks go on
/// connecting in the background, for somebody who may need it later.
/// </summary>
internal sealed class ConnectStage : IDisposable
{
    private readonly CancellationTokenSource _ending;
    private readonly TimeSpan _limit;
    private readonly bool _hasBody;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _isOver;
    private long _stoodTicks;

    /// <summary>Begins the stage.</summary>
    /// <param name="limit">How long it may take.</param>
    /// <param name="hasBody">Whether a body tells by being written that a connection stands. Without one the limit counts while one is made.</param>
    /// <param name="stop">Ends the request in any stage.</param>
    public ConnectStage(TimeSpan limit, bool hasBody, CancellationToken stop)
    {
        _limit = limit;
        _hasBody = hasBody;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (hasBody) _ending.CancelAfter(limit);
    }

    /// <summary>Fires when the request ends, in this stage or a later one.</summary>
    public CancellationToken Token => _ending.Token;

    /// <summary>The time since it began.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>When a connection stood that was made for the request; null where one was there, or where the stack does not tell.</summary>
    public TimeSpan? Stood => Interlocked.Read(ref _stoodTicks) is var ticks and > 0 ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Whether a connection stands: the request's own or one that was there.</summary>
    public bool IsOver => Volatile.Read(ref _isOver) != 0;

    /// <summary>The request begins to be written: the limit no longer counts.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0) _ending.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => _ending.Dispose();

#if NET
    private static readonly HttpRequestOptionsKey<ConnectStage> Key = new("GptChat.ConnectStage");

    // A tunnel through a proxy is asked for by a request of the runtime's own, which knows nothing of the one that it is for. The runtime
    // may also connect for a request on behalf of another one, which has its connection by then, or has ended: that one is not it.
    private static readonly AsyncLocal<ConnectStage?> Current = new();

    private readonly List<CancellationTokenRegistration> _closings = new();

    /// <summary>Goes with a request that is sent right after, on the same thread.</summary>
    public void Attach(HttpRequestMessage request)
    {
        request.Options.Set(Key, this);
        Current.Value = this;
    }

    /// <summary>Connects for a request; the secure handshake that may follow is closed with it too.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        HttpRequestMessage request = context.InitialRequestMessage;
        ConnectStage? stage = Of(request) ?? (request.Method.Method == "CONNECT" && Current.Value is { IsWaiting: true } waiting ? waiting : null);
        stage?.Begin();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stage?.TokenOrEnded() ?? default);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, ending.Token).ConfigureAwait(false);
            stage?.CloseWithRequest(socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A connection stands: from now on it may serve others, and its request's end is no reason to close it. One to a proxy of
    /// which a tunnel is still to be asked does not, and the request for it carries no stage.
    /// </summary>
    public static ValueTask<Stream> StandAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellation)
    {
        Of(context.InitialRequestMessage)?.KeepOpen();
        return new ValueTask<Stream>(context.PlaintextStream);
    }

    private static ConnectStage? Of(HttpRequestMessage request) => request.Options.TryGetValue(Key, out ConnectStage? stage) ? stage : null;

    private bool IsWaiting => !IsOver && Stood is null && !TokenOrEnded().IsCancellationRequested;

    /// <summary>A connection is being made for a request that will not tell when it stands.</summary>
    private void Begin()
    {
        if (_hasBody) return;
        try
        {
            _ending.CancelAfter(_limit);
        }
        catch (ObjectDisposedException)
        {
            // Served by another connection in the meantime.
        }
    }

    private CancellationToken TokenOrEnded()
    {
        try
        {
            return _ending.Token;
        }
        catch (ObjectDisposedException)
        {
            // The request was served by another connection in the meantime; this one is for whoever comes next.
            return default;
        }
    }

    private void CloseWithRequest(Socket socket)
    {
        lock (_closings) _closings.Add(TokenOrEnded().UnsafeRegister(static state => ((Socket)state!).Dispose(), socket));
    }

    private void KeepOpen()
    {
        lock (_closings)
        {
            foreach (CancellationTokenRegistration closing in _closings) closing.Unregister();
            _closings.Clear();
        }

        Interlocked.CompareExchange(ref _stoodTicks, Math.Max(1, _clock.Elapsed.Ticks), 0);

        if (_hasBody) return;
        try
        {
            End();
        }
        catch (ObjectDisposedException)
        {
            // As above.
        }
    }
#endif
}
