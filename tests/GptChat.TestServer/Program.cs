using System;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace GptChat.TestServer;

/// <summary>Runs the server by itself, scripted over HTTP, until it is told to end.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (!TryReadPort(args, out int port))
        {
            await Console.Error.WriteLineAsync("usage: GptChat.TestServer [--port N]").ConfigureAwait(false);
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

    private static bool TryReadPort(string[] args, out int port)
    {
        port = 0;
        return args is [] || (args is ["--port", string text]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port <= ushort.MaxValue);
    }
}
