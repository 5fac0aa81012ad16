using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using GptChat.Redaction.Finders;
using GptChat.Wire;

namespace GptChat.Redaction;

/// <summary>Takes secrets out of the texts of a JSON value; names stay as they are, and say what their values are.</summary>
/// <param name="redact">Takes them out of one text.</param>
internal sealed class JsonRedactor(Func<string, string> redact)
{
    /// <summary>The value without them; itself if it holds none.</summary>
    public JsonElement Redact(JsonElement value)
    {
        using var buffer = new MemoryStream();
        bool isSame = true;
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions)) Write(writer, value, null, ref isSame);
        if (isSame) return value;
        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    /// <summary>A text under its name: <c>password</c> says that its text is one.</summary>
    public string Redact(string name, string text)
    {
        string clean = redact(text);
        if (!ReferenceEquals(clean, text) || CredentialName.Of(name, 0, name.Length) is null) return clean;
        string pair = name + "=" + JsonSerializer.Serialize(text, WireJson.Default.String);
        string cleanPair = redact(pair);
        if (ReferenceEquals(cleanPair, pair)) return text;
        int from = name.Length + 2;
        return cleanPair.Substring(from, cleanPair.Length - from - 1);
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
                string clean = name is null ? redact(text) : Redact(name, text);
                isSame &= ReferenceEquals(clean, text);
                writer.WriteStringValue(clean);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
