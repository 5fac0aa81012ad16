using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using GptChat.TestServer;

namespace GptChat.Benchmarks.Hosts;

/// <summary>A server in a process of its own, so that what it allocates, and when it collects, is not measured with its clients.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>The first argument that makes this program such a server.</summary>
    public const string Word = "serve";

    private readonly Process _process;

    private ServerProcess(Process process, Uri baseUri)
    {
        _process = process;
        BaseUri = baseUri;
    }

    /// <summary>Its address.</summary>
    public Uri BaseUri { get; }

    /// <summary>Starts one.</summary>
    /// <param name="chunks">How many chunks its answers are streamed in; 0 for plain answers.</param>
    /// <param name="delay">How many milliseconds it waits before each.</param>
    public static ServerProcess Start(int chunks = 0, int delay = 0)
    {
        Process process = Process.Start(ChildProcess.Fresh(Word, chunks.ToString(CultureInfo.InvariantCulture), delay.ToString(CultureInfo.InvariantCulture)))!;
        return new ServerProcess(process, new Uri(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.")));
    }

    /// <summary>Serves until standard input ends.</summary>
    public static async Task ServeAsync(int chunks, int delay)
    {
        await using ChatServer server = await ChatServer.StartAsync();
        Reply reply = chunks > 0 ? Reply.Sse(Answers.Stream(chunks)) : Answers.Plain;
        server.Default = delay > 0 ? reply.DelayHeaders(TimeSpan.FromMilliseconds(delay)) : reply;

        // It serves millions and is asked about none.
        server.Received += _ => server.Clear();
        await Console.Out.WriteLineAsync(server.BaseUri.AbsoluteUri);
        await Console.In.ReadToEndAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
