using System;
using System.Net.Http;
using System.Threading;

namespace GptChat.Transport;

/// <summary>
/// The HTTP client of the process: calls share its open connections. It outlives the module, so that whoever removes and imports
/// it again, in whichever runspace, finds it working. Every limit of time belongs to a request, none to the client: it neither
/// sticks from call to call, nor does a script that passes many values leave a client behind for each.
/// </summary>
internal static class HttpClients
{
    /// <summary>How large the headers of an answer may be.</summary>
    public const int MostHeaderKilobytes = 64;

    /// <summary>The client.</summary>
    public static readonly HttpClient Shared = Create();

    private static HttpClient Create()
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
            EnableMultipleHttp2Connections = true,

            // An answer that is left before its end is read on for a while, to save the connection. The end of a whole stream comes
            // right after its last event; whoever wants no more of an answer must not pay for two more seconds of it.
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(50),

            // Long-lived sessions follow changes of DNS.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        };
#else
        System.Net.ServicePointManager.SecurityProtocol |= System.Net.SecurityProtocolType.Tls12;
        var handler = new HttpClientHandler { MaxResponseHeadersLength = MostHeaderKilobytes, AllowAutoRedirect = false, UseCookies = false };
#endif
        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
