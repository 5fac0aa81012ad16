using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer.Http;

namespace GptChat.TestServer;

public sealed partial class Reply
{
    private static readonly byte[] NoBytes = [];

    /// <summary>A plain completion with all its usual members.</summary>
    public static Reply Completion(string text) =>
        new((_, reply) => Content.Json(Payloads.Completion(text, reply.Shape))) { Shape = new CompletionShape() };

    /// <summary>The completion streamed a word at a time.</summary>
    public static Reply Stream(string text) => Stream(Words(text));

    /// <summary>
    /// The completion streamed in the given pieces: a role chunk, a chunk for each piece, a finish chunk, a usage chunk when
    /// the request asks for usage, and <c>[DONE]</c>. Padding is left out when the request asks for none.
    /// </summary>
    public static Reply Stream(IEnumerable<string> deltas)
    {
        string[] pieces = [.. deltas];
        return new((request, reply) => StreamContent(pieces, request, reply.Shape!)) { Shape = new CompletionShape() };
    }

    /// <summary>The completion in the form that the request asks for: streamed if it says <c>stream: true</c>, else plain.</summary>
    public static Reply AsAsked(string text) => AsAsked(_ => text);

    /// <summary>The text of the last user message, in the form that the request asks for.</summary>
    public static Reply Echo() => AsAsked(EchoText.Of);

    /// <summary>A JSON body.</summary>
    public static Reply Json(string json, int status = 200) => new((_, _) => Content.Json(json)) { Status = status };

    /// <summary>An error with the usual error object.</summary>
    public static Reply Error(int status, string message, string? type = null, string? code = null, string? param = null) =>
        Json(Payloads.Error(message, type, code, param), status);

    /// <summary>An error in Cloudflare's envelope.</summary>
    public static Reply CloudflareError(int status, int code, string message) => Json(Payloads.CloudflareError(code, message), status);

    /// <summary>Any body, sent with its length.</summary>
    /// <param name="status">The status.</param>
    /// <param name="contentType">The content type; without one the header is left out.</param>
    /// <param name="body">The body.</param>
    public static Reply Raw(int status, string? contentType, byte[] body) =>
        new((_, _) => new Content(contentType, [body], IsStream: false)) { Status = status };

    /// <summary>Any text, sent with its length.</summary>
    public static Reply Raw(int status, string? contentType, string body) => Raw(status, contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>An event stream with exactly these payloads, each as one <c>data:</c> line; <c>[DONE]</c> must be given too.</summary>
    public static Reply Events(IEnumerable<string> payloads)
    {
        string[] all = [.. payloads];
        return new((_, _) => Content.Events(all));
    }

    /// <summary>An event stream with exactly these payloads, each as one <c>data:</c> line; <c>[DONE]</c> must be given too.</summary>
    public static Reply Events(params string[] payloads) => Events(payloads.AsEnumerable());

    /// <summary>An event stream with exactly these bytes.</summary>
    public static Reply Sse(byte[] body) =>
        new((_, _) => new Content("text/event-stream; charset=utf-8", [body], IsStream: true));

    /// <summary>An event stream with exactly this text.</summary>
    public static Reply Sse(string body) => Sse(Encoding.UTF8.GetBytes(body));

    /// <summary>A redirect without a body.</summary>
    public static Reply Redirect(int status, string location) => Raw(status, null, NoBytes).WithHeader("Location", location);

    /// <summary>
    /// Hands the whole connection, of which one request has been read, to <paramref name="handler"/>; it is closed when
    /// that returns. The token is cancelled when the server stops. Modifiers have no effect here.
    /// </summary>
    public static Reply RawSocket(Func<Stream, CancellationToken, Task> handler) =>
        new((_, _) => throw new InvalidOperationException("The connection belongs to the handler.")) { RawHandler = handler };

    /// <summary>A JSON body that is made only when the reply is due.</summary>
    internal static Reply LateJson(Func<string> json) => new((_, _) => Content.Json(json()));

    private static Reply AsAsked(Func<ReceivedRequest, string> text) =>
        new((request, reply) => request.WantsStream
            ? StreamContent(Words(text(request)), request, reply.Shape!)
            : Content.Json(Payloads.Completion(text(request), reply.Shape)))
        {
            Shape = new CompletionShape(),
        };

    private static Content StreamContent(IEnumerable<string> deltas, ReceivedRequest request, CompletionShape shape) =>
        Content.Events(Payloads.Stream(
            deltas,
            shape,
            withUsage: request.StreamOption("include_usage") ?? false,
            withObfuscation: request.StreamOption("include_obfuscation") ?? true));

    private static List<string> Words(string text)
    {
        List<string> words = [];
        int start = 0;
        while (start < text.Length)
        {
            int space = text.IndexOf(' ', start + 1);
            int end = space < 0 ? text.Length : space;
            words.Add(text[start..end]);
            start = end;
        }
        return words;
    }
}
