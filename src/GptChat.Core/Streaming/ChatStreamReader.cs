using System.Collections.Generic;
using System.Threading;

namespace GptChat.Streaming;

/// <summary>Reads the events of a streamed answer up to its end.</summary>
internal static class ChatStreamReader
{
    /// <summary>What one event may hold; official clients set no limit, honest servers stay far below.</summary>
    public const long LargestEvent = 64L * 1024 * 1024;

    /// <summary>The events that matter, ending with <see cref="StreamEventKind.Done"/> where the server says so.</summary>
    /// <param name="body">The body, made with <c>closesLastEvent</c>.</param>
    /// <param name="cancellation">The user's stop.</param>
    /// <remarks>After the end the socket is not waited for: some servers never close it, and nothing after this counts.</remarks>
    public static IAsyncEnumerable<StreamEvent> ReadAsync(GuardedStream body, CancellationToken cancellation) => EventReader.ReadAsync(body, cancellation);

    /// <summary>What an event means where it stands in the body: what is malformed at the end of all was cut off.</summary>
    public static StreamEvent Placed(GuardedStream body, StreamEvent item)
    {
        body.EventSeen();
        return item.Kind == StreamEventKind.Malformed && body.AtEnd ? new StreamEvent(StreamEventKind.Cut) : item;
    }
}
