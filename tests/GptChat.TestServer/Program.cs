using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.TestServer;

/// <summary>Runs the server by itself, scripted over HTTP, until it is told to end.</summary>
internal static class Program
{
    /// <summary>The variable that names a folder, in which the bodies of all requests are kept for whoever checks them.</summary>
    private const string RequestsVariable = "GPTCHAT_TEST_REQUESTS";

    private static async Task<int> Main(string[] args)
    {
        if (args is ["--mcp", ..]) return await ToolServer.RunAsync().ConfigureAwait(false);
        if (!TryReadPort(args, out int port))
        {
            await Console.Error.WriteLineAsync("usage: GptChat.TestServer [--port N | --mcp]").ConfigureAwait(false);
            return 2;
        }

        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.TrySetResult();
        }

        using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        try
        {
            await using ChatServer server = await ChatServer.StartAsync(port).ConfigureAwait(false);
            server.AllowScripting = true;
            server.Default = Reply.Echo();
            if (Environment.GetEnvironmentVariable(RequestsVariable) is { Length: > 0 } folder) Keep(server, folder);
            await Console.Out.WriteLineAsync($"listening on {server.BaseUri}").ConfigureAwait(false);
            await ended.Task.ConfigureAwait(false);
            return 0;
        }
        catch (SocketException error)
        {
            await Console.Error.WriteLineAsync($"cannot listen on port {port}: {error.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    private static void Keep(ChatServer server, string folder)
    {
        string file = Path.Combine(folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + ".jsonl");
        Lock writing = new();
        server.Received += request =>
        {
            // Servers of tools are posted to as well, and their requests are no chat. A body that is JSON has no bare line break but
            // between its members.
            if (request.Method != "POST" || !request.PathWithoutQuery.EndsWith("/chat/completions", StringComparison.Ordinal)) return;
            lock (writing) File.AppendAllText(file, request.BodyText.ReplaceLineEndings(" ") + "\n");
        };
    }

    private static bool TryReadPort(string[] args, out int port)
    {
        port = 0;
        return args is [] || (args is ["--port", string text]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port <= ushort.MaxValue);
    }
}
