using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;

namespace GptChat.Transport;

/// <summary>From what the network stack throws to what the user can act on.</summary>
internal static class TransportFailure
{
    /// <summary>The failure of a request that got no answer.</summary>
    public static GptChatException Of(Exception failure, ChatCall call)
    {
        string host = Peer(call);
        if (Find<AuthenticationException>(failure) is { } tls) return OfTls(tls, failure, host, call);
        if (Find<SocketException>(failure) is { } socket) return OfSocket(socket, failure, host, call);
        if (Find<ArgumentException>(failure) is not null && IsUnspecified(FirstHop(call)))
        {
            return Make(
                GptErrorKind.InvalidConnection,
                Host(call) + " is where a server listens, and no address to call",
                "Give the server's own address: on this machine 127.0.0.1 or localhost.",
                failure,
                call);
        }

        if (failure is InvalidOperationException)
        {
            return Make(GptErrorKind.InvalidConnection, "The request to " + host + " cannot be composed: " + failure.Message, "Check the connection's address.", failure, call);
        }

        if (IsTooLong(failure))
        {
            return Make(
                GptErrorKind.MalformedResponse,
                host + " sent more than " + HttpClients.MostHeaderKilobytes.ToString(CultureInfo.InvariantCulture) + " KiB of headers",
                "No API does that: check the address, and what stands on the way.",
                failure,
                call);
        }

        if (IsNotHttp(failure))
        {
            return Make(
                GptErrorKind.MalformedResponse,
                "What answers at " + host + " does not speak HTTP",
                FirstHop(call).Scheme == Uri.UriSchemeHttp ? "Check the address and the port. Does the server want https:?" : "Check the address and the port.",
                failure,
                call);
        }

#if NET
        if (Find<HttpProtocolException>(failure) is { } protocol) return OfProtocol(protocol, failure, host, call);
#endif
        return Make(
            GptErrorKind.ConnectionLost,
            "The connection to " + host + " broke before an answer came: " + Innermost(failure).Message,
            LostHint(FirstHop(call)),
            failure,
            call);
    }

#if NET
    // What servers of HTTP/2 say when they end a request, as numbers of the protocol.
    private const long RefusedStream = 0x7;
    private const long EnhanceYourCalm = 0xb;
    private const long OldVersionRequired = 0xd;

    /// <summary>Whether a server wants a request, of which it did nothing, in the version of HTTP before: it asks for a certificate there, or for a login.</summary>
    public static bool WantsOldVersion(Exception failure) => Find<HttpProtocolException>(failure) is { ErrorCode: OldVersionRequired };

    /// <summary>Whether there was no place for a request on a connection, so that the server did nothing of it, or never saw it.</summary>
    public static bool IsRefused(HttpRequestException failure) =>
        Find<HttpProtocolException>(failure) is { ErrorCode: RefusedStream } || IsGivenBack(failure);

    /// <summary>Before it is sent, the stack gives a request back for which a connection turned out to have no place, and says no more about it.</summary>
    private static bool IsGivenBack(HttpRequestException failure) => failure is { InnerException: null, HttpRequestError: HttpRequestError.Unknown, StatusCode: null };

    private static GptChatException OfProtocol(HttpProtocolException protocol, Exception failure, string host, ChatCall call) => protocol.ErrorCode switch
    {
        RefusedStream => Make(
            GptErrorKind.ConnectionLost, host + " refused the request before it looked at it", "Send again, or send fewer at once: -ThrottleLimit.", failure, call),
        EnhanceYourCalm => Make(
            GptErrorKind.ConnectionLost, host + " ended the request, since it gets too many on one connection", "Send again, and fewer at once: -ThrottleLimit.", failure, call),
        _ => Make(
            GptErrorKind.ConnectionLost,
            "The request to " + host + " was ended before an answer came: " + protocol.Message,
            LostHint(FirstHop(call)) + " Where something on the way does not get on with HTTP/2, set " + HttpClients.Http2Variable + "=0 before PowerShell starts.",
            failure,
            call),
    };

    // Over HTTP/2 the stack tells of it in words alone, which are not translated.
    private static bool IsTooLong(Exception failure) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } || Innermost(failure).Message.Contains("headers length exceeded", StringComparison.Ordinal);

    private static bool IsNotHttp(Exception failure) => failure is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse };
#else
    private static bool IsTooLong(Exception failure) => Find<WebException>(failure) is { Status: WebExceptionStatus.MessageLengthLimitExceeded };

    private static bool IsNotHttp(Exception failure) => Find<WebException>(failure) is { Status: WebExceptionStatus.ServerProtocolViolation };
#endif

    /// <summary>The failure of a request that took too long.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="isResponse">Whether the time for the whole answer to begin had run out; else it was that for connecting.</param>
    /// <param name="call">The request.</param>
    public static GptChatException Timeout(Exception failure, bool isResponse, ChatCall call)
    {
        return isResponse
            ? Make(
                GptErrorKind.ResponseTimeout,
                "No answer began within " + Seconds(call.Timeouts.Response),
                call.IsGet ? "Raise -ResponseTimeoutSeconds, or look at what the server is doing." : "The model may need longer: raise -ResponseTimeoutSeconds. The request may have been run and billed.",
                failure,
                call)
            : Make(
                GptErrorKind.ConnectTimeout,
                "No connection to " + Host(call) + " within " + Seconds(call.Timeouts.Connect),
                "Check the address, the network and the proxy, or raise -ConnectionTimeoutSeconds.",
                failure,
                call);
    }

    /// <summary>A time span as a person says it.</summary>
    public static string Seconds(TimeSpan time)
    {
        string seconds = time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return seconds + (seconds == "1" ? " second" : " seconds");
    }

    private static string LostHint(Uri uri) =>
        "Send again; if it stays so, look at proxies and gateways on the way." + (uri.Scheme == Uri.UriSchemeHttp ? " Does the server want https:?" : string.Empty);

    private static GptChatException OfTls(AuthenticationException tls, Exception failure, string host, ChatCall call)
    {
        // The stack has no other way to tell the two apart; its words are not translated.
        bool isCertificate = tls.Message.IndexOf("certificate", StringComparison.OrdinalIgnoreCase) >= 0;
        return Make(
            GptErrorKind.CertificateRejected,
            "The secure connection to " + host + " failed: " + (isCertificate ? tls.Message : Innermost(tls).Message),
            isCertificate
                ? "Check the address and the machine's clock and trusted certificates; a proxy that opens TLS needs its own certificate trusted. For a test alone, Connect-GptChat -SkipCertificateCheck takes any. Nothing was sent."
                : "Check the address and the port: does the server speak http: only? Nothing was sent.",
            failure,
            call);
    }

    private static GptChatException OfSocket(SocketException socket, Exception failure, string host, ChatCall call)
    {
        bool isLocal = FirstHop(call).IsLoopback;
        return socket.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => Make(
                GptErrorKind.ConnectFailed, "The name " + Host(call) + " is not known", "Check the address for a typing error, and DNS.", failure, call, isTransient: socket.SocketErrorCode == SocketError.TryAgain),
            SocketError.ConnectionRefused => Make(
                GptErrorKind.ConnectFailed,
                "Nothing listens at " + host,
                isLocal ? "Is the server running, and on this port?" : "Check the address and the port.",
                failure,
                call,
                isTransient: !isLocal),
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => Make(
                GptErrorKind.ConnectionLost, "The connection to " + host + " was reset before an answer came", LostHint(FirstHop(call)), failure, call),

            // What the network stack reports of a connection that stood comes as a failure to read or write.
            _ when Find<IOException>(failure) is not null => Make(
                GptErrorKind.ConnectionLost, "The connection to " + host + " broke before an answer came: " + socket.Message, LostHint(FirstHop(call)), failure, call),
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown or SocketError.NetworkReset or SocketError.TimedOut => Make(
                GptErrorKind.ConnectFailed, "No connection to " + host + ": " + socket.Message, "Check the network, the address and the proxy.", failure, call, isTransient: true),
            _ => Make(GptErrorKind.ConnectFailed, "No connection to " + host + ": " + socket.Message, "Check the address, the network and the proxy.", failure, call),
        };
    }

    private static GptChatException Make(GptErrorKind kind, string message, string hint, Exception inner, ChatCall call, bool isTransient = false) =>
        new(kind, message, inner) { Hint = hint, RequestUri = call.Uri, IsTransient = isTransient };

    /// <summary>What is connected to: the server, or the proxy before it.</summary>
    private static Uri FirstHop(ChatCall call) => call.Connection.Proxy ?? call.Uri;

    private static bool IsUnspecified(Uri uri) => IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    private static string Host(ChatCall call) => (call.Connection.Proxy is null ? string.Empty : "the proxy ") + FirstHop(call).Host;

    private static string Peer(ChatCall call) => Host(call) + ":" + FirstHop(call).Port.ToString(CultureInfo.InvariantCulture);

    private static T? Find<T>(Exception failure)
        where T : Exception
    {
        for (Exception? at = failure; at is not null; at = at.InnerException)
        {
            if (at is T found) return found;
        }

        return null;
    }

    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner) failure = inner;
        return failure;
    }
}
