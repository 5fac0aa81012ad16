using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading.Tasks;

namespace GptChat.Http2Server;

/// <summary>The kinds of frames that are spoken of here, by their numbers.</summary>
internal enum FrameKind : byte
{
    /// <summary>A part of a body.</summary>
    Data = 0,

    /// <summary>The headers of a request or an answer.</summary>
    Headers = 1,

    /// <summary>The end of a stream before its time.</summary>
    Reset = 3,

    /// <summary>What one side tells the other about itself.</summary>
    Settings = 4,

    /// <summary>Are you there?</summary>
    Ping = 6,

    /// <summary>No more streams on this connection.</summary>
    GoAway = 7,
}

/// <summary>Writes frames.</summary>
internal sealed class FrameWriter(Stream stream)
{
    /// <summary>How long the words are that a client begins with.</summary>
    public const int PrefaceLength = 24;

    /// <summary>The flag of an answer to settings or a ping.</summary>
    public const byte Ack = 1;

    /// <summary>The flag of the last frame of a body.</summary>
    public const byte EndStream = 1;

    /// <summary>The flag of headers that are whole.</summary>
    public const byte EndHeaders = 4;

    /// <summary>Writes one.</summary>
    public async Task WriteAsync(FrameKind kind, byte flags, int id, byte[]? payload = null)
    {
        payload ??= [];
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = (byte)kind;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), id);
        payload.CopyTo(frame, 9);
        await stream.WriteAsync(frame).ConfigureAwait(false);
        await stream.FlushAsync().ConfigureAwait(false);
    }
}
