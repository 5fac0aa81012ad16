using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using GptChat.Transport;

namespace GptChat.Core.Tests;

/// <summary>Answers from memory, read by the same client that reads those from a socket.</summary>
internal static class InMemory
{
    public const string EventStream = "text/event-stream; charset=utf-8";
    public const string Json = "application/json";

    /// <summary>Events as they stand on the wire, each one line of data.</summary>
    public static string Events(params string[] payloads) => string.Concat(payloads.Select(Payloads.Event));

    /// <summary>A stream that ends as it should, with deltas given as JSON.</summary>
    public static string Deltas(params string[] deltas) =>
        Events([.. deltas.Select(delta => Payloads.Chunk(delta)), Payloads.FinishChunk(), Payloads.Done]);

    /// <summary>A stream that ends as it should, with this text.</summary>
    public static string TextStream(params string[] pieces) =>
        Events([Payloads.RoleChunk(), .. pieces.Select(piece => Payloads.ContentChunk(piece)), Payloads.FinishChunk(), Payloads.UsageChunk(), Payloads.Done]);

    /// <summary>A plain body around a message given as JSON.</summary>
    public static string Plain(string message, string? finishReason = "stop") =>
        $$"""{"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"m","choices":[{"index":0,"message":{{message}},"finish_reason":{{(finishReason is null ? "null" : "\"" + finishReason + "\"")}}}]}""";

    /// <summary>Reads a stream's text.</summary>
    public static Task<Outcome> StreamAsync(string body) => AnswerAsync(PieceStream.Whole(Encoding.UTF8.GetBytes(body)));

    /// <summary>Reads a plain body.</summary>
    public static Task<Outcome> PlainAsync(string body, int status = 200, string contentType = Json) =>
        AnswerAsync(PieceStream.Whole(Encoding.UTF8.GetBytes(body)), contentType, status, asksForStream: false);

    /// <summary>Reads any answer.</summary>
    public static Task<Outcome> AnswerAsync(
        Stream body,
        string contentType = EventStream,
        int status = 200,
        bool asksForStream = true,
        ChatTimeouts? timeouts = null,
        GptConnection? connection = null,
        IReadOnlyDictionary<string, string>? headers = null,
        CancellationToken cancellation = default)
    {
        ChatCall call = Calls.Ask(connection ?? Calls.Connection(), asksForStream, timeouts: timeouts);
        return Outcome.OfAsync(Calls.Send(new InMemoryTransport(body, contentType, status, headers), call, cancellation));
    }
}

/// <summary>Answers every request with a body in memory.</summary>
internal sealed class InMemoryTransport(Stream body, string contentType = InMemory.EventStream, int status = 200, IReadOnlyDictionary<string, string>? headers = null) : IChatTransport
{
    public Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = contentType };
        foreach (KeyValuePair<string, string> header in headers ?? new Dictionary<string, string>()) all[header.Key] = header.Value;
        return Task.FromResult(new TransportResponse(status, null, all, body));
    }
}
