using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Tasks;

namespace GptChat.Benchmarks.Hosts;

/// <summary>The floors: what a careful program does with a bare HttpClient and System.Text.Json.</summary>
internal static class BareCall
{
    private static readonly HttpClient Client = new();

    /// <summary>Asks a question and takes the text of the answer.</summary>
    public static async Task<string?> AskAsync(Uri server, string question = "Go on.")
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { model = "m", messages = new[] { new { role = "user", content = question } } });
        using HttpRequestMessage request = Post(server, body);
        using HttpResponseMessage response = await Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        using JsonDocument answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return answer.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
    }

    /// <summary>Reads the bytes of an answer and throws them away.</summary>
    public static async Task<long> ReadAsync(Uri server, byte[] body)
    {
        using HttpRequestMessage request = Post(server, body);
        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[4096];
        long total = 0;
        for (int read = await stream.ReadAsync(buffer); read > 0; read = await stream.ReadAsync(buffer)) total += read;
        return total;
    }

    /// <summary>Parses the events of an answer, whose data it does not look into.</summary>
    public static async Task<long> ParseAsync(Uri server, byte[] body)
    {
        using HttpRequestMessage request = Post(server, body);
        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        long events = 0;
        await foreach (SseItem<int> _ in SseParser.Create(stream, (_, data) => data.Length).EnumerateAsync()) events++;
        return events;
    }

    private static HttpRequestMessage Post(Uri server, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server + "/chat/completions") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }
}
