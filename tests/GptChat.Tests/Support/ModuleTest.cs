using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests;

/// <summary>A test with an engine, the module and a connected server of its own.</summary>
public abstract class ModuleTest : IAsyncLifetime
{
    private ModuleHost? _host;

    private protected ModuleHost Host => _host ?? throw new InvalidOperationException("Not started yet.");

    private protected ChatServer Server => Host.Server;

    /// <summary>A folder for the files of the test.</summary>
    private protected TempFolder Folder => Host.Folder;

    /// <summary>The only request that was received.</summary>
    private protected ReceivedRequest Request => Assert.Single(Server.Requests);

    public async Task InitializeAsync()
    {
        _host = await ModuleHost.StartAsync();
        if (IsConnected) _host.Connect();
    }

    public async Task DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
    }

    /// <summary>Whether the session starts with a connection to the server.</summary>
    private protected virtual bool IsConnected => true;

    private protected IReadOnlyList<PSObject> Invoke(string script, params (string Name, object? Value)[] variables) => Host.Invoke(script, variables);

    private protected PSObject InvokeOne(string script, params (string Name, object? Value)[] variables) => Assert.Single(Host.Invoke(script, variables));

    private protected ErrorRecord InvokeError(string script, params (string Name, object? Value)[] variables) => Host.InvokeError(script, variables);

    private protected Outcome Run(string script, params (string Name, object? Value)[] variables) => Host.Run(script, variables).RequireSuccess();

    /// <summary>Runs a script that sends one request, and returns the messages it sent as <c>role: content</c>.</summary>
    private protected string[] SentMessages(string script, params (string Name, object? Value)[] variables)
    {
        Invoke(script, variables);
        return Request.Messages();
    }

    /// <summary>Runs a script that sends one request, and returns its only message, the user's.</summary>
    private protected string SentText(string script, params (string Name, object? Value)[] variables)
    {
        Invoke(script, variables);
        JsonElement message = Assert.Single(Request.Json.GetProperty("messages").EnumerateArray());
        Assert.Equal("user", message.GetProperty("role").GetString());
        return message.GetProperty("content").GetString()!;
    }
}
