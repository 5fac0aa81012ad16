using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>Reads and writes a content part; kinds that this version does not know pass through unchanged.</summary>
internal sealed class ContentPartConverter : JsonConverter<GptContentPart>
{
    /// <inheritdoc/>
    public override GptContentPart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement part = document.RootElement;
        return part.ValueKind == JsonValueKind.String ? GptContentPart.FromText(part.GetString()!) : GptContentPart.FromJson(part);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GptContentPart value, JsonSerializerOptions options)
    {
        if (!value.Utf8.IsEmpty)
        {
            // As it came: written anew, half a surrogate pair would be refused, and an image copied once more.
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type", PartTypes.Text);
        writer.WriteString("text", value.Text);
        writer.WriteEndObject();
    }
}
