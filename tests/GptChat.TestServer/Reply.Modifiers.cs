using System;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer.Http;

namespace GptChat.TestServer;

public sealed partial class Reply
{
    /// <summary>Sets the status.</summary>
    public Reply WithStatus(int status) => new(this) { Status = status };

    /// <summary>Sets a header, in place of an earlier one of that name. The framing headers are the server's own.</summary>
    /// <exception cref="ArgumentException">The header frames the body, or would break the head.</exception>
    public Reply WithHeader(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("The server frames the body itself.", nameof(name));
        if ((name + value).AsSpan().ContainsAny('\r', '\n')) throw new ArgumentException("A header is one line.", nameof(value));
        return new(this) { Headers = Headers.RemoveAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Add((name, value)) };
    }

    /// <summary>Changes the members around the text of a completion, plain or streamed.</summary>
    /// <exception cref="InvalidOperationException">The reply was not made from a text.</exception>
    public Reply WithShape(Func<CompletionShape, CompletionShape> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(this) { Shape = change(Shape ?? throw new InvalidOperationException("Only a completion made from a text has a shape.")) };
    }

    /// <summary>Sets the completion's <c>id</c>.</summary>
    public Reply WithId(string id) => WithShape(shape => shape with { Id = id });

    /// <summary>Sets the completion's <c>model</c>.</summary>
    public Reply WithModel(string model) => WithShape(shape => shape with { Model = model });

    /// <summary>Sets the completion's <c>finish_reason</c>.</summary>
    public Reply WithFinishReason(string reason) => WithShape(shape => shape with { FinishReason = reason });

    /// <summary>Sets the completion's <c>usage</c>.</summary>
    public Reply WithUsage(int promptTokens, int completionTokens) =>
        WithShape(shape => shape with { PromptTokens = promptTokens, CompletionTokens = completionTokens });

    /// <summary>Adds <c>gatewayMetadata</c> to a plain completion.</summary>
    public Reply WithGatewayMetadata(string keySource = "Unified") => WithShape(shape => shape with { KeySource = keySource });

    /// <summary>Appends <paramref name="block"/> so many times, without holding the whole in memory; <see cref="long.MaxValue"/> is endless.</summary>
    public Reply Repeating(byte[] block, long count)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(this) { Tail = (block, count) };
    }

    /// <summary>
    /// Sends the body in pieces of this size, each by a send of its own and as a chunk of its own if the body is chunked. A
    /// client may still read several at once; a test that must know uses <see cref="Gate"/>.
    /// </summary>
    public Reply Splitting(int everyBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everyBytes, 1);
        return new(this) { PieceSize = everyBytes };
    }

    /// <summary>Sends the body in pieces that end at these bytes; see <see cref="Splitting"/>.</summary>
    public Reply SplitAt(params int[] offsets)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        return new(this) { SplitOffsets = SplitOffsets.AddRange(offsets) };
    }

    /// <summary>Waits before the head of the reply.</summary>
    public Reply DelayHeaders(TimeSpan delay) => WaitingFor(gone => Task.Delay(delay, gone));

    /// <summary>Holds back the head of the reply until <paramref name="gate"/> completes.</summary>
    public Reply GateHeaders(Task gate) => WaitingFor(gate.WaitAsync);

    /// <summary>Sends all that is before <paramref name="at"/>, then waits until <paramref name="gate"/> completes.</summary>
    public Reply Gate(Offset at, Task gate) => new(this) { Gates = Gates.Add((at, gate)) };

    /// <summary>Never sends anything; the socket stays open.</summary>
    public Reply HangBeforeHeaders() => EndingWith(EndingKind.Hang, null);

    /// <summary>Sends the head and the body up to <paramref name="at"/>, then nothing more; the socket stays open.</summary>
    public Reply HangAfter(Offset at) => EndingWith(EndingKind.Hang, at);

    /// <summary>Sends the whole body and then neither ends the response nor closes the socket.</summary>
    public Reply KeepOpenAfterEnd() => HangAfter(Offset.End);

    /// <summary>Closes the connection in an orderly way before the head.</summary>
    public Reply CloseBeforeHeaders() => EndingWith(EndingKind.Close, null);

    /// <summary>Closes the connection after the head and the body up to <paramref name="at"/>: HTTP shows that something is missing.</summary>
    public Reply TruncateAfter(Offset at) => EndingWith(EndingKind.Close, at);

    /// <summary>
    /// Resets the connection after the head and the body up to <paramref name="at"/>; 0 means before the head. A reset may
    /// overtake what was sent before it: a test that counts on those bytes puts a <see cref="Gate"/> at the same place.
    /// </summary>
    public Reply ResetAfter(Offset at) => EndingWith(EndingKind.Reset, at.Value == 0 ? null : at);

    /// <summary>
    /// Tells no length and closes the connection in an orderly way at the end of the body, or at <paramref name="at"/>: HTTP does
    /// not show that anything is missing.
    /// </summary>
    public Reply CloseWithoutLength(Offset? at = null) =>
        new(this) { Framing = Http.Framing.UntilClose, Ending = at is null ? null : new Ending(EndingKind.Close, at) };

    /// <summary>Sends a body of known length in chunks.</summary>
    public Reply Chunked() => new(this) { Framing = Http.Framing.Chunked };

    /// <summary>Holds back the head, and the making of the body, until <paramref name="wait"/> is over.</summary>
    internal Reply WaitingFor(Func<CancellationToken, Task> wait) => new(this) { HeaderWaits = HeaderWaits.Add(wait) };

    private Reply EndingWith(EndingKind kind, Offset? at) => new(this) { Ending = new Ending(kind, at) };
}
