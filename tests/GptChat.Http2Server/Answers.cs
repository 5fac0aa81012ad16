using System;
using System.Text;
using System.Threading.Tasks;
using GptChat.TestServer;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GptChat.Http2Server;

/// <summary>What a <see cref="WebServer"/> answers.</summary>
public static class Answers
{
    /// <summary>A whole plain answer, after the request was read.</summary>
    public static async Task PlainAsync(HttpContext context, string text = "An answer of some words, as long as a sentence.")
    {
        ArgumentNullException.ThrowIfNull(context);
        await context.Request.Body.CopyToAsync(System.IO.Stream.Null).ConfigureAwait(false);
        byte[] body = Encoding.UTF8.GetBytes(Payloads.Completion(text));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body).ConfigureAwait(false);
    }

    /// <summary>A failure.</summary>
    public static async Task ErrorAsync(HttpContext context, int status, string message)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"error\":{\"message\":\"" + message + "\"}}").ConfigureAwait(false);
    }

    /// <summary>A piece of a streamed answer, on its way when this returns.</summary>
    public static Task PieceAsync(HttpContext context, string text) => EventAsync(context, Payloads.ContentChunk(text));

    /// <summary>The end of a streamed answer.</summary>
    public static async Task EndAsync(HttpContext context)
    {
        await EventAsync(context, Payloads.FinishChunk()).ConfigureAwait(false);
        await EventAsync(context, Payloads.Done).ConfigureAwait(false);
    }

    /// <summary>A whole streamed answer.</summary>
    public static async Task StreamAsync(HttpContext context, params string[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        foreach (string piece in pieces) await PieceAsync(context, piece).ConfigureAwait(false);
        await EndAsync(context).ConfigureAwait(false);
    }

    /// <summary>Resets the request's stream with a code of the protocol.</summary>
    public static void Reset(HttpContext context, int code)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
    }

    /// <summary>Says that the connection takes no more requests; those under way go on.</summary>
    public static void GoAway(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();
    }

    private static async Task EventAsync(HttpContext context, string data)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Response.HasStarted) context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(Payloads.Event(data)).ConfigureAwait(false);
        await context.Response.Body.FlushAsync().ConfigureAwait(false);
    }
}
