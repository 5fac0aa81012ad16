using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Copies;

/// <summary>Writes and reads what an answer was asked for with and what it cost: its schema, and the answers that were sent back.</summary>
internal static class CopyRepairs
{
    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter writer, GptResponse response)
    {
        if (response.Schema is not null) writer.WriteString("schema", response.Schema);
        if (response.Cost is { } cost) writer.WriteNumber("cost", cost);
        if (response.Repairs.Count == 0) return;
        writer.WriteStartArray("repairs");
        foreach (GptRepair repair in response.Repairs)
        {
            writer.WriteStartObject();
            if (repair.Answer is not null) writer.WriteString("answer", repair.Answer);
            writer.WriteString("problem", repair.Problem);
            if (repair.Cost is { } part) writer.WriteNumber("cost", part);
            if (repair.Usage is not null)
            {
                writer.WritePropertyName("usage");
                JsonSerializer.Serialize(writer, repair.Usage, WireJson.Default.GptUsage);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The answers that were sent back.</summary>
    public static IReadOnlyList<GptRepair> Read(JsonElement copy) => CopyFacts.Items(copy, "repairs").Select(repair => new GptRepair(
        repair.Text("answer"), repair.Text("problem") ?? string.Empty, repair.TryGetProperty("usage", out JsonElement usage) ? usage.Deserialize(WireJson.Default.GptUsage) : null, Cost(repair))).ToArray();

    /// <summary>What something cost; null where that is not known.</summary>
    public static decimal? Cost(JsonElement copy) => decimal.TryParse(copy.Text("cost"), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal cost) ? cost : null;
}
