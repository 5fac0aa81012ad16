using System;
using System.Collections.Concurrent;
using System.Net.Http;
using System.Threading;

namespace GptChat.Transport;

/// <summary>
/// The HTTP clients of the process. Calls that need the same settings share one, so that they share its open connections.
/// They outlive the module: whoever removes and imports it again, in whichever runspace, finds them working.
/// </summary>
internal static class HttpClients
{
    private static readonly ConcurrentDictionary<(TimeSpan Connect, HttpSettings Settings), HttpClient> Clients = new();

    /// <summary>The client for a connect timeout and other settings of a handler, which no request can change.</summary>
    public static HttpClient For(TimeSpan connectTimeout, HttpSettings settings) => Clients.GetOrAdd((connectTimeout, settings), key => Create(key.Connect, key.Settings));

    private static HttpClient Create(TimeSpan connectTimeout, HttpSettings settings)
    {
#if NET
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout,

            // Keys would go with a redirect to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,

            // An answer that is left before its end is read on for a while, to save the connection. The end of a whole stream comes
            // right after its last event; whoever wants no more of an answer must not pay for two more seconds of it.
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(50),

            // Long-lived sessions follow changes of DNS.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        };
#else
        // The connect timeout of .NET Framework is the system's own; the response timeout covers it.
        System.Net.ServicePointManager.SecurityProtocol |= System.Net.SecurityProtocolType.Tls12;
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
#endif
        settings.Apply(handler);
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
