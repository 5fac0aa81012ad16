using System;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Schemas;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests;

/// <summary>A test that needs real sockets: a server of its own and the real transport.</summary>
public abstract class ServerTest : IAsyncLifetime
{
    /// <summary>Only a test that has gone wrong waits that long.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly RequestCheck _check = new();

    private protected ChatServer Server { get; private set; } = null!;

    private protected GptConnection Connection { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await StartServerAsync();
        Connection = Calls.Connection(Server.BaseUri.AbsoluteUri);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _check.Verify();
    }

    /// <summary>Starts another server; its requests are compared with the official schemas as those of the first are.</summary>
    private protected Task<ChatServer> StartServerAsync() => _check.StartServerAsync();

    /// <summary>Says that the test sends requests that the official schemas do not allow, and why it does.</summary>
    private protected void AllowsRequestsOutsideTheSchema(string reason) => _check.AllowsRequestsOutsideTheSchema(reason);

    private protected Task<Outcome> SendAsync(Reply reply, bool stream = true, ChatTimeouts? timeouts = null, CancellationToken cancellation = default)
    {
        Server.Enqueue(reply);
        return SendAsync(Calls.Ask(Connection, stream, timeouts: timeouts), cancellation);
    }

    private protected static Task<Outcome> SendAsync(ChatCall call, CancellationToken cancellation = default) =>
        Outcome.OfAsync(Calls.Send(HttpTransport.Instance, call, cancellation)).WaitAsync(Limit, CancellationToken.None);
}
