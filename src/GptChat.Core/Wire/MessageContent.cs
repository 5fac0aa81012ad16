using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>The content of a message: a string, or a list of parts. A string stays a string on the wire.</summary>
[JsonConverter(typeof(MessageContentConverter))]
internal sealed class MessageContent
{
    private readonly string? _text;
    private readonly IReadOnlyList<GptContentPart>? _parts;

    /// <summary>Content that is one text.</summary>
    public MessageContent(string text) => _text = text;

    /// <summary>Content that is a list of parts.</summary>
    public MessageContent(IReadOnlyList<GptContentPart> parts) => _parts = parts;

    /// <summary>Whether the wire has a list of parts here.</summary>
    public bool IsParts => _parts is not null;

    /// <summary>All text, the parts' joined; null where no part holds text.</summary>
    public string? Text
    {
        get
        {
            if (_parts is null) return _text;
            string[] texts = _parts.Where(part => part.Text is not null).Select(part => part.Text!).ToArray();
            return texts.Length == 0 ? null : string.Concat(texts);
        }
    }

    /// <summary>The parts; a text is one part.</summary>
    public IReadOnlyList<GptContentPart> Parts => _parts ?? new[] { GptContentPart.FromText(_text!) };
}

/// <summary>Reads and writes the two forms of content.</summary>
internal sealed class MessageContentConverter : JsonConverter<MessageContent>
{
    private static readonly LenientStringConverter Text = new();
    private static readonly ContentPartConverter Part = new();

    /// <inheritdoc/>
    public override MessageContent? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartArray) return new MessageContent(Text.Read(ref reader, typeof(string), options)!);

        var parts = new List<GptContentPart>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Null) parts.Add(Part.Read(ref reader, typeof(GptContentPart), options));
        }

        return new MessageContent(parts);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options)
    {
        if (!value.IsParts)
        {
            writer.WriteStringValue(value.Text);
            return;
        }

        writer.WriteStartArray();
        foreach (GptContentPart part in value.Parts) Part.Write(writer, part, options);
        writer.WriteEndArray();
    }
}
