using System;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using GptChat.Connections;

namespace GptChat.Transport;

/// <summary>
/// How a connection gets to its server. These are settings of the HTTP handler, so that connections with the same ones share one
/// client: equal here means interchangeable there.
/// </summary>
internal sealed record HttpSettings
{
    /// <summary>The system's proxy, its trusted certificates, no certificate of one's own.</summary>
    public static readonly HttpSettings Default = new();

    /// <summary>The proxy; null for the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Who asks the proxy.</summary>
    public string? ProxyUser { get; init; }

    /// <summary>With which password.</summary>
    public SecureString? ProxyPassword { get; init; }

    /// <summary>Whether any certificate of the server is taken.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>What the client shows of itself.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <inheritdoc/>
    public bool Equals(HttpSettings? other) => ReferenceEquals(this, other)
        || (other is not null
            && Proxy == other.Proxy
            && ProxyUser == other.ProxyUser
            && SkipCertificateCheck == other.SkipCertificateCheck
            && Certificate?.Thumbprint == other.Certificate?.Thumbprint
            && IsSame(ProxyPassword, other.ProxyPassword));

    /// <inheritdoc/>
    public override int GetHashCode() => (Proxy, ProxyUser, SkipCertificateCheck, Certificate?.Thumbprint).GetHashCode();

    /// <summary>For a debugger; a record would spell its members out.</summary>
    public override string ToString() => nameof(HttpSettings);

    /// <summary>The proxy that a request to an address passes through; null for none.</summary>
    public Uri? ProxyFor(Uri uri)
    {
        if (Proxy is not null) return Proxy;
#if NET
        IWebProxy? system = HttpClient.DefaultProxy;
#else
        IWebProxy? system = WebRequest.DefaultWebProxy;
#endif
        if (system is null || system.IsBypassed(uri)) return null;
        return system.GetProxy(uri) is { } proxy && proxy != uri ? proxy : null;
    }

    /// <summary>Whether a certificate of a server is taken.</summary>
    public bool Accepts(SslPolicyErrors errors) => SkipCertificateCheck || errors == SslPolicyErrors.None;

#if NET
    /// <summary>Sets a new handler up.</summary>
    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "The user asks for it by a parameter's name that says so.")]
    public void Apply(SocketsHttpHandler handler)
    {
        if (WebProxy() is { } proxy) handler.Proxy = proxy;
        if (SkipCertificateCheck) handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        if (Certificate is not { } own) return;
        handler.SslOptions.ClientCertificates = new X509CertificateCollection { own };

        // Servers that name other issuers than their own still get to see it: the user chose it.
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => own;
    }
#else
    /// <summary>Sets a new handler up.</summary>
    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "The user asks for it by a parameter's name that says so.")]
    public void Apply(HttpClientHandler handler)
    {
        if (WebProxy() is { } proxy) handler.Proxy = proxy;
        if (SkipCertificateCheck) handler.ServerCertificateCustomValidationCallback = (_, _, _, _) => true;
        if (Certificate is not { } own) return;
        handler.ClientCertificateOptions = ClientCertificateOption.Manual;
        handler.ClientCertificates.Add(own);
    }
#endif

    private WebProxy? WebProxy() => Proxy is null ? null : new WebProxy(Proxy)
    {
        Credentials = ProxyUser is null ? null : new NetworkCredential(ProxyUser, ProxyPassword),
    };

    private static bool IsSame(SecureString? one, SecureString? other) =>
        one is null || other is null ? ReferenceEquals(one, other) : string.Equals(SecureText.Reveal(one), SecureText.Reveal(other), StringComparison.Ordinal);
}
