using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>Reads an object whose values are texts; a value that is none is kept as its JSON, and what is no object is none at all.</summary>
internal sealed class TextMapConverter : JsonConverter<Dictionary<string, string>>
{
    private static readonly LenientStringConverter Text = new();

    /// <inheritdoc/>
    public override Dictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (Text.Read(ref reader, typeof(string), options) is { } value) map[name] = value;
        }

        return map;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Dictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, string> member in value) writer.WriteString(member.Key, member.Value);
        writer.WriteEndObject();
    }
}
