using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Connections;
using GptChat.Http2Server;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport.Http2;

/// <summary>A test with a web server over TLS, which speaks HTTP/2.</summary>
public abstract class Http2Test : IAsyncLifetime
{
    /// <summary>Only a test that has gone wrong waits that long.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private protected static readonly RetryPolicy Once = new(1, TimeSpan.Zero);

    private protected static readonly X509Certificate2 Certificate = Certificates.SelfSigned("localhost");

    private protected WebServer Server { get; private set; } = null!;

    private protected GptConnection Connection { get; private set; } = null!;

    private protected virtual WebServerOptions Options => new();

    public async Task InitializeAsync()
    {
        Server = await WebServer.StartAsync(Certificate, Options);
        Connection = To(Server.BaseUri.AbsoluteUri);
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    private protected static GptConnection To(string baseUri, Uri? proxy = null) => ConnectionFactory.Create(new ConnectionParts
    {
        Provider = GptProvider.Compatible,
        BaseUri = baseUri,
        Key = SecureText.From(Calls.Key),
        Http = new HttpSettings { SkipCertificateCheck = true, Proxy = proxy },
    });

    private protected static Task<Outcome> SendAsync(ChatCall call, CancellationToken cancellation = default) =>
        Outcome.OfAsync(Calls.Send(HttpTransport.Instance, call, cancellation)).WaitAsync(Limit, CancellationToken.None);

    private protected Task<Outcome> AskAsync(string prompt = "Say something.", bool stream = false, RetryPolicy? retry = null, CancellationToken cancellation = default) =>
        SendAsync(Calls.Ask(Connection, stream, prompt) with { Retry = retry }, cancellation);
}
