using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests;

/// <summary>Proves that the test server does on the wire what its replies say.</summary>
public sealed class TestServerTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero }) { Timeout = Limit };
    private ChatServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await ChatServer.StartAsync();
        _server.Default = Reply.Json("1");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_completion_has_the_members_of_the_real_one()
    {
        _server.Enqueue(Reply.Completion("Bonjour “you”\n").WithId("chatcmpl-1").WithGatewayMetadata().WithUsage(3, 4));
        JsonElement body = await JsonOf(await Post("{}"));
        Assert.Equal(
            ["choices", "created", "gatewayMetadata", "id", "model", "object", "service_tier", "system_fingerprint", "usage"],
            body.EnumerateObject().Select(member => member.Name));
        JsonElement message = body.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal(["annotations", "content", "refusal", "role"], message.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Bonjour “you”\n", message.GetProperty("content").GetString());
        Assert.Equal("chatcmpl-1", body.GetProperty("id").GetString());
        Assert.Equal(7, body.GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task The_queue_comes_before_the_function_and_the_function_before_the_default()
    {
        _server.Default = Reply.Json("\"default\"");
        Assert.Equal("\"default\"", await Text(await Post("{}")));
        _server.Respond = request => Reply.Json(request.Json.GetProperty("n").GetRawText());
        _server.Enqueue(Reply.Json("\"queued\""));
        Assert.Equal("\"queued\"", await Text(await Post("""{"n":5}""")));
        Assert.Equal("5", await Text(await Post("""{"n":5}""")));
        using HttpResponseMessage failed = await Post("{}");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
    }

    [Fact]
    public async Task A_request_is_recorded_as_it_was_sent()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address("/chat/completions?api-version=1"))
        {
            Content = new StringContent("""{"a":"é"}"""),
            Headers = { { "X-One", ["1", "2"] }, { "Transfer-Encoding", "chunked" }, { "Expect", "100-continue" } },
        };
        (await _client.SendAsync(request)).Dispose();
        ReceivedRequest received = Assert.Single(await _server.WaitForRequestsAsync(1));
        Assert.Equal("POST", received.Method);
        Assert.Equal("/v1/chat/completions?api-version=1", received.Path);
        Assert.Equal("1, 2", received.Headers["x-one"]);
        Assert.Equal("""{"a":"é"}""", received.BodyText);
        Assert.Equal("é", received.Json.GetProperty("a").GetString());
        await received.Completed.WaitAsync(Limit);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => received.Aborted);
    }

    [Fact]
    public async Task Requests_can_be_awaited_before_they_come()
    {
        Task<IReadOnlyList<ReceivedRequest>> both = _server.WaitForRequestsAsync(2);
        (await Post("{}")).Dispose();
        Assert.False(both.IsCompleted);
        (await Post("[]")).Dispose();
        Assert.Equal(["{}", "[]"], (await both.WaitAsync(Limit)).Select(request => request.BodyText));
    }

    [Fact]
    public async Task A_finished_reply_leaves_the_connection_for_the_next_request()
    {
        _server.Enqueue(Reply.Completion("a"), Reply.Stream("b c"), Reply.Error(429, "wait").WithHeader("Retry-After", "1"));
        for (int i = 0; i < 3; i++) await Text(await Post("{}"));
        Assert.Equal(1, _server.ConnectionCount);
        Assert.Equal([1, 1, 1], _server.Requests.Select(request => request.Connection));
    }

    [Fact]
    public async Task A_request_that_comes_before_the_reply_to_the_last_one_waits_its_turn()
    {
        _server.Enqueue(Reply.Raw(200, null, "first"), Reply.Raw(200, null, "second"));
        string wire = await Wire("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\nConnection: close\r\n\r\n");
        Assert.Matches("(?s)^HTTP.*first.*HTTP.*second$", wire);
    }

    [Theory]
    [InlineData("""{"stream":true}""", 5, false, true)]
    [InlineData("""{"stream":true,"stream_options":{"include_usage":true}}""", 6, true, true)]
    [InlineData("""{"stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false}}""", 6, true, false)]
    public async Task A_stream_has_the_chunks_that_the_request_asks_for(string request, int count, bool usage, bool obfuscation)
    {
        _server.Enqueue(Reply.Stream(["Hé", "llo"]).WithFinishReason("length"));
        using HttpResponseMessage response = await Post(request);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        string[] events = Events(await response.Content.ReadAsStringAsync());
        Assert.Equal(count, events.Length);
        Assert.Equal("[DONE]", events[^1]);
        JsonElement[] chunks = [.. events[..^1].Select(data => JsonElement.Parse(data))];
        Assert.All(chunks, chunk => Assert.Equal(usage, chunk.TryGetProperty("usage", out _)));
        Assert.All(chunks, chunk => Assert.Equal(obfuscation, chunk.TryGetProperty("obfuscation", out _)));
        JsonElement Choice(int chunk) => chunks[chunk].GetProperty("choices")[0];
        Assert.Equal("assistant", Choice(0).GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal("Hé", Choice(1).GetProperty("delta").GetProperty("content").GetString());
        Assert.Equal("length", Choice(3).GetProperty("finish_reason").GetString());
        if (!usage) return;
        Assert.Equal(0, chunks[4].GetProperty("choices").GetArrayLength());
        Assert.Equal(19, chunks[4].GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task Half_a_surrogate_pair_and_line_separators_reach_the_wire()
    {
        _server.Enqueue(Reply.Stream(["\ud83d", "\ude00", "\u2028\0"]));
        string body = await Text(await Post("{}"));
        Assert.Contains("""{"content":"\ud83d"}""", body, StringComparison.Ordinal);
        Assert.Contains("""{"content":"\ude00"}""", body, StringComparison.Ordinal);
        Assert.Contains("{\"content\":\"\u2028\\u0000\"}", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_piece_is_a_chunk_of_its_own()
    {
        _server.Enqueue(Reply.Sse("data: é\n\n").Splitting(1), Reply.Sse("0123456789").SplitAt(3, 7), Reply.Events("a", "b"), Reply.Completion("x"));
        Assert.EndsWith("\r\n\r\n1\r\nd\r\n1\r\na\r\n1\r\nt\r\n1\r\na\r\n1\r\n:\r\n1\r\n \r\n1\r\nÃ\r\n1\r\n©\r\n1\r\n\n\r\n1\r\n\n\r\n0\r\n\r\n", await Wire(), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n3\r\n012\r\n4\r\n3456\r\n3\r\n789\r\n0\r\n\r\n", await Wire(), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n9\r\ndata: a\n\n\r\n9\r\ndata: b\n\n\r\n0\r\n\r\n", await Wire(), StringComparison.Ordinal);
        Assert.Contains("Content-Length: ", await Wire(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gates_hold_back_the_head_and_the_body_until_they_open()
    {
        TaskCompletionSource head = new();
        TaskCompletionSource byEvent = new();
        TaskCompletionSource byByte = new();
        _server.Enqueue(Reply.Events("a", "b", "c").GateHeaders(head.Task).Gate(Offset.Events(1), byEvent.Task).Gate(20, byByte.Task));
        Task<HttpResponseMessage> posting = Post("{}");
        await _server.WaitForRequestsAsync(1);
        await AssertPending(posting);
        head.SetResult();
        using HttpResponseMessage response = await posting;
        Stream body = await response.Content.ReadAsStreamAsync();
        Assert.Equal("data: a\n\n", await Read(body, 9));
        Task<string> next = Read(body, 11);
        await AssertPending(next);
        byEvent.SetResult();
        Assert.Equal("data: b\n\nda", await next);
        next = Read(body, 7);
        await AssertPending(next);
        byByte.SetResult();
        Assert.Equal("ta: c\n\n", await next);
        Assert.Equal(0, await body.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task A_delayed_head_comes_late()
    {
        Stopwatch watch = Stopwatch.StartNew();
        _server.Enqueue(Reply.Completion("x").DelayHeaders(TimeSpan.FromMilliseconds(60)));
        (await Post("{}")).Dispose();
        Assert.InRange(watch.ElapsedMilliseconds, 50, (long)Limit.TotalMilliseconds);
    }

    [Fact]
    public async Task A_hang_before_the_head_lasts_until_the_client_goes()
    {
        _server.Enqueue(Reply.Completion("never").HangBeforeHeaders());
        using CancellationTokenSource giveUp = new();
        Task<HttpResponseMessage> posting = Post("{}", giveUp.Token);
        ReceivedRequest request = (await _server.WaitForRequestsAsync(1))[0];
        await AssertPending(posting);
        Assert.False(request.Aborted.IsCompleted);
        await giveUp.CancelAsync();
        await request.Aborted.WaitAsync(Limit);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.Completed);
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(true, 10)]
    [InlineData(false, 4)]
    [InlineData(false, 10)]
    public async Task A_hang_in_the_body_is_silent_with_the_socket_open(bool stream, int after)
    {
        _server.Enqueue((stream ? Reply.Sse("0123456789") : Reply.Raw(200, "text/plain", "0123456789")).HangAfter(after));
        HttpResponseMessage response = await Post("{}");
        Stream body = await response.Content.ReadAsStreamAsync();
        Assert.Equal("0123456789"[..after], await Read(body, after));
        await AssertPending(Read(body, 1));
        Assert.False(_server.Requests[0].Aborted.IsCompleted);
        response.Dispose();
        await _server.Requests[0].Aborted.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_stream_can_stay_open_after_its_end()
    {
        _server.Enqueue(Reply.Events("x", Payloads.Done).KeepOpenAfterEnd());
        HttpResponseMessage response = await Post("{}");
        Stream body = await response.Content.ReadAsStreamAsync();
        Assert.Equal("data: x\n\ndata: [DONE]\n\n", await Read(body, 23));
        await AssertPending(Read(body, 1));
        response.Dispose();
        await _server.Requests[0].Aborted.WaitAsync(Limit);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 4)]
    [InlineData(true, 10)]
    [InlineData(false, 4)]
    [InlineData(false, 10)]
    public async Task A_truncated_body_shows_as_such(bool stream, int after)
    {
        _server.Enqueue((stream ? Reply.Sse("0123456789") : Reply.Raw(200, "text/plain", "0123456789")).TruncateAfter(after));
        using HttpResponseMessage response = await Post("{}");
        Stream body = await response.Content.ReadAsStreamAsync();
        Assert.Equal("0123456789"[..after], await Read(body, after));
        HttpIOException cut = await Assert.ThrowsAsync<HttpIOException>(() => body.ReadAsync(new byte[1]).AsTask());
        Assert.Equal(HttpRequestError.ResponseEnded, cut.HttpRequestError);
        await _server.Requests[0].Completed.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_close_before_the_head_shows_as_such()
    {
        _server.Enqueue(Reply.Completion("x").CloseBeforeHeaders());
        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(() => Post("{}"));
        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
    }

    [Fact]
    public async Task A_reset_before_any_byte_is_a_reset()
    {
        _server.Enqueue(Reply.Completion("x").ResetAfter(0));
        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(() => Post("{}"));
        Assert.Equal(SocketError.ConnectionReset, ErrorCode(error));
    }

    [Fact]
    public async Task A_reset_in_the_body_is_a_reset()
    {
        TaskCompletionSource seen = new();
        _server.Enqueue(Reply.Sse("0123456789").Gate(4, seen.Task).ResetAfter(4));
        using HttpResponseMessage response = await Post("{}");
        Stream body = await response.Content.ReadAsStreamAsync();
        Assert.Equal("0123", await Read(body, 4));
        seen.SetResult();
        IOException error = await Assert.ThrowsAnyAsync<IOException>(() => body.ReadAsync(new byte[1]).AsTask());
        Assert.Equal(SocketError.ConnectionReset, ErrorCode(error));
    }

    [Fact]
    public async Task Without_a_length_a_cut_looks_like_the_end()
    {
        _server.Enqueue(Reply.Sse("0123456789").CloseWithoutLength(4), Reply.Completion("whole").CloseWithoutLength());
        using HttpResponseMessage cut = await Post("{}");
        Assert.Null(cut.Content.Headers.ContentLength);
        Assert.False(cut.Headers.TransferEncodingChunked ?? false);
        Assert.Equal("0123", await cut.Content.ReadAsStringAsync());
        using HttpResponseMessage whole = await Post("{}");
        Assert.Null(whole.Content.Headers.ContentLength);
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(await whole.Content.ReadAsStringAsync()).ValueKind);
        Assert.Equal(2, _server.ConnectionCount);
    }

    [Fact]
    public async Task Errors_redirects_and_raw_bodies_are_sent_as_told()
    {
        _server.Enqueue(
            Reply.Error(429, "slow", "requests", "rate_limit_exceeded").WithHeader("Retry-After", "1").WithHeader("retry-after", "2"),
            Reply.CloudflareError(404, 7003, "no route"),
            Reply.Redirect(307, "http://127.0.0.1:9/elsewhere"),
            Reply.Raw(502, "text/html", "<html>").WithHeader("Content-Type", "text/weird").WithStatus(599));
        using HttpResponseMessage error = await Post("{}");
        Assert.Equal("""{"error":{"message":"slow","type":"requests","param":null,"code":"rate_limit_exceeded"}}""", await error.Content.ReadAsStringAsync());
        Assert.Equal("2", Assert.Single(error.Headers.GetValues("Retry-After")));
        Assert.Equal("Too Many Requests", error.ReasonPhrase);
        JsonElement cloudflare = await JsonOf(await Post("{}"));
        Assert.Equal(7003, cloudflare.GetProperty("errors")[0].GetProperty("code").GetInt32());
        using HttpResponseMessage redirect = await Post("{}");
        Assert.Equal((307, "http://127.0.0.1:9/elsewhere"), ((int)redirect.StatusCode, redirect.Headers.Location!.OriginalString));
        using HttpResponseMessage raw = await Post("{}");
        Assert.Equal((599, "text/weird"), ((int)raw.StatusCode, raw.Content.Headers.ContentType!.MediaType));
        Assert.Throws<ArgumentException>(() => Reply.Completion("x").WithHeader("X", "a\r\nB: c"));
        Assert.Throws<InvalidOperationException>(() => Reply.Json("{}").WithId("x"));
    }

    [Fact]
    public async Task A_repeated_block_is_sent_so_many_times()
    {
        _server.Enqueue(Reply.Raw(200, "text/plain", "<").Repeating("ab"u8.ToArray(), 100_000));
        string body = await Text(await Post("{}"));
        Assert.Equal("<" + string.Concat(Enumerable.Repeat("ab", 100_000)), body);
    }

    [Fact]
    public async Task An_endless_body_lasts_until_the_client_goes()
    {
        _server.Enqueue(Reply.Sse("data: ").Repeating("x"u8.ToArray(), long.MaxValue));
        HttpResponseMessage response = await Post("{}");
        Stream body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[8 * 1024 * 1024]);
        response.Dispose();
        await _server.Requests[0].Aborted.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_handler_owns_the_connection()
    {
        _server.Enqueue(Reply.RawSocket(async (stream, stopping) => await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"u8.ToArray(), stopping)));
        Assert.Equal("hi", await Text(await Post("{}")));
        await _server.Requests[0].Completed.WaitAsync(Limit);

        _server.Enqueue(Reply.RawSocket((_, _) => throw new NotSupportedException()));
        await Assert.ThrowsAsync<HttpRequestException>(() => Post("{}"));
        await Assert.ThrowsAsync<NotSupportedException>(() => _server.Requests[1].Completed.WaitAsync(Limit));
    }

    [Fact]
    public async Task The_models_are_listed_without_a_reply_from_the_queue()
    {
        _server.Models = ["one", "two"];
        _server.Enqueue(Reply.Json("1"));
        JsonElement list = JsonElement.Parse(await _client.GetStringAsync(Address("/models")));
        Assert.Equal(["one", "two"], list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.Equal("1", await Text(await Post("{}")));
    }

    [Fact]
    public async Task Stopping_ends_replies_that_hang_wait_or_cannot_be_sent()
    {
        _server.Enqueue(
            Reply.Completion("x").HangBeforeHeaders(),
            Reply.Completion("x").GateHeaders(new TaskCompletionSource().Task),
            Reply.RawSocket((_, _) => new TaskCompletionSource().Task),
            Reply.Sse(new byte[64 * 1024 * 1024]));
        Task<HttpResponseMessage>[] posting = [.. Enumerable.Range(0, 4).Select(_ => Post("{}"))];
        IReadOnlyList<ReceivedRequest> requests = await _server.WaitForRequestsAsync(4);
        await Task.WhenAny(posting); // The long one has its head; nobody reads its body.
        await _server.DisposeAsync().AsTask().WaitAsync(Limit);
        Assert.All(requests, request => Assert.True(request.Completed.IsCanceled && request.Aborted.IsCanceled));
        await Assert.ThrowsAsync<HttpRequestException>(() => Post("{}"));
        foreach (Task<HttpResponseMessage> post in posting) await post.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Something_that_is_no_http_is_refused()
    {
        Assert.StartsWith("HTTP/1.1 400 ", await Wire("hello\r\n\r\n"), StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Replies_can_be_scripted_over_http()
    {
        _server.AllowScripting = true;
        await Script("""
            [
              {"kind":"completion","text":"plain","id":"chatcmpl-9","keySource":"Unified"},
              {"kind":"stream","deltas":["a","b"],"splitting":1},
              {"kind":"error","status":429,"message":"slow","code":"rate","headers":{"Retry-After":"3"}},
              {"kind":"json","status":201,"body":{"x":1}},
              {"kind":"sse","body":"data: x\n\n","truncateAfter":4},
              {"kind":"events","payloads":["x","y"],"closeWithoutLength":{"events":1}},
              {"kind":"completion","text":"never","hangBeforeHeaders":true}
            ]
            """);
        Assert.Contains("chatcmpl-9", await Text(await Post("{}")), StringComparison.Ordinal);
        Assert.Equal(5, Events(await Text(await Post("{}"))).Length);
        using (HttpResponseMessage error = await Post("{}")) Assert.Equal((429, "3"), ((int)error.StatusCode, error.Headers.RetryAfter!.ToString()));
        using (HttpResponseMessage json = await Post("{}")) Assert.Equal((201, """{"x":1}"""), ((int)json.StatusCode, await json.Content.ReadAsStringAsync()));
        using (HttpResponseMessage sse = await Post("{}")) await Assert.ThrowsAsync<HttpRequestException>(() => sse.Content.ReadAsStringAsync());
        Assert.Equal("data: x\n\n", await Text(await Post("{}")));
        using CancellationTokenSource giveUp = new();
        Task<HttpResponseMessage> posting = Post("""{"é":1}""", giveUp.Token);
        await _client.GetStringAsync(Root("/_requests?received=7"));
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
        JsonElement[] requests = [.. JsonElement.Parse(await _client.GetStringAsync(Root("/_requests?finished=7"))).EnumerateArray()];
        Assert.Equal("""{"é":1}""", requests[6].GetProperty("body").GetString());
        Assert.Equal(["completed", "aborted"], requests[5..].Select(request => request.GetProperty("reply").GetString()));
        (await _client.DeleteAsync(Root("/_requests"))).Dispose();
        Assert.Equal("[]", await _client.GetStringAsync(Root("/_requests")));
    }

    [Theory]
    [InlineData("""[{"kind":"completion"}]""", "text")]
    [InlineData("""[{"kind":"compleat","text":"x"}]""", "compleat")]
    [InlineData("""[{"kind":"completion","text":"x","hangafter":1}]""", "hangafter")]
    [InlineData("""[{"kind":"json","body":{},"id":"x"}]""", "shape")]
    [InlineData("""[{"kind":"completion","text":5}]""", "")]
    [InlineData("""[{"kind":"sse","body":"","repeating":{"text":"x"}}]""", "repeating")]
    [InlineData("nonsense", "array")]
    public async Task A_script_with_a_slip_is_refused(string script, string named)
    {
        _server.AllowScripting = true;
        using HttpResponseMessage response = await _client.PostAsync(Root("/_script"), new StringContent(script));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact(Skip = OnlyOnNet.Programs)]
    public async Task By_itself_it_tells_its_address_echoes_and_ends_when_told()
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "GptChat.TestServer.dll")]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        try
        {
            string line = (await process.StandardOutput.ReadLineAsync().WaitAsync(Limit))!;
            Assert.StartsWith("listening on http://127.0.0.1:", line, StringComparison.Ordinal);
            Uri address = new(line["listening on ".Length..] + "/chat/completions");
            using HttpResponseMessage plain = await _client.PostAsync(address, new StringContent("""{"messages":[{"role":"user","content":"say it"}]}"""));
            JsonElement body = await JsonOf(plain);
            Assert.Equal("say it", body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
            using HttpResponseMessage streamed = await _client.PostAsync(address, new StringContent("""{"stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"say it"}]}]}"""));
            Assert.Equal(5, Events(await streamed.Content.ReadAsStringAsync()).Length);
            if (OperatingSystem.IsWindows()) return;
            using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync().WaitAsync(Limit);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private Uri Address(string path) => new(_server.BaseUri.AbsoluteUri + path);

    private Uri Root(string path) => new(_server.BaseUri, path);

    private async Task<HttpResponseMessage> Post(string json, CancellationToken cancellationToken = default)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address("/chat/completions")) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task Script(string script)
    {
        using HttpResponseMessage response = await _client.PostAsync(Root("/_script"), new StringContent(script));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Everything that comes back on a connection of its own, a character a byte.</summary>
    private async Task<string> Wire(string request = "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, _server.BaseUri.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using StreamReader reader = new(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync().WaitAsync(Limit);
    }

    /// <summary>Nothing came while another request was answered in full.</summary>
    private async Task AssertPending(Task task)
    {
        Assert.Equal("1", await Text(await Post("\"fence\"")));
        Assert.False(task.IsCompleted);
    }

    private static async Task<string> Read(Stream body, int count)
    {
        byte[] bytes = new byte[count];
        await body.ReadExactlyAsync(bytes).AsTask().WaitAsync(Limit);
        return Encoding.UTF8.GetString(bytes);
    }

    private static async Task<string> Text(HttpResponseMessage response)
    {
        using (response) return await response.Content.ReadAsStringAsync();
    }

    private static async Task<JsonElement> JsonOf(HttpResponseMessage response) => JsonElement.Parse(await Text(response));

    private static string[] Events(string body) =>
        [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line["data: ".Length..])];

    private static SocketError? ErrorCode(Exception? error)
    {
        while (error is not (null or SocketException)) error = error.InnerException;
        return (error as SocketException)?.SocketErrorCode;
    }
}
