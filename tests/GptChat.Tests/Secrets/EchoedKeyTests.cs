using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Secrets;

/// <summary>Servers and proxies that repeat the key, in every shape and at every place, are not repeated.</summary>
public sealed class EchoedKeyTests : SecretTest
{
    private static readonly Dictionary<string, Func<string, Reply>> Places = new()
    {
        ["message"] = echo => Reply.Error(401, "Wrong key: " + echo + ", sorry"),
        ["type"] = echo => Reply.Error(401, "Wrong key", type: echo),
        ["code"] = echo => Reply.Error(401, "Wrong key", code: echo),
        ["param"] = echo => Reply.Error(400, "Wrong key", param: echo),
        ["error as text"] = echo => Reply.Json("{\"error\":\"" + echo + "\"}", 400),
        ["error as a list"] = echo => Reply.Json("{\"error\":[{\"code\":1,\"message\":\"" + echo + "\"},{\"message\":\"again " + echo + "\"}]}", 400),
        ["error of an odd shape"] = echo => Reply.Json("{\"error\":{\"reason\":\"" + echo + "\"}}", 400),
        ["envelope of Cloudflare"] = echo => Reply.CloudflareError(403, 9109, "Invalid token " + echo),
        ["text of Workers AI"] = echo => Reply.CloudflareError(400, 5006, "AiError: AiError: {\"error\":{\"message\":\"" + echo + "\",\"code\":\"" + echo + "\"}} (0f8fad5b-d9cb-469f-a165-70867728950e)"),
        ["detail"] = echo => Reply.Json("{\"detail\":[{\"loc\":[\"header\",\"" + echo + "\"],\"msg\":\"bad " + echo + "\",\"type\":\"" + echo + "\"}]}", 422),
        ["inner code"] = echo => Reply.Json("{\"error\":{\"message\":\"no\",\"innererror\":{\"code\":\"" + echo + "\"}}}", 400),
        ["title"] = echo => Reply.Raw(502, "text/html", "<html><head><title>Bad " + echo + "</title></head></html>"),
        ["plain text"] = echo => Reply.Raw(500, "text/plain", "panic: " + echo),
        ["long text"] = echo => Reply.Raw(500, "text/plain", new string('.', 490) + echo),
        ["broken JSON"] = echo => Reply.Raw(500, "application/json", "{\"error\":\"" + echo),
        ["request id"] = echo => Reply.Error(400, "no").WithHeader("x-request-id", echo),
        ["redirect"] = echo => Reply.Redirect(307, "https://example.com/?key=" + echo),
        ["any header"] = echo => Reply.Error(400, "no").WithHeader("x-debug", echo).WithHeader("set-cookie", "k=" + echo).WithHeader("retry-after", echo),
        ["status 200, error"] = echo => Reply.Json(Payloads.Error("Wrong key: " + echo, code: echo)),
        ["status 200, text"] = echo => Reply.Raw(200, "application/json", "Wrong key: " + echo),
        ["status 200, page"] = echo => Reply.Raw(200, "text/html", "<html><title>" + echo + "</title></html>"),
        ["event of an error"] = echo => Reply.Events(Payloads.ContentChunk("one"), Payloads.Error("Key " + echo + " ran out", echo, echo, echo)),
        ["event named error"] = echo => Reply.Sse("event: error\ndata: \"" + echo + "\"\n\n"),
        ["damaged event"] = echo => Reply.Events(Payloads.ContentChunk("one"), "{\"oops\": " + echo),
        ["stream without events"] = echo => Reply.Sse("Wrong key: " + echo),
        ["status line"] = echo => Raw("HTTP/1.1 401 Wrong " + echo + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
        ["damaged status line"] = echo => Raw("Wrong key " + echo + "\r\n\r\n"),
        ["damaged header"] = echo => Raw("HTTP/1.1 200 OK\r\n" + echo + "\r\n\r\n"),
        ["damaged chunk"] = echo => Raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + echo + "\r\n"),
        ["damaged chunk of a stream"] = echo => Raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + echo + "\r\n"),
        ["damaged length"] = echo => Raw("HTTP/1.1 200 OK\r\nContent-Length: " + echo + "\r\n\r\n"),
        ["damaged type"] = echo => Raw("HTTP/1.1 200 OK\r\nContent-Type: " + echo + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"),
    };

    public static TheoryData<string> AllPlaces => [.. Places.Keys];

    [Theory]
    [MemberData(nameof(AllPlaces))]
    public void It_shows_in_no_shape(string place)
    {
        Connect();
        Enqueue(place);
        Outcome outcome = Search("foreach ($mode in $modes) { try { Invoke-GptChat 'x' -MaximumRetryCount 0 @mode -Verbose -Debug } catch { $_ } }; 'end'", ("modes", Modes));
        Assert.Equal(Marker.Echoes.Count, outcome.Output.Count(item => item.BaseObject is ErrorRecord));
        WasSent(Marker.Echoes.Count);
        SearchSession();
    }

    [Theory]
    [MemberData(nameof(AllPlaces))]
    public void It_is_not_recorded(string place)
    {
        Connect();
        Enqueue(place);
        string path = Folder.At("r.jsonl");
        Invoke("foreach ($mode in $modes) { try { Invoke-GptChat 'x' -MaximumRetryCount 0 @mode -Record $path } catch { } }", ("modes", Modes), ("path", path));

        // An answer that was left before its end, or was no HTTP, is no exchange to keep.
        bool isKept = !place.StartsWith("damaged", StringComparison.Ordinal) && !place.StartsWith("event", StringComparison.Ordinal) && place != "redirect";
        if (isKept) Assert.Equal(Marker.Echoes.Count, File.ReadAllLines(path).Length);
        if (File.Exists(path)) Marker.IsAbsent(File.ReadAllText(path));
    }

    /// <summary>By turns whole and in pieces.</summary>
    private static Hashtable[] Modes => [.. Marker.Echoes.Select((_, number) => new Hashtable { ["Stream"] = number % 2 == 1 })];

    // In pieces, so that no shape is whole in any one read.
    private void Enqueue(string place) => Server.Enqueue([.. Marker.Echoes.Values.Select(echo => Places[place](echo).Splitting(5))]);

    private static Reply Raw(string text) => Reply.RawSocket(async (stream, stopping) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text), stopping));
}
