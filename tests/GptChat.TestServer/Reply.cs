using System;
using System.Collections.Immutable;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer.Http;

namespace GptChat.TestServer;

/// <summary>One scripted answer. Immutable: every modifier returns a changed copy, so replies can be shared and reused.</summary>
public sealed partial class Reply
{
    private readonly Func<ReceivedRequest, Reply, Content> _build;

    private Reply(Func<ReceivedRequest, Reply, Content> build) => _build = build;

    private Reply(Reply other)
    {
        _build = other._build;
        Status = other.Status;
        Headers = other.Headers;
        Shape = other.Shape;
        Tail = other.Tail;
        Framing = other.Framing;
        PieceSize = other.PieceSize;
        SplitOffsets = other.SplitOffsets;
        HeaderWaits = other.HeaderWaits;
        Gates = other.Gates;
        Ending = other.Ending;
        RawHandler = other.RawHandler;
    }

    internal int Status { get; init; } = 200;

    internal ImmutableList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The members around the text, for the replies that are made from a text.</summary>
    internal CompletionShape? Shape { get; init; }

    internal (ReadOnlyMemory<byte> Block, long Count)? Tail { get; init; }

    internal Framing? Framing { get; init; }

    internal int? PieceSize { get; init; }

    internal ImmutableList<int> SplitOffsets { get; init; } = [];

    internal ImmutableList<Func<CancellationToken, Task>> HeaderWaits { get; init; } = [];

    internal ImmutableList<(Offset At, Task Gate)> Gates { get; init; } = [];

    internal Ending? Ending { get; init; }

    /// <summary>The code that owns the connection, if the reply is not sent by the server itself.</summary>
    internal Func<Stream, CancellationToken, Task>? RawHandler { get; init; }

    /// <summary>The body of this reply to <paramref name="request"/>.</summary>
    internal Content BuildContent(ReceivedRequest request)
    {
        Content content = _build(request, this);
        return Tail is null ? content : content with { Tail = Tail };
    }
}
