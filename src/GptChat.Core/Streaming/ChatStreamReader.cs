using System;
using System.Collections.Generic;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Streaming;

/// <summary>Reads the events of a streamed answer up to its end.</summary>
internal static class ChatStreamReader
{
    /// <summary>What one event may hold; official clients set no limit, honest servers stay far below.</summary>
    public const long LargestEvent = 64L * 1024 * 1024;

    /// <summary>The events that matter, ending with <see cref="StreamEventKind.Done"/> where the server says so.</summary>
    /// <param name="body">The body, made with <c>closesLastEvent</c>.</param>
    /// <param name="cancellation">The user's stop.</param>
    public static async IAsyncEnumerable<StreamEvent> ReadAsync(GuardedStream body, [EnumeratorCancellation] CancellationToken cancellation)
    {
        SseParser<StreamEvent> parser = SseParser.Create(body, new StreamEventParser().Parse);
        await foreach (SseItem<StreamEvent> item in parser.EnumerateAsync(cancellation).ConfigureAwait(false))
        {
            body.EventSeen();
            switch (item.Data.Kind)
            {
                case StreamEventKind.Skip:
                    continue;
                case StreamEventKind.Malformed when body.AtEnd:
                    yield return new StreamEvent(StreamEventKind.Cut);
                    continue;
                case StreamEventKind.Done:
                    yield return item.Data;

                    // Not waiting for the socket: some servers never close it, and nothing after this counts.
                    yield break;
                default:
                    yield return item.Data;
                    continue;
            }
        }
    }
}
