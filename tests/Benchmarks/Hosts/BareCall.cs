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
    public static Task<string?> AskAsync(Uri server, string question = "Go on.") => AskAsync(Client, server, question);

    /// <summary>The same with a client and its version of HTTP.</summary>
    public static async Task<string?> AskAsync(HttpClient client, Uri server, string question)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { model = "m", messages = new[] { new { role = "user", content = question } } });
        using HttpRequestMessage request = Post(server, body);
        request.Version = client.DefaultRequestVersion;
        using HttpResponseMessage response = await client.SendAsync(request);
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
    public static Task<long> ParseAsync(Uri server, byte[] body) => ParseAsync(server, body, static data => data.Length);

    /// <summary>Parses the events of an answer, and takes the text of each.</summary>
    public static Task<long> ParseTextAsync(Uri server, byte[] body) => ParseAsync(server, body, static data => TextOf(data)?.Length ?? 0);

    private static async Task<long> ParseAsync(Uri server, byte[] body, DataLength lengthOf)
    {
        using HttpRequestMessage request = Post(server, body);
        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        long total = 0;
        await foreach (SseItem<int> item in SseParser.Create(stream, (_, data) => lengthOf(data)).EnumerateAsync()) total += item.Data;
        return total;
    }

    private static string? TextOf(ReadOnlySpan<byte> data)
    {
        if (data.SequenceEqual("[DONE]"u8)) return null;
        var reader = new Utf8JsonReader(data);
        using JsonDocument chunk = JsonDocument.ParseValue(ref reader);
        JsonElement choices = chunk.RootElement.GetProperty("choices");
        return choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out JsonElement text) ? text.GetString() : null;
    }

    private delegate int DataLength(ReadOnlySpan<byte> data);

    private static HttpRequestMessage Post(Uri server, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server + "/chat/completions") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key.Text);
        return request;
    }
}
