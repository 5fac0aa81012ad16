using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using GptChat.TestServer;

namespace GptChat.Http2Server;

/// <summary>A request to a <see cref="FrameServer"/>, of which the headers came.</summary>
public sealed class FrameRequest
{
    private const byte Status200 = 0x88;

    private readonly int _id;
    private readonly FrameWriter _frames;
    private readonly Stream _stream;

    internal FrameRequest(int number, int id, FrameWriter frames, Stream stream)
    {
        Number = number;
        _id = id;
        _frames = frames;
        _stream = stream;
    }

    /// <summary>Its number among all requests, from 1 on.</summary>
    public int Number { get; }

    /// <summary>Answers it whole.</summary>
    public async Task AnswerAsync(string text)
    {
        await HeadersAsync("application/json").ConfigureAwait(false);
        await _frames.WriteAsync(FrameKind.Data, FrameWriter.EndStream, _id, Encoding.UTF8.GetBytes(Payloads.Completion(text))).ConfigureAwait(false);
    }

    /// <summary>Refuses it, or ends it, with a code of the protocol.</summary>
    public Task ResetAsync(int code)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, code);
        return _frames.WriteAsync(FrameKind.Reset, 0, _id, payload);
    }

    /// <summary>Says that no request was looked at after a number of them, this one included where it is 0, and closes the connection.</summary>
    public async Task GoAwayAsync(int lastId, int code)
    {
        var payload = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(payload, lastId);
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(4), code);
        await _frames.WriteAsync(FrameKind.GoAway, 0, 0, payload).ConfigureAwait(false);
    }

    /// <summary>Sends headers of so many bytes.</summary>
    public async Task EndlessHeadersAsync(int bytes)
    {
        // As many headers of 100 bytes, none of which enters the table of the connection, in frames that say that more follow.
        byte[] one = [0x00, 0x01, (byte)'x', 97, .. Encoding.ASCII.GetBytes(new string('y', 97))];
        byte[] first = [Status200];
        await _frames.WriteAsync(FrameKind.Headers, 0, _id, first).ConfigureAwait(false);
        for (int sent = 0; sent < bytes; sent += one.Length) await _frames.WriteAsync((FrameKind)9, 0, _id, one).ConfigureAwait(false);
        await _frames.WriteAsync((FrameKind)9, FrameWriter.EndHeaders, _id).ConfigureAwait(false);
    }

    /// <summary>Writes bytes that are no frame.</summary>
    public async Task NonsenseAsync()
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes("This is no frame, and nothing that looks like one.\r\n")).ConfigureAwait(false);
        await _stream.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connection without a word.</summary>
    public void Close() => _stream.Dispose();

    private Task HeadersAsync(string type)
    {
        // Index 31 of the protocol's table is the name content-type, which needs a second byte; the value is written out.
        byte[] value = Encoding.ASCII.GetBytes(type);
        return _frames.WriteAsync(FrameKind.Headers, FrameWriter.EndHeaders, _id, [Status200, 0x0f, 31 - 15, (byte)value.Length, .. value]);
    }
}
