using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat;

/// <summary>
/// One part of a message's content: text, or anything else that the protocol carries (image, audio, file, refusal), which
/// is kept as its JSON and sent as it is.
/// </summary>
[JsonConverter(typeof(Wire.ContentPartConverter))]
public sealed class GptContentPart
{
    private GptContentPart(string type, string? text, ReadOnlyMemory<byte> json, string? label = null)
    {
        Type = type;
        Text = text;
        Utf8 = json;
        Label = label;
    }

    /// <summary>The protocol's name of the kind: <c>text</c>, <c>image_url</c>, <c>input_audio</c>, <c>file</c>, <c>refusal</c>, …</summary>
    public string Type { get; }

    /// <summary>The text of a <c>text</c> part; null for every other kind.</summary>
    public string? Text { get; }

    /// <summary>
    /// Everything but <see cref="Type"/> and <see cref="Text"/>, as plain values: <c>$part.ExtensionData.image_url.url</c>. An image
    /// from a file is there as its whole data address.
    /// </summary>
    public Dictionary<string, object?> ExtensionData
    {
        get
        {
            var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            if (Utf8.IsEmpty) return members;
            using JsonDocument document = JsonDocument.Parse(Utf8);
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                bool isShown = member.NameEquals("type") || (member.NameEquals("text") && Text is not null);
                if (!isShown) members[member.Name] = Wire.JsonValues.ToClr(member.Value);
            }

            return members;
        }
    }

    /// <summary>Whether it says more than its text, so that it cannot be joined with the text beside it.</summary>
    internal bool HasMoreThanText => Text is null || ExtensionData.Count > 0;

    /// <summary>The whole part as the wire has it, where it is not plain text; else empty.</summary>
    internal ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>What a person calls it; null where the kind must do.</summary>
    internal string? Label { get; }

    /// <summary>A part that holds text.</summary>
    internal static GptContentPart FromText(string text) => new(Wire.PartTypes.Text, text, default);

    /// <summary>A part of any kind, given as the JSON object that the protocol asks for.</summary>
    internal static GptContentPart FromJson(JsonElement json)
    {
        string type = Wire.JsonValues.Text(json, "type") ?? "unknown";
        string? text = string.Equals(type, Wire.PartTypes.Text, StringComparison.Ordinal) ? Wire.JsonValues.Text(json, "text") : null;
        return new GptContentPart(type, text, Encoding.UTF8.GetBytes(json.GetRawText()));
    }

    /// <summary>A part of any kind, given as the bytes of its JSON object.</summary>
    /// <param name="type">Its kind, as the JSON says it.</param>
    /// <param name="json">The bytes; not copied.</param>
    /// <param name="label">What a person calls it.</param>
    internal static GptContentPart FromUtf8(string type, ReadOnlyMemory<byte> json, string? label = null) => new(type, null, json, label);

    /// <summary>This part with another text, whatever it says beside its text.</summary>
    internal GptContentPart WithText(string text)
    {
        if (ReferenceEquals(text, Text)) return this;
        if (Utf8.IsEmpty) return FromText(text);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Wire.WireJson.WriterOptions))
        using (JsonDocument whole = JsonDocument.Parse(Utf8))
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in whole.RootElement.EnumerateObject())
            {
                if (member.NameEquals("text")) writer.WriteString("text", text);
                else member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return new GptContentPart(Type, text, buffer.ToArray(), Label);
    }

    /// <summary>This part under the name that a person calls it by.</summary>
    internal GptContentPart WithLabel(string label) => new(Type, Text, Utf8, label);

    /// <summary>This part, marked as the end of what a provider that caches prompts should keep.</summary>
    internal GptContentPart WithCacheBreakpoint()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Wire.WireJson.WriterOptions))
        {
            writer.WriteStartObject();
            if (Utf8.IsEmpty)
            {
                writer.WriteString("type", Type);
                writer.WriteString("text", Text);
            }
            else
            {
                using JsonDocument whole = JsonDocument.Parse(Utf8);
                foreach (JsonProperty member in whole.RootElement.EnumerateObject()) member.WriteTo(writer);
            }

            writer.WriteStartObject("prompt_cache_breakpoint");
            writer.WriteString("mode", "explicit");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return new GptContentPart(Type, Text, buffer.ToArray(), Label);
    }

    /// <summary>The text, or the name or kind in brackets.</summary>
    public override string ToString() => Text ?? "[" + (Label ?? Type) + "]";
}
