using System;
using System.Collections.Concurrent;
using System.Net.Http;
using System.Threading;

namespace GptChat.Transport;

/// <summary>
/// The HTTP clients of the process: calls share their open connections. They outlive the module, so that whoever removes and imports
/// it again, in whichever runspace, finds them working. Every limit of time belongs to a request, none to a client: it neither
/// sticks from call to call, nor does a script that passes many values leave a client behind for each.
/// </summary>
internal static class HttpClients
{
    /// <summary>How large the headers of an answer may be.</summary>
    public const int MostHeaderKilobytes = 64;

    /// <summary>The runtime's own variable of the environment that turns HTTP/2 off where it is 0.</summary>
    public const string Http2Variable = "DOTNET_SYSTEM_NET_HTTP_SOCKETSHTTPHANDLER_HTTP2SUPPORT";

    /// <summary>
    /// How long an answer that is left before its end is read on, to save the connection. The end of a whole stream comes right after
    /// its last event; whoever wants no more of an answer must not pay for two more seconds of it.
    /// </summary>
    public static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(50);

    private static readonly ConcurrentDictionary<HttpSettings, HttpClient> Clients = new();

    /// <summary>The client for settings that no request can change: those of the way to the server.</summary>
    public static HttpClient For(HttpSettings settings) => Clients.GetOrAdd(settings, Create);

    private static HttpClient Create(HttpSettings settings)
    {
#if NET
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectStage.ConnectAsync,
            PlaintextStreamFilter = ConnectStage.StandAsync,

            MaxResponseHeadersLength = MostHeaderKilobytes,

            // Keys would go with a redirect to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ResponseDrainTimeout = Drain,

            // A server that takes two requests at once on a connection must not make thirty wait.
            EnableMultipleHttp2Connections = true,

            // A model that thinks for minutes sends nothing meanwhile; a dead connection neither. Frames tell the two apart, and keep
            // what stands on the way from forgetting the connection. An idle one is left alone: nobody waits for it.
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = TimeSpan.FromSeconds(60),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(30),

            // Long-lived sessions follow changes of DNS.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        };
#else
        var handler = new HttpClientHandler
        {
            MaxResponseHeadersLength = MostHeaderKilobytes,
            AllowAutoRedirect = false,
            UseCookies = false,

            // .NET Framework allows two, whatever -ThrottleLimit says.
            MaxConnectionsPerServer = int.MaxValue,
            SslProtocols = FrameworkProtocols.Current,
        };
#endif
        settings.Apply(handler);
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
