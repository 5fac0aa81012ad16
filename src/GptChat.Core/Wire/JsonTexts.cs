using System;
using System.IO;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>Changes the texts of a JSON value; names, numbers and the order of everything stay.</summary>
/// <param name="change">Gives a text in the place of another one, which stands under a name, or under none; the same object where it stays.</param>
internal sealed class JsonTexts(Func<string?, string, string> change)
{
    /// <summary>The value with its texts changed; itself if none is.</summary>
    public JsonElement Changed(JsonElement value)
    {
        using var buffer = new MemoryStream();
        bool isSame = true;
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions)) Write(writer, value, null, ref isSame);
        if (isSame) return value;
        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    private void Write(Utf8JsonWriter writer, JsonElement value, string? name, ref bool isSame)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    string memberName = JsonValues.Name(member);
                    writer.WritePropertyName(memberName);
                    Write(writer, member.Value, memberName, ref isSame);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray()) Write(writer, item, name, ref isSame);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                string text = JsonValues.String(value);
                string changed = change(name, text);
                isSame &= ReferenceEquals(changed, text);
                writer.WriteStringValue(changed);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
