using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using GptChat.Connections;
using GptChat.TestServer;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Benchmarks;

/// <summary>One plain answer over loopback: the floor is what a careful program does with a bare HttpClient and System.Text.Json.</summary>
public class CallBenchmark
{
    private static readonly HttpClient Client = new();
    private ChatServer? _server;
    private GptConnection? _connection;

    /// <summary>Starts the server.</summary>
    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await ChatServer.StartAsync();
        _server.Default = Reply.Completion("An answer of some words, as long as a sentence.");
        _connection = ConnectionFactory.Create(new ConnectionParts { Provider = GptProvider.Compatible, BaseUri = _server.BaseUri.AbsoluteUri });
    }

    /// <summary>Stops the server.</summary>
    [GlobalCleanup]
    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    /// <summary>Writes the request, reads the answer and takes its text.</summary>
    [Benchmark(Baseline = true)]
    public async Task<string?> Floor()
    {
        _server!.Clear();
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { model = "m", messages = new[] { new { role = "user", content = "Go on." } } });
        using var request = new HttpRequestMessage(HttpMethod.Post, _connection!.Uri) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        using JsonDocument answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return answer.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
    }

    /// <summary>The same, and everything else that the answer holds.</summary>
    [Benchmark]
    public async Task<string?> Chat()
    {
        _server!.Clear();
        var parameters = new ChatParameters { Model = "m" };
        var call = new ChatCall(_connection!, parameters, RequestBody.Create(parameters, [GptMessage.FromText(Roles.User, "Go on.")]), ChatTimeouts.Default, RetryPolicy.Default);
        GptChunk? last = null;
        await foreach (GptChunk chunk in new ChatClient(HttpTransport.Instance).SendAsync(call, default)) last = chunk;
        return last!.Response!.Content;
    }
}
