using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.TestServer.Http;

/// <summary>Sends one reply, with every pause, split and cut that it asks for.</summary>
/// <param name="stream">The connection.</param>
/// <param name="reply">What to send.</param>
/// <param name="gone">Cancelled when the client has gone or the server stops: ends every wait.</param>
internal sealed class ReplyWriter(Stream stream, Reply reply, CancellationToken gone)
{
    // Bounds what a split that never comes can gather.
    private const int MaximumPending = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _pending = new();
    private Framing _framing;

    /// <summary>Sends the reply to <paramref name="request"/>.</summary>
    public async Task<AfterReply> SendAsync(ReceivedRequest request)
    {
        foreach (Func<CancellationToken, Task> wait in reply.HeaderWaits) await wait(gone).ConfigureAwait(false);
        if (reply.Ending is { At: null } early) return await EndAsync(early.Kind).ConfigureAwait(false);

        Content content = reply.BuildContent(request);
        long length = content.Length ?? long.MaxValue;
        long end = reply.Ending is { At: { } at } ? Math.Min(content.Resolve(at), length) : long.MaxValue;
        _framing = ChooseFraming(content, end);
        await stream.WriteAsync(Head(content), CancellationToken.None).ConfigureAwait(false);
        await SendBodyAsync(content, length, end).ConfigureAwait(false);

        if (reply.Ending is { } ending) return await EndAsync(ending.Kind).ConfigureAwait(false);
        if (_framing == Framing.Chunked) await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), CancellationToken.None).ConfigureAwait(false);
        return _framing == Framing.UntilClose ? AfterReply.Close : AfterReply.KeepAlive;
    }

    // A cut at the very end of a body of known length would be no cut: chunks then leave the end open.
    private Framing ChooseFraming(Content content, long end)
    {
        Framing framing = reply.Framing ?? (content.IsStream || content.Length is null ? Framing.Chunked : Framing.Length);
        return framing == Framing.Length && end == content.Length ? Framing.Chunked : framing;
    }

    private byte[] Head(Content content)
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {ReasonPhrase(reply.Status)}\r\n");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        if (content.ContentType is not null) headers["Content-Type"] = content.ContentType;
        foreach ((string name, string value) in reply.Headers) headers[name] = value;
        switch (_framing)
        {
            case Framing.Length:
                headers["Content-Length"] = content.Length.GetValueOrDefault().ToString(CultureInfo.InvariantCulture);
                break;
            case Framing.Chunked:
                headers["Transfer-Encoding"] = "chunked";
                break;
            default:
                headers["Connection"] = "close";
                break;
        }
        foreach ((string name, string value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private async Task SendBodyAsync(Content content, long length, long end)
    {
        Queue<(long At, Task Gate)> gates = new(reply.Gates
            .Select(gate => (At: Math.Min(content.Resolve(gate.At), length), gate.Gate))
            .Where(gate => gate.At <= end)
            .OrderBy(gate => gate.At));
        Queue<long> splits = new(reply.SplitOffsets.Where(offset => offset > 0).Order().Select(offset => (long)offset));
        bool splitsOnly = splits.Count > 0 || reply.PieceSize is not null;
        long position = 0;
        await PassGatesAsync(gates, position).ConfigureAwait(false);

        foreach (ReadOnlyMemory<byte> block in content.Blocks())
        {
            ReadOnlyMemory<byte> rest = block;
            while (!rest.IsEmpty && position < end)
            {
                gone.ThrowIfCancellationRequested();
                long stop = NextStop(position, end, gates, splits);
                int take = (int)Math.Min(rest.Length, stop - position);
                _pending.Write(rest.Span[..take]);
                rest = rest[take..];
                position += take;
                if (position == stop || _pending.WrittenCount >= MaximumPending) await FlushAsync().ConfigureAwait(false);
                await PassGatesAsync(gates, position).ConfigureAwait(false);
            }
            if (position >= end) break;
            if (!splitsOnly) await FlushAsync().ConfigureAwait(false);
        }
        await FlushAsync().ConfigureAwait(false);
        await PassGatesAsync(gates, long.MaxValue).ConfigureAwait(false);
    }

    private long NextStop(long position, long end, Queue<(long At, Task Gate)> gates, Queue<long> splits)
    {
        while (splits.TryPeek(out long passed) && passed <= position) splits.Dequeue();
        long stop = end;
        if (gates.TryPeek(out (long At, Task Gate) gate)) stop = Math.Min(stop, gate.At);
        if (splits.TryPeek(out long split)) stop = Math.Min(stop, split);
        if (reply.PieceSize is { } size) stop = Math.Min(stop, position - (position % size) + size);
        return stop;
    }

    private async Task PassGatesAsync(Queue<(long At, Task Gate)> gates, long position)
    {
        while (gates.TryPeek(out (long At, Task Gate) next) && next.At <= position)
        {
            await gates.Dequeue().Gate.WaitAsync(gone).ConfigureAwait(false);
        }
    }

    private async Task FlushAsync()
    {
        if (_pending.WrittenCount == 0) return;
        ReadOnlyMemory<byte> piece = _pending.WrittenMemory;
        if (_framing == Framing.Chunked)
        {
            byte[] size = Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
            piece = (byte[])[.. size, .. piece.Span, .. "\r\n"u8];
        }
        await stream.WriteAsync(piece, CancellationToken.None).ConfigureAwait(false);
        _pending.ResetWrittenCount();
    }

    private async Task<AfterReply> EndAsync(EndingKind kind)
    {
        if (kind == EndingKind.Hang) await Task.Delay(Timeout.Infinite, gone).ConfigureAwait(false);
        return kind == EndingKind.Reset ? AfterReply.Reset : AfterReply.Close;
    }

    private static string ReasonPhrase(int status)
    {
        if (!Enum.IsDefined((HttpStatusCode)status)) return "";
        StringBuilder phrase = new();
        foreach (char c in ((HttpStatusCode)status).ToString())
        {
            if (phrase.Length > 0 && char.IsUpper(c) && char.IsLower(phrase[^1])) phrase.Append(' ');
            phrase.Append(c);
        }
        return phrase.ToString();
    }
}
