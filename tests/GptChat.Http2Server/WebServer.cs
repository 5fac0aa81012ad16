using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace GptChat.Http2Server;

/// <summary>A web server over TLS that speaks HTTP/2 and HTTP/1.1 as real ones do, and answers as it is told.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, ConnectionContext> _open = new();
    private readonly ConcurrentQueue<string> _protocols = new();
    private int _accepted;
    private int _secured;

    private WebServer(WebApplicationBuilder builder, X509Certificate2 certificate, WebServerOptions options)
    {
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = options.MostStreams;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                listen.Protocols = options.HasHttp2 ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                listen.Use(next => async connection =>
                {
                    Interlocked.Increment(ref _accepted);
                    if (Accepted is { } accepted) await accepted(connection).ConfigureAwait(false);
                    await next(connection).ConfigureAwait(false);
                });
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
                listen.Use(next => async connection =>
                {
                    Interlocked.Increment(ref _secured);
                    _open[connection.ConnectionId] = connection;
                    try
                    {
                        await next(connection).ConfigureAwait(false);
                    }
                    finally
                    {
                        _open.TryRemove(connection.ConnectionId, out _);
                    }
                });
            });
        });
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>The base address for clients, such as <c>https://localhost:41234/v1</c>.</summary>
    public Uri BaseUri { get; private set; } = null!;

    /// <summary>Answers a request; what <see cref="Answers.PlainAsync"/> does unless set.</summary>
    public Func<HttpContext, Task> Respond { get; set; } = context => Answers.PlainAsync(context);

    /// <summary>Called with a connection before the secure handshake; null for nothing.</summary>
    public Func<ConnectionContext, Task>? Accepted { get; set; }

    /// <summary>How many connections were accepted.</summary>
    public int AcceptedCount => Volatile.Read(ref _accepted);

    /// <summary>How many secure handshakes were gone through.</summary>
    public int SecuredCount => Volatile.Read(ref _secured);

    /// <summary>The versions of HTTP of all requests, oldest first.</summary>
    public IReadOnlyList<string> Protocols => [.. _protocols];

    /// <summary>The connections that stand.</summary>
    public IReadOnlyList<ConnectionContext> Open => [.. _open.Values];

    /// <summary>Starts one.</summary>
    public static async Task<WebServer> StartAsync(X509Certificate2 certificate, WebServerOptions? options = null)
    {
        var server = new WebServer(WebApplication.CreateEmptyBuilder(new WebApplicationOptions()), certificate, options ?? new WebServerOptions());
        await server._application.StartAsync().ConfigureAwait(false);
        string address = server._application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        server.BaseUri = new Uri("https://localhost:" + new Uri(address).Port + "/v1");
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ConnectionContext connection in Open) connection.Abort();
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext context)
    {
        _protocols.Enqueue(context.Request.Protocol);
        return Respond(context);
    }
}

/// <summary>How a server is set up.</summary>
public sealed record WebServerOptions
{
    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether the handshake offers HTTP/2.</summary>
    public bool HasHttp2 { get; init; } = true;

    /// <summary>How many requests may be under way on one connection.</summary>
    public int MostStreams { get; init; } = 100;
}
