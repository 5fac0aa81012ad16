using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Probing;

/// <summary>The network below a connection, step by step: the name, the port, the certificate.</summary>
internal sealed class NetworkProbe(GptConnection connection, TimeSpan limit) : IDisposable
{
    private readonly Uri? _proxy = connection.Http.ProxyFor(connection.Uri);
    private IPAddress[] _addresses = Array.Empty<IPAddress>();
    private TcpClient? _client;
    private volatile bool _isOver;

    /// <summary>Whether requests pass through a proxy, which then is what is connected to.</summary>
    public bool HasProxy => _proxy is not null;

    private Uri Hop => _proxy ?? connection.Uri;

    private string Place => (HasProxy ? "the proxy " : string.Empty) + Hop.Host + ":" + Hop.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Finds the addresses of the name.</summary>
    public async Task<GptConnectionTest> ResolveAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        if (IPAddress.TryParse(Hop.DnsSafeHost, out IPAddress? address))
        {
            _addresses = new[] { address };
            return Passed("Resolve", clock, Hop.Host + " is an address");
        }

        try
        {
#if NET
            Task<IPAddress[]> asked = Dns.GetHostAddressesAsync(Hop.DnsSafeHost, cancellation);
#else
            Task<IPAddress[]> asked = Dns.GetHostAddressesAsync(Hop.DnsSafeHost);
#endif
            _addresses = await WithinAsync(asked, cancellation).ConfigureAwait(false);
            return _addresses.Length > 0
                ? Passed("Resolve", clock, Hop.Host + " is " + string.Join(", ", _addresses.Take(3).Select(found => found.ToString())))
                : Failed("Resolve", clock, GptErrorKind.ConnectFailed, "The name " + Hop.Host + " has no address", "Check the address for a typing error, and DNS.", null);
        }
        catch (Exception failure) when (failure is SocketException or TimeoutException or ArgumentException)
        {
            string what = failure is TimeoutException ? "No answer about the name " + Hop.Host + " within " + TransportFailure.Seconds(limit) : "The name " + Hop.Host + " is not known";
            return Failed("Resolve", clock, GptErrorKind.ConnectFailed, what, HasProxy ? "Check -Proxy, or the proxy of the system, for a typing error, and DNS." : "Check -BaseUri for a typing error, and DNS.", failure);
        }
    }

    /// <summary>Opens a connection.</summary>
    public async Task<GptConnectionTest> ConnectAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await WithinAsync(ConnectToAnyAsync(), cancellation).ConfigureAwait(false);
            return Passed("Connect", clock, "To " + Place);
        }
        catch (TimeoutException failure)
        {
            return Failed("Connect", clock, GptErrorKind.ConnectTimeout, "No connection to " + Place + " within " + TransportFailure.Seconds(limit), "Check the address, the network and the proxy, or raise -ConnectionTimeoutSeconds.", failure);
        }
        catch (SocketException failure)
        {
            string advice = Hop.IsLoopback ? "Is the server running, and on this port?" : "Check the address and the port, and what stands between: firewalls, a proxy that is needed.";
            return Failed("Connect", clock, GptErrorKind.ConnectFailed, failure.SocketErrorCode == SocketError.ConnectionRefused ? "Nothing listens at " + Place : "No connection to " + Place + ": " + failure.Message, advice, failure);
        }
    }

    /// <summary>Agrees on TLS, with the settings that requests have.</summary>
    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "It is skipped where the connection says so.")]
    public async Task<GptConnectionTest> SecureAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        HttpSettings settings = connection.Http;
        SslPolicyErrors found = SslPolicyErrors.None;
        bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            found = errors;
            return settings.Accepts(errors);
        }

        using var stream = new SslStream(_client!.GetStream(), leaveInnerStreamOpen: false, Accept);
        try
        {
            X509CertificateCollection? own = settings.Certificate is { } certificate ? new X509CertificateCollection { certificate } : null;
#if NET
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = Hop.Host,
                ClientCertificates = own,
                ApplicationProtocols = new List<SslApplicationProtocol> { SslApplicationProtocol.Http2, SslApplicationProtocol.Http11 },
            };
            await WithinAsync(stream.AuthenticateAsClientAsync(options, cancellation), cancellation).ConfigureAwait(false);
            string version = stream.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2 ? "HTTP/2, " : string.Empty;
#else
            await WithinAsync(stream.AuthenticateAsClientAsync(Hop.Host, own, FrameworkProtocols.Current, checkCertificateRevocation: false), cancellation).ConfigureAwait(false);
            const string version = "";
#endif
            string remark = found == SslPolicyErrors.None ? string.Empty : "; not trusted (" + found + "), and -SkipCertificateCheck takes it";
            return Passed("Secure", clock, stream.SslProtocol + ", " + version + stream.RemoteCertificate?.Subject + remark);
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or TimeoutException or ObjectDisposedException)
        {
            string what = found == SslPolicyErrors.None ? failure.Message : "The certificate is not trusted: " + found;
            return Failed(
                "Secure",
                clock,
                failure is TimeoutException ? GptErrorKind.ConnectTimeout : GptErrorKind.CertificateRejected,
                what,
                "Check the address, that the port speaks TLS, and the machine's clock and trusted certificates. For a test alone, Connect-GptChat -SkipCertificateCheck takes any.",
                failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _client?.Dispose();
    }

    /// <summary>As requests do: a name with addresses of both families is reached by the one that works.</summary>
    private async Task<bool> ConnectToAnyAsync()
    {
        for (int i = 0; ; i++)
        {
            _client?.Dispose();
            _client = new TcpClient(_addresses[i].AddressFamily);
            try
            {
                await _client.ConnectAsync(_addresses[i], Hop.Port).ConfigureAwait(false);
                return true;
            }
            catch (SocketException) when (i + 1 < _addresses.Length && !_isOver)
            {
                // The next one may do.
            }
        }
    }

    private async Task WithinAsync(Task work, CancellationToken cancellation) => await WithinAsync(Completed(work), cancellation).ConfigureAwait(false);

    private static async Task<bool> Completed(Task work)
    {
        await work.ConfigureAwait(false);
        return true;
    }

    /// <summary>Waits for what cannot be cancelled itself; what comes later is nobody's any more.</summary>
    private async Task<T> WithinAsync<T>(Task<T> work, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (await Task.WhenAny(work, Task.Delay(limit, over.Token)).ConfigureAwait(false) == work)
        {
            over.Cancel();
            return await work.ConfigureAwait(false);
        }

        _ = work.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        cancellation.ThrowIfCancellationRequested();
        throw new TimeoutException();
    }

    private GptConnectionTest Passed(string step, Stopwatch clock, string detail) => new(connection.Name, step, GptTestStatus.Passed, detail) { Duration = clock.Elapsed };

    private GptConnectionTest Failed(string step, Stopwatch clock, GptErrorKind kind, string detail, string advice, Exception? inner) => new(connection.Name, step, GptTestStatus.Failed, detail)
    {
        Duration = clock.Elapsed,
        Advice = advice,
        Error = new GptChatException(kind, detail, inner) { Hint = advice, RequestUri = connection.Uri },
    };
}
