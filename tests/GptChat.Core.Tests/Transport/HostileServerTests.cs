using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>Servers that mean harm, or are none: a clear failure, little memory, and the key goes nowhere else.</summary>
public sealed class HostileServerTests : ServerTest
{
    private static readonly byte[] Block = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));

    private static Reply Head(string text, byte[]? endlessly = null) => Reply.RawSocket(async (stream, stop) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), stop);
        while (endlessly is not null) await stream.WriteAsync(endlessly, stop);
    });

    private async Task<GptChatException> Fails(GptErrorKind kind, Reply reply, bool stream = true)
    {
        Server.Enqueue(reply);
        GptChatException failure = (await SendAsync(Calls.Ask(Connection, stream) with { Retry = new RetryPolicy(2, TimeSpan.Zero) })).FailedAs(kind);
        Assert.Single(Server.Requests);
        Assert.DoesNotContain(Calls.Key, failure.ToString(), StringComparison.Ordinal);
        Assert.All(failure.Message, character => Assert.False(char.IsControl(character), failure.Message));
        return failure;
    }

    [Theory(Skip = OnlyOnNet.Faults)]
    [InlineData("X-Endless: xxxxxxxx")]
    [InlineData("X-Endless: xxxxxxxx\r\n")]
    public async Task Endless_headers_are_ended(string line)
    {
        byte[] lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 4096)));
        GptChatException failure = await Fails(GptErrorKind.MalformedResponse, Head("HTTP/1.1 200 OK\r\n", lines));
        Assert.Contains("64 KiB of headers", failure.Message, StringComparison.Ordinal);
    }

    [Theory(Skip = OnlyOnNet.Faults)]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("<html>HTTP/0.9 has no status line</html>\r\n")]
    [InlineData("\0\u0001\u0002\r\n\r\n")]
    [InlineData("HTTP/1.1 banana OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno header at all\r\n\r\n")]
    public async Task What_does_not_speak_http_is_told(string text) =>
        Assert.Contains("does not speak HTTP", (await Fails(GptErrorKind.MalformedResponse, Head(text))).Message, StringComparison.Ordinal);

    [Fact(Skip = OnlyOnNet.Faults)]
    public async Task An_endless_flood_of_preliminary_answers_is_ended()
    {
        byte[] flood = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 1000)));
        Assert.Contains("64 KiB", (await Fails(GptErrorKind.MalformedResponse, Head("", flood))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("gzip, identity")]
    public async Task A_compressed_answer_is_not_unfolded(string coding)
    {
        using MemoryStream bomb = new();
        using (GZipStream zip = new(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int i = 0; i < 1000; i++) zip.Write(Block);
        }

        Reply reply = Reply.Raw(200, "application/json", bomb.ToArray()).WithHeader("Content-Encoding", coding);
        GptChatException failure = await Fails(GptErrorKind.MalformedResponse, reply, stream: false);
        Assert.Contains("compressed (" + coding + ")", failure.Message, StringComparison.Ordinal);
        Assert.Equal("identity", Server.Requests[0].Headers["Accept-Encoding"]);
    }

    [Fact]
    public async Task A_compressed_error_is_the_error_that_its_status_says()
    {
        Reply reply = Reply.Raw(401, "application/json", [0x1f, 0x8b, 8, 0]).WithHeader("Content-Encoding", "gzip");
        Assert.StartsWith("401 Unauthorized.", (await Fails(GptErrorKind.Authentication, reply)).Message, StringComparison.Ordinal);
        Assert.Equal("Here.", (await SendAsync(Reply.Completion("Here.").WithHeader("Content-Encoding", "identity"), stream: false)).Response.Content);
    }

    [Theory]
    [InlineData("data: ")]
    [InlineData(": comment ")]
    [InlineData("event: ")]
    public async Task An_endless_line_is_ended(string beginning) =>
        Assert.Contains("64 MiB", (await Fails(GptErrorKind.MalformedResponse, Reply.Sse(beginning).Repeating(Block, long.MaxValue))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_endless_plain_body_is_ended() =>
        Assert.Contains("256 MiB", (await Fails(GptErrorKind.MalformedResponse, Reply.Raw(200, "application/json", "{").Repeating(Block, long.MaxValue), stream: false)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Json_of_a_million_levels_is_damaged_and_no_more(bool stream)
    {
        string deep = "{\"choices\":" + new string('[', 1_000_000);
        GptChatException failure = await Fails(GptErrorKind.MalformedResponse, stream ? Reply.Events(deep) : Reply.Raw(200, "application/json", deep), stream);
        Assert.InRange(failure.Message.Length, 1, 1000);
    }

    [Fact]
    public async Task Zero_characters_and_bytes_that_are_no_utf8_become_text()
    {
        byte[] before = Encoding.UTF8.GetBytes("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\\u0000");
        byte[] after = Encoding.UTF8.GetBytes("b\"}}]}\n\n" + InMemory.Events(Payloads.FinishChunk(), Payloads.Done));
        Outcome outcome = await SendAsync(Reply.Sse([.. before, 0xC3, 0x28, 0xFF, .. after]));
        Assert.Equal("a\0\uFFFD(\uFFFDb", outcome.Response.Content);
    }

    [Fact]
    public async Task A_raw_zero_in_a_stream_is_damage() => await Fails(GptErrorKind.MalformedResponse, Reply.Sse("data: {\"choices\":[{\"delta\":{\"content\":\"a\0b\"}}]}\n\n"));

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_host_is_not_followed(int status)
    {
        await using ChatServer other = await ChatServer.StartAsync();
        GptChatException failure = await Fails(GptErrorKind.RedirectRefused, Reply.Redirect(status, other.BaseUri + "/chat/completions"));
        Assert.Contains(other.BaseUri.Authority, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, other.ConnectionCount);
    }

    [NotOnMonoTheory(OnMono.Certificates)]
    [InlineData("localhost", false)]
    [InlineData("other.example", false)]
    [InlineData("localhost", true)]
    public async Task A_certificate_that_does_not_match_is_refused_before_anything_is_sent(string host, bool isExpired)
    {
        using X509Certificate2 certificate = Certificates.SelfSigned(host, isExpired ? DateTimeOffset.UtcNow.AddDays(-1) : null);
        await using ChatServer secure = await ChatServer.StartAsync(certificate: certificate);
        ChatCall call = Calls.Ask(Calls.Connection("https://localhost:" + secure.BaseUri.Port + "/v1")) with { Retry = new RetryPolicy(2, TimeSpan.Zero) };
        GptChatException failure = (await SendAsync(call)).FailedAs(GptErrorKind.CertificateRejected);
        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(1, failure.Attempts);
        Assert.Equal(1, secure.ConnectionCount);
        Assert.Empty(secure.Requests);
    }

    [Fact]
    public async Task Https_where_http_is_spoken_is_told()
    {
        Outcome outcome = await SendAsync(Calls.Ask(Calls.Connection("https://" + Server.BaseUri.Authority + "/v1")));
        Assert.Contains("http: only?", outcome.FailedAs(GptErrorKind.CertificateRejected).Hint, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [NotOnMonoFact(OnMono.Certificates)]
    public async Task Http_where_https_is_spoken_is_told()
    {
        using X509Certificate2 certificate = Certificates.SelfSigned("localhost");
        await using ChatServer secure = await ChatServer.StartAsync(certificate: certificate);
        Outcome outcome = await SendAsync(Calls.Ask(Calls.Connection("http://" + secure.BaseUri.Authority + "/v1")));
        Assert.Contains("https:?", outcome.Failure!.Hint, StringComparison.Ordinal);
        Assert.Empty(secure.Requests);
    }
}
