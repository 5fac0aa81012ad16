using System;
using System.IO;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Schemas;

/// <summary>Puts values back into the texts of a JSON value: into its text as a whole they would have to be escaped.</summary>
internal static class RestoredJson
{
    /// <summary>The value with each of its texts restored; the names of its members are the schema's and stay.</summary>
    public static JsonElement Of(JsonElement value, Func<string, string> restore)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, value, restore);
        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Func<string, string> restore)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    writer.WritePropertyName(JsonValues.Name(member));
                    Write(writer, member.Value, restore);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray()) Write(writer, item, restore);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(restore(JsonValues.String(value)));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
