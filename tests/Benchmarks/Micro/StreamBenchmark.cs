using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using GptChat.Benchmarks.Hosts;
using GptChat.TestServer;
using GptChat.Transport;

namespace GptChat.Benchmarks.Micro;

/// <summary>A streamed answer over loopback: the floor reads the same bytes with a bare HttpClient.</summary>
public class StreamBenchmark
{
    private ChatServer? _server;
    private ChatCall? _call;
    private byte[] _request = [];

    /// <summary>Pieces of the answer.</summary>
    [Params(1_000, 10_000)]
    public int Chunks { get; set; }

    /// <summary>Starts the server.</summary>
    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await ChatServer.StartAsync();
        _server.Default = Reply.Sse(Answers.Stream(Chunks));
        _call = CoreCall.Question(CoreCall.Connect(_server.BaseUri), stream: true);
        _request = _call.Body.ToArray();
    }

    /// <summary>Stops the server.</summary>
    [GlobalCleanup]
    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>Reads the bytes and throws them away.</summary>
    [Benchmark(Baseline = true)]
    public Task<long> Floor() => BareCall.ReadAsync(_server!.BaseUri, _request);

    /// <summary>Makes chunks and the whole response of them.</summary>
    [Benchmark]
    public Task<int> Chat() => CoreCall.StreamAsync(_call!);
}
