using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>
/// Reads the arguments of a tool call: a string that holds JSON by the protocol, but an object on some servers, which is
/// kept as compact JSON text.
/// </summary>
internal sealed class RawJsonTextConverter : JsonConverter<string>
{
    private static readonly LenientStringConverter Text = new();

    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Null) return Text.Read(ref reader, typeToConvert, options);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return JsonSerializer.Serialize(document.RootElement, WireJson.Default.JsonElement);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
