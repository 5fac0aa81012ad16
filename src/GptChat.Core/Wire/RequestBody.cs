using System;
using System.Collections.Generic;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>
/// The bytes of a request as a sequence of segments: head, one segment a message, tail. Messages keep their bytes, so a turn
/// of a long conversation costs what it adds; nothing is copied together before it goes out.
/// </summary>
internal sealed class RequestBody
{
    private static readonly byte[] Comma = { (byte)',' };
    private static readonly byte[] Tail = { (byte)']', (byte)'}' };

    private readonly byte[] _head;
    private readonly IReadOnlyList<GptMessage> _messages;

    private RequestBody(byte[] head, IReadOnlyList<GptMessage> messages)
    {
        _head = head;
        _messages = messages;
        Length = head.Length + Tail.Length + Math.Max(0, messages.Count - 1) + MessageSizes.Of(messages).Bytes;
    }

    /// <summary>The pieces in order. They are not gathered: a list of them would grow with every turn.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Segments
    {
        get
        {
            yield return _head;
            for (int i = 0; i < _messages.Count; i++)
            {
                if (i > 0) yield return Comma;
                yield return _messages[i].Utf8;
            }

            yield return Tail;
        }
    }

    /// <summary>The messages that it holds.</summary>
    public IReadOnlyList<GptMessage> Messages => _messages;

    /// <summary>All pieces together, in bytes.</summary>
    public long Length { get; }

    /// <summary>Puts parameters and messages together.</summary>
    public static RequestBody Create(ChatParameters parameters, IReadOnlyList<GptMessage> messages) => new(Head(parameters), messages);

    /// <summary>The whole body in one array, for recordings and for people.</summary>
    public byte[] ToArray()
    {
        var all = new byte[Length];
        int at = 0;
        foreach (ReadOnlyMemory<byte> segment in Segments)
        {
            segment.CopyTo(all.AsMemory(at));
            at += segment.Length;
        }

        return all;
    }

    /// <summary>Everything up to the bracket that opens the messages.</summary>
    internal static byte[] Head(ChatParameters parameters)
    {
        byte[] members = JsonBytes.Of(parameters, WriteMembers);

        // The closing brace gives way to the messages.
        ReadOnlySpan<byte> opening = members.Length == 2 ? "\"messages\":["u8 : ",\"messages\":["u8;
        var head = new byte[members.Length - 1 + opening.Length];
        members.AsSpan(0, members.Length - 1).CopyTo(head);
        opening.CopyTo(head.AsSpan(members.Length - 1));
        return head;
    }

    private static void WriteMembers(Utf8JsonWriter writer, ChatParameters parameters)
    {
        if (parameters.Extra is { } extra) JsonMerge.Write(writer, JsonValues.ToElement(inner => ParametersWriter.Write(inner, parameters)), extra);
        else ParametersWriter.Write(writer, parameters);
    }
}
