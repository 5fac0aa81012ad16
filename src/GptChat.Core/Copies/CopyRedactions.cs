using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Copies;

/// <summary>Writes and reads what was taken out of the request for a response.</summary>
internal static class CopyRedactions
{
    /// <summary>Writes the report of a response.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<GptRedaction> redactions)
    {
        if (redactions.Count == 0) return;
        writer.WriteStartArray("redactions");
        foreach (GptRedaction redaction in redactions)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", redaction.Kind);
            writer.WriteString("placeholder", redaction.Placeholder);
            writer.WriteNumber("count", redaction.Count);
            writer.WriteStartArray("where");
            foreach (string place in redaction.Where) writer.WriteStringValue(place);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The report of a response.</summary>
    public static IReadOnlyList<GptRedaction> Read(JsonElement copy) => CopyFacts.Items(copy, "redactions").Select(redaction => new GptRedaction(
        redaction.Text("kind") ?? string.Empty,
        redaction.Text("placeholder") ?? string.Empty,
        (int)(CopyFacts.Number(redaction, "count") ?? 0),
        CopyFacts.Items(redaction, "where").Select(JsonValues.String).ToArray())).ToArray();
}
