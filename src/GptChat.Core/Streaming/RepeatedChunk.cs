using System;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Streaming;

/// <summary>
/// Knows a chunk that is the one before it but for its text and its padding, as nearly all chunks of a stream are: what is the same
/// is compared as bytes, which takes a tenth of the time of reading it again, and allocates nothing.
/// </summary>
internal sealed class RepeatedChunk
{
    private byte[] _known = Array.Empty<byte>();
    private int _length;
    private JsonPlace _text;
    private JsonPlace _padding;

    /// <summary>Whether these are the bytes of the chunk before with another text, which is then all that they bring.</summary>
    [MethodImpl(HotPath.Optimized)]
    public bool TryRead(ReadOnlySpan<byte> data, out string? text)
    {
        text = null;
        ReadOnlySpan<byte> known = _known.AsSpan(0, _length);
        if (known.IsEmpty || !data.StartsWith(known.Slice(0, _text.Start))) return false;
        try
        {
            ReadOnlySpan<byte> rest = data.Slice(_text.Start);
            Utf8JsonReader value = StringAtStart(rest);
            if (!value.Read() || value.TokenType != JsonTokenType.String) return false;
            rest = rest.Slice((int)value.BytesConsumed);
            ReadOnlySpan<byte> expected = known.Slice(_text.End);
            if (!_padding.IsEmpty)
            {
                ReadOnlySpan<byte> between = known.Slice(_text.End, _padding.Start - _text.End);
                if (!rest.StartsWith(between)) return false;
                rest = rest.Slice(between.Length);
                Utf8JsonReader padding = StringAtStart(rest);
                if (!padding.Read() || padding.TokenType != JsonTokenType.String) return false;
                rest = rest.Slice((int)padding.BytesConsumed);
                expected = known.Slice(_padding.End);
            }

            if (!rest.SequenceEqual(expected)) return false;
            text = MemberReader.Text(ref value);
            return true;
        }
        catch (JsonException)
        {
            // Read as a whole it says where it is damaged.
            return false;
        }
    }

    /// <summary>Takes note of the chunk that came last.</summary>
    public void Remember(ReadOnlySpan<byte> data, ChatChunk chunk)
    {
        _length = 0;
        if (TextOf(chunk) is not { IsEmpty: false } text) return;
        if (_known.Length < data.Length) _known = new byte[data.Length * 2];
        data.CopyTo(_known);
        _length = data.Length;
        _text = text;
        _padding = chunk.Padding.Start > text.End ? chunk.Padding : default;
    }

    /// <summary>Where the text is of a chunk of which nothing else would be added up if it came twice.</summary>
    private static JsonPlace TextOf(ChatChunk chunk)
    {
        if (chunk.Choices is not { Count: 1 } || chunk.Choices[0] is not { Logprobs: null } choice) return default;
        ChunkDelta? delta = choice.Delta ?? choice.Message;
        bool isTextAlone = delta is { Parts: null, FunctionCall: null, Audio: null, Extra: null, ToolCalls: null or { Count: 0 }, Annotations: null or { Count: 0 } }
            && string.IsNullOrEmpty(delta.Refusal) && string.IsNullOrEmpty(delta.ReasoningContent) && string.IsNullOrEmpty(delta.Reasoning);
        return isTextAlone ? delta!.TextPlace : default;
    }

    private static Utf8JsonReader StringAtStart(ReadOnlySpan<byte> data) => new(data, isFinalBlock: false, state: default);
}
