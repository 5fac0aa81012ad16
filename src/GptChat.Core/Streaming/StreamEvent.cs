using GptChat.Errors;
using GptChat.Wire;

namespace GptChat.Streaming;

/// <summary>What an event of a stream is.</summary>
internal enum StreamEventKind
{
    /// <summary>Nothing for us: a ping, an empty event, an unknown name with unknown data.</summary>
    Skip,

    /// <summary>A piece of the answer.</summary>
    Chunk,

    /// <summary>A piece of the answer that is the one before it but for its text.</summary>
    Text,

    /// <summary>The end.</summary>
    Done,

    /// <summary>The server reports a failure.</summary>
    Error,

    /// <summary>Not what the protocol allows.</summary>
    Malformed,

    /// <summary>The last event of a body that broke off in its middle.</summary>
    Cut,
}

/// <summary>One event of a stream.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Chunk">The piece; with an error, what came along with it.</param>
/// <param name="Error">The failure.</param>
/// <param name="Text">The text of a piece that brings nothing else.</param>
/// <param name="Problem">What is malformed: never the payload itself, which may be private.</param>
internal readonly record struct StreamEvent(StreamEventKind Kind, ChatChunk? Chunk = null, ErrorDetail? Error = null, string? Text = null, string? Problem = null);
