using System.Threading.Tasks;
using GptChat.Schemas;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>A test of the command line with a server of its own.</summary>
public abstract class CliTest : IAsyncLifetime
{
    private protected const string NoInput = "</dev/null";

    private readonly RequestCheck _check = new();
    private ChatServer? _server;

    private protected ChatServer Server => _server!;

    public async Task InitializeAsync()
    {
        _server = await _check.StartServerAsync();
        Server.Default = Reply.AsAsked("An answer.");
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _check.Verify();
    }

    /// <summary>Runs the program against the server, with nothing on standard input.</summary>
    private protected async Task<CliResult> Run(params string[] arguments)
    {
        using CliProcess process = CliProcess.Start(NoInput, Server.BaseUri, arguments);
        return await process.EndAsync();
    }

    /// <summary>Runs the program without any connection.</summary>
    private protected static async Task<CliResult> RunAlone(params string[] arguments)
    {
        using CliProcess process = CliProcess.Start(NoInput, null, arguments);
        return await process.EndAsync();
    }
}
