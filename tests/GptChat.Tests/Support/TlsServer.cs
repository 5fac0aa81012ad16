using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;

namespace GptChat.Tests;

/// <summary>A server behind TLS with a certificate that nobody trusts; it answers every request with a completion and closes.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate = Certificate("localhost");
    private readonly Task _running;

    public TlsServer()
    {
        _listener.Start();
        _running = RunAsync();
    }

    public string BaseUri => "https://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port + "/v1";

    /// <summary>The thumbprints of the certificates that clients showed; empty for none.</summary>
    public ConcurrentQueue<string> Clients { get; } = [];

    /// <summary>A certificate with its key, signed by itself.</summary>
    public static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client);
            }
            catch (Exception error) when (error is IOException or AuthenticationException or SocketException or OperationCanceledException)
            {
                // A client that did not like the certificate, or the end.
            }
        }
    }

    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "It only looks at what clients show.")]
    private async Task AnswerAsync(TcpClient client)
    {
        await using var stream = new SslStream(client.GetStream(), false, (_, certificate, _, _) =>
        {
            Clients.Enqueue((certificate as X509Certificate2)?.Thumbprint ?? string.Empty);
            return true;
        });
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, ClientCertificateRequired = true }, _stop.Token);
        var buffer = new byte[65536];
        int read = 0;
        while (!Encoding.ASCII.GetString(buffer, 0, read).Contains("]}"))
        {
            int more = await stream.ReadAsync(buffer.AsMemory(read), _stop.Token);
            if (more == 0) return;
            read += more;
        }

        byte[] body = Encoding.UTF8.GetBytes(Payloads.Completion("safe"));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"), _stop.Token);
        await stream.WriteAsync(body, _stop.Token);
    }
}
