using System;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using GptChat.Http2Server;
using Microsoft.AspNetCore.Http;

namespace GptChat.Benchmarks.Hosts;

/// <summary>A web server over TLS in a process of its own, which counts its connections.</summary>
internal sealed class WebServerProcess : IDisposable
{
    /// <summary>The first argument that makes this program such a server.</summary>
    public const string Word = "serve-web";

    private const string CountPath = "/connections";

    private readonly Process _process;
    private readonly HttpClient _counting = Client(new Version(1, 1));

    private WebServerProcess(Process process, Uri baseUri)
    {
        _process = process;
        BaseUri = baseUri;
    }

    /// <summary>Its address.</summary>
    public Uri BaseUri { get; }

    /// <summary>Starts one.</summary>
    public static WebServerProcess Start(bool hasHttp2)
    {
        Process process = Process.Start(ChildProcess.Fresh(Word, hasHttp2 ? "2" : "1.1"))!;
        return new WebServerProcess(process, new Uri(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.")));
    }

    /// <summary>A client that takes its certificate, with no connection yet.</summary>
    public static HttpClient Client(Version version)
    {
#pragma warning disable CA5359 // The server is this program's own, and its certificate is made anew for each run.
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true } };
#pragma warning restore CA5359
        return new HttpClient(handler) { DefaultRequestVersion = version };
    }

    /// <summary>How many connections it had until now, apart from the one that asks.</summary>
    public async Task<int> ConnectionsAsync() => int.Parse(await _counting.GetStringAsync(new Uri(BaseUri, CountPath)), CultureInfo.InvariantCulture) - 1;

    /// <summary>Serves until standard input ends.</summary>
    public static async Task ServeAsync(bool hasHttp2)
    {
        using X509Certificate2 certificate = Certificate();
        await using WebServer server = await WebServer.StartAsync(certificate, new WebServerOptions { HasHttp2 = hasHttp2 });
        server.Respond = context => context.Request.Path == CountPath ? context.Response.WriteAsync(server.SecuredCount.ToString(CultureInfo.InvariantCulture)) : Http2Server.Answers.PlainAsync(context);
        await Console.Out.WriteLineAsync(server.BaseUri.AbsoluteUri);
        await Console.In.ReadToEndAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _counting.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
