using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GptChat.TestServer;
using GptChat.Tests.EdgeCases;
using Xunit;

namespace GptChat.Tests.Oddities;

/// <summary>HTTP as servers and proxies speak it that are not quite sound.</summary>
public sealed class OddHttpTests : EdgeCaseTest
{
    private const string Json = "Content-Type: application/json\r\n";
    private const string Close = "Connection: close\r\n";
    private const string Name = "chatcmpl";

    private static readonly string Body = Payloads.Completion("the answer");

    private static readonly string Length = "Content-Length: " + Encoding.UTF8.GetByteCount(Body) + "\r\n";

    private static readonly Dictionary<string, string> Answers = new()
    {
        ["100 Continue first"] = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n" + Json + Length + Close + "\r\n" + Body,
        ["103 Early Hints first"] = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\n" + Json + Length + Close + "\r\n" + Body,
        ["three times 102 Processing first"] = string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 3)) + "HTTP/1.1 200 OK\r\n" + Json + Length + Close + "\r\n" + Body,
        ["HTTP/1.0 without a length"] = "HTTP/1.0 200 OK\r\n" + Json + "\r\n" + Body,
        ["lines that end with LF alone"] = "HTTP/1.1 200 OK\n" + (Json + Length + Close).Replace("\r\n", "\n") + "\n" + Body,
        ["names in lower and upper case"] = "HTTP/1.1 200 OK\r\n" + (Json + Length).ToLowerInvariant() + Close.ToUpperInvariant() + "\r\n" + Body,
        ["a status without words"] = "HTTP/1.1 200 \r\n" + Json + Length + Close + "\r\n" + Body,
        ["206 Partial Content"] = "HTTP/1.1 206 Partial Content\r\n" + Json + Length + Close + "\r\n" + Body,
        ["201 Created"] = "HTTP/1.1 201 Created\r\n" + Json + Length + Close + "\r\n" + Body,
        ["a chunk for every byte"] = "HTTP/1.1 200 OK\r\n" + Json + Close + "Transfer-Encoding: chunked\r\n\r\n" + Chunks(Body, 1) + "0\r\n\r\n",
        ["extensions of chunks"] = "HTTP/1.1 200 OK\r\n" + Json + Close + "Transfer-Encoding: chunked\r\n\r\n" + Chunks(Body, 7, ";x=\"y\"") + "0\r\n\r\n",
        ["trailers"] = "HTTP/1.1 200 OK\r\n" + Json + Close + "Trailer: x-sum\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks(Body, 100) + "0\r\nx-sum: 1\r\nx-request-id: late\r\n\r\n",
        ["more bytes than told"] = "HTTP/1.1 200 OK\r\n" + Json + Length + Close + "\r\n" + Body + "HTTP/1.1 500 No\r\n\r\n",
    };

    public static TheoryData<string> AllAnswers => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(AllAnswers))]
    public void An_answer_is_read_all_the_same(string name)
    {
        Call call = Ask("", Raw(Answers[name])).Is("the answer");
        Assert.StartsWith(Name, (string)call.Response("Id")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Application/JSON; Charset=UTF-8", false)]
    [InlineData("application/json;charset=utf-16", false)]
    [InlineData("application/json; charset=no-such-charset", false)]
    [InlineData("application/problem+json", false)]
    [InlineData("text/html", false)]
    [InlineData("nonsense", false)]
    [InlineData(" text/event-stream ;charset=latin1", true)]
    [InlineData("TEXT/Event-Stream", true)]
    public void The_name_of_the_type_may_be_spelled_oddly_and_the_charset_lie(string type, bool isStream)
    {
        byte[] body = Encoding.UTF8.GetBytes(isStream ? Good("naïve ’") : Payloads.Completion("naïve ’"));
        foreach (string mode in new[] { "", "-Stream" }) Ask(mode, Reply.Raw(200, type, body)).Is("naïve ’");
    }

    [Fact]
    public void A_whole_answer_without_a_type_to_a_call_for_a_stream_is_the_answer() => Ask("-Stream", Reply.Raw(200, null, Payloads.Completion("whole"))).Is("whole");

    [Theory]
    [InlineData(204, "EmptyResponse")]
    [InlineData(205, "EmptyResponse")]
    [InlineData(202, "EmptyResponse")]
    public void A_status_of_success_without_an_answer_is_an_error(int status, string kind)
    {
        foreach (string mode in new[] { "", "-Stream" }) Ask(mode, Raw("HTTP/1.1 " + status + " Well\r\n" + Close + "Content-Length: 0\r\n\r\n")).Fails(kind, words: status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(304)]
    [InlineData(300)]
    [InlineData(399)]
    public void A_status_of_redirection_that_points_nowhere_is_no_redirect(int status) =>
        Ask("", Raw("HTTP/1.1 " + status + " Odd\r\n" + Close + "Content-Length: 0\r\n\r\n")).Fails("BadRequest", words: [status + " Odd", "-BaseUri"]);

    [Theory]
    [InlineData(418, "BadRequest")]
    [InlineData(451, "BadRequest")]
    [InlineData(501, "ServerError")]
    [InlineData(505, "ServerError")]
    [InlineData(599, "ServerError")]
    [InlineData(999, "ServerError")]
    public void A_status_of_its_own_is_an_error_that_is_not_tried_again(int status, string kind) =>
        Ask("", Reply.Raw(status, "text/plain", "no")).Fails(kind, words: "HTTP " + status);

    [Fact]
    public void A_body_that_is_shorter_than_told_is_truncated() =>
        Ask("", Raw("HTTP/1.1 200 OK\r\n" + Json + "Content-Length: 5000\r\n\r\n" + Body)).Fails("Truncated");

    [Fact]
    public void A_body_that_is_longer_than_told_is_cut_where_it_was_told() =>
        Ask("", Raw("HTTP/1.1 200 OK\r\n" + Json + Close + "Content-Length: 20\r\n\r\n" + Body)).Fails("MalformedResponse");

    [Fact]
    public void A_stream_whose_length_ends_before_it_does_is_truncated()
    {
        string events = Text("one ") + Text("two");
        Ask("-Stream", Raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + Close + "Content-Length: " + events.Length + "\r\n\r\n" + events + End)).Fails("Truncated", "one two");
    }

    private static string Chunks(string body, int size, string extension = "") =>
        string.Concat(body.Chunk(size).Select(piece => piece.Length.ToString("X", System.Globalization.CultureInfo.InvariantCulture) + extension + "\r\n" + new string(piece) + "\r\n"));

    private static Reply Raw(string text) => Reply.RawSocket(async (stream, stopping) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stopping));
}
