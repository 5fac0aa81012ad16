using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Growth;

/// <summary>
/// An engine and a server for thousands of requests: it keeps none, and they are not compared with schemas, as the same requests of other
/// tests are.
/// </summary>
public abstract class GrowthTest : IAsyncLifetime
{
    private ModuleHost? _host;
    private ChatServer? _server;

    private protected ModuleHost Host => _host!;

    private protected ChatServer Server => _server!;

    public async Task InitializeAsync()
    {
        _host = await ModuleHost.StartAsync();
        _server = await ChatServer.StartAsync();
        _server.Received += _ => _server.Clear();
        _host.Invoke("Connect-GptChat -BaseUri $uri -Model m", ("uri", _server.BaseUri.AbsoluteUri));
    }

    public async Task DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}
