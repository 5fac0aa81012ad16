using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using GptChat.Connections;
using GptChat.TestServer;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Benchmarks;

/// <summary>A streamed answer over loopback: the floor reads the same bytes with a bare HttpClient.</summary>
public class StreamBenchmark
{
    private static readonly HttpClient Client = new();
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
        byte[] body = Encoding.UTF8.GetBytes(string.Concat(Payloads.Stream(Enumerable.Repeat(" word", Chunks), new CompletionShape(), withUsage: true, withObfuscation: true).Select(payload => "data: " + payload + "\n\n")));
        _server.Default = Reply.Sse(body);
        var parameters = new ChatParameters { Model = "m", Stream = true };
        RequestBody request = RequestBody.Create(parameters, [GptMessage.FromText("user", "Go on.")]);
        GptConnection connection = ConnectionFactory.Create(new ConnectionParts { Provider = GptProvider.Compatible, BaseUri = _server.BaseUri.AbsoluteUri });
        _call = new ChatCall(connection, parameters, request, ChatTimeouts.Default);
        _request = request.ToArray();
    }

    /// <summary>Stops the server.</summary>
    [GlobalCleanup]
    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>Reads the bytes and throws them away.</summary>
    [Benchmark(Baseline = true)]
    public async Task<long> Floor()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _call!.Connection.Uri) { Content = new ByteArrayContent(_request) };
        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[4096];
        long total = 0;
        for (int read = await body.ReadAsync(buffer); read > 0; read = await body.ReadAsync(buffer)) total += read;
        return total;
    }

    /// <summary>Makes chunks and the whole response of them.</summary>
    [Benchmark]
    public async Task<int> Chat()
    {
        int chunks = 0;
        await foreach (GptChunk _ in new ChatClient(HttpTransport.Instance).SendAsync(_call!, default)) chunks++;
        return chunks;
    }
}
