using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using GptChat.Wire;

namespace GptChat.Streaming;

/// <summary>
/// Puts the content of one message together. It is text nearly always; the few servers that send parts may send other things
/// between pieces of text, which keep their place.
/// </summary>
internal sealed class ContentAssembler
{
    private readonly StringBuilder _text = new();
    private List<PlacedPart>? _parts;
    private bool _isThere;
    private char _half;

    /// <summary>The text so far.</summary>
    public string Text => _half == 0 ? _text.ToString() : _text.ToString() + _half;

    private int Length => _text.Length + (_half == 0 ? 0 : 1);

    /// <summary>Takes the content of a delta and returns what may be shown of it.</summary>
    public string Add(ChunkDelta delta)
    {
        if (delta.Text is not null) return Add(delta.Text);
        if (delta.Parts is not { } content) return string.Empty;
        _isThere = true;
        var shown = new StringBuilder();
        foreach (GptContentPart part in content.Parts)
        {
            int start = Length;
            shown.Append(Add(part.Text ?? string.Empty));
            if (part.HasMoreThanText) (_parts ??= new List<PlacedPart>()).Add(new PlacedPart(start, Length, part));
        }

        return shown.ToString();
    }

    /// <summary>
    /// Takes text and returns what may be shown of it: half a character waits for its other half, since consoles and encoders
    /// would spoil it.
    /// </summary>
    [MethodImpl(HotPath.Optimized)]
    public string Add(string text)
    {
        _isThere = true;
        if (text.Length == 0) return text;
        if (_half != 0)
        {
            text = _half + text;
            _half = default;
        }

        if (char.IsHighSurrogate(text[text.Length - 1]))
        {
            _half = text[text.Length - 1];
            text = text.Substring(0, text.Length - 1);
        }

        _text.Append(text);
        return text;
    }

    /// <summary>The content; null where there was none.</summary>
    public MessageContent? Build()
    {
        if (!_isThere) return null;
        string text = Text;
        if (_parts is null) return new MessageContent(text);

        var parts = new List<GptContentPart>();
        int at = 0;
        foreach (PlacedPart placed in _parts)
        {
            if (placed.Start > at) parts.Add(GptContentPart.FromText(text.Substring(at, placed.Start - at)));
            parts.Add(placed.Part);
            at = placed.End;
        }

        if (at < text.Length) parts.Add(GptContentPart.FromText(text.Substring(at)));
        return new MessageContent(parts);
    }

    /// <summary>A part that is more than text, and where in the text its own lies.</summary>
    private readonly record struct PlacedPart(int Start, int End, GptContentPart Part);
}
