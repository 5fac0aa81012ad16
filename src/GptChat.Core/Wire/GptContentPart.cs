using System;
using System.Collections.Generic;
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
    private GptContentPart(string type, string? text, JsonElement json)
    {
        Type = type;
        Text = text;
        Json = json;
    }

    /// <summary>The protocol's name of the kind: <c>text</c>, <c>image_url</c>, <c>input_audio</c>, <c>file</c>, <c>refusal</c>, …</summary>
    public string Type { get; }

    /// <summary>The text of a <c>text</c> part; null for every other kind.</summary>
    public string? Text { get; }

    /// <summary>All other members of the part, as plain values: <c>$part.ExtensionData.image_url.url</c>.</summary>
    public Dictionary<string, object?> ExtensionData
    {
        get
        {
            Dictionary<string, object?> members = Wire.JsonValues.ToClr(Json) as Dictionary<string, object?> ?? Wire.JsonValues.ToClr(null);
            members.Remove("type");
            if (Text is not null) members.Remove("text");
            return members;
        }
    }

    /// <summary>Whether it says more than its text, so that it cannot be joined with the text beside it.</summary>
    internal bool HasMoreThanText => Text is null || (Json.ValueKind == JsonValueKind.Object && ExtensionData.Count > 0);

    /// <summary>The whole part, where it is not plain text.</summary>
    internal JsonElement Json { get; }

    /// <summary>A part that holds text.</summary>
    internal static GptContentPart FromText(string text) => new("text", text, default);

    /// <summary>A part of any kind, given as the JSON object that the protocol asks for.</summary>
    internal static GptContentPart FromJson(JsonElement json)
    {
        string type = Wire.JsonValues.Text(json, "type") ?? "unknown";
        return new GptContentPart(type, string.Equals(type, "text", StringComparison.Ordinal) ? Wire.JsonValues.Text(json, "text") : null, json.Clone());
    }

    /// <summary>The text, or the kind in brackets.</summary>
    public override string ToString() => Text ?? "[" + Type + "]";
}
