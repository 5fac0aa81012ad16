using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>
/// Reads the index of a choice or of a tool call in a chunk: a whole number from 0 to 127, the bounds that the official
/// clients use. Anything else is refused, so that a hostile index never sizes a buffer.
/// </summary>
internal sealed class IndexConverter : JsonConverter<int?>
{
    private const int Highest = 127;

    /// <inheritdoc/>
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int index) && index is >= 0 and <= Highest) return index;
        throw new JsonException("An index is not a whole number from 0 to 127.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options)
    {
        if (value is int index) writer.WriteNumberValue(index);
        else writer.WriteNullValue();
    }
}
