using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using GptChat.Benchmarks.Hosts;
using GptChat.TestServer;

namespace GptChat.Benchmarks.Micro;

/// <summary>One plain answer over loopback: the floor is what a careful program does with a bare HttpClient and System.Text.Json.</summary>
public class CallBenchmark
{
    private ChatServer? _server;
    private GptConnection? _connection;

    /// <summary>Starts the server.</summary>
    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await ChatServer.StartAsync();
        _server.Default = Answers.Plain;
        _connection = CoreCall.Connect(_server.BaseUri);
    }

    /// <summary>Stops the server.</summary>
    [GlobalCleanup]
    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>Writes the request, reads the answer and takes its text.</summary>
    [Benchmark(Baseline = true)]
    public Task<string?> Floor()
    {
        _server!.Clear();
        return BareCall.AskAsync(_server.BaseUri);
    }

    /// <summary>The same, and everything else that the answer holds.</summary>
    [Benchmark]
    public Task<string?> Chat()
    {
        _server!.Clear();
        return CoreCall.AskAsync(_connection!);
    }
}
