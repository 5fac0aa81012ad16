using System.Collections.Generic;

namespace GptChat.Streaming;

/// <summary>Reads the events of a streamed answer up to its end.</summary>
internal static class ChatStreamReader
{
    /// <summary>What one event may hold; official clients set no limit, honest servers stay far below.</summary>
    public const long LargestEvent = 64L * 1024 * 1024;

    /// <summary>The events of a streamed answer, those that mean nothing included; the one that ends it is <see cref="StreamEventKind.Done"/>.</summary>
    /// <param name="body">The body, made with <c>closesLastEvent</c>.</param>
    /// <remarks>Whoever reads stops there and does not wait for the socket: some servers never close it, and nothing after this counts.</remarks>
    public static IAsyncEnumerable<StreamEvent> Read(GuardedStream body) => EventReader.Of(body);

    /// <summary>What an event means where it stands in the body: what is malformed at the end of all was cut off.</summary>
    public static StreamEvent Placed(GuardedStream body, StreamEvent item)
    {
        body.EventSeen();
        return item.Kind == StreamEventKind.Malformed && body.AtEnd ? new StreamEvent(StreamEventKind.Cut) : item;
    }
}
