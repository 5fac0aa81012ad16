using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GptChat.TestServer.Scripting;

/// <summary>The way to script a server over HTTP, for tests that run in another process.</summary>
/// <remarks>
/// <c>POST /_script</c> adds replies to the queue. <c>GET /_requests</c> lists what was received, with <c>?received=N</c> once
/// there are so many requests, with <c>?finished=N</c> once so many replies are over. <c>DELETE /_requests</c> forgets both.
/// <c>PUT /_answers</c> brings a table of answers, for requests that find the queue empty.
/// None of these is itself listed.
/// </remarks>
internal static class ScriptEndpoint
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to a request that is meant for the script, else null.</summary>
    public static Reply? Answer(ChatServer server, RequestLog log, ReceivedRequest request) => (request.Method, request.PathWithoutQuery) switch
    {
        ("POST", "/_script") => Enqueue(server, request),
        ("PUT", "/_answers") => SetAnswers(server, request),
        ("GET", "/_requests") => List(log, request.Path),
        ("DELETE", "/_requests") => Clear(server),
        (_, "/_script" or "/_requests" or "/_answers") => Reply.Error(405, "The method does not fit the path."),
        _ => null,
    };

    private static Reply Enqueue(ChatServer server, ReceivedRequest request) => Scripted(() =>
    {
        Reply[] replies = ScriptReader.ReadAll(request.Json);
        server.Enqueue(replies);
        return Reply.Json($$"""{"added":{{replies.Length}}}""");
    });

    private static Reply SetAnswers(ChatServer server, ReceivedRequest request) => Scripted(() =>
    {
        AnswerTable table = AnswerTable.Read(request.Json);
        server.Respond = table.Answer;
        server.Models ??= ["gpt-5.1-chat-latest", "gpt-5-mini", "llama3"];
        return Reply.Json($$"""{"rows":{{table.Count}}}""");
    });

    private static Reply Scripted(Func<Reply> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            return Reply.Error(400, error.Message, "script_error");
        }
    }

    private static Reply List(RequestLog log, string path)
    {
        Reply list = Reply.LateJson(() => Write(log.Snapshot()));
        string query = path.Contains('?', StringComparison.Ordinal) ? path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";
        return query.Split('=') switch
        {
            [""] => list,
            ["received", string text] when TryCount(text, out int count) => list.WaitingFor(gone => log.WaitAsync(count, gone)),
            ["finished", string text] when TryCount(text, out int count) => list.WaitingFor(gone => log.WaitFinishedAsync(count, gone)),
            _ => Reply.Error(400, "The query is received=N or finished=N.", "script_error"),
        };
    }

    private static Reply Clear(ChatServer server)
    {
        server.Clear();
        return Reply.Json("{}");
    }

    private static bool TryCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static string Write(IReadOnlyList<ReceivedRequest> requests)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json, Readable))
        {
            writer.WriteStartArray();
            foreach (ReceivedRequest request in requests) Write(writer, request);
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(json.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, ReceivedRequest request)
    {
        writer.WriteStartObject();
        writer.WriteString("method", request.Method);
        writer.WriteString("path", request.Path);
        writer.WriteStartObject("headers");
        foreach ((string name, string value) in request.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)) writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteString("body", request.BodyText);
        writer.WriteNumber("connection", request.Connection);
        writer.WriteString("reply", State(request));
        writer.WriteEndObject();
    }

    private static string State(ReceivedRequest request) =>
        request.Completed.IsCompletedSuccessfully ? "completed"
        : request.Aborted.IsCompletedSuccessfully ? "aborted"
        : request.Completed.IsFaulted ? "failed"
        : "pending";
}
