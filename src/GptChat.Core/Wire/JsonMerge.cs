using System.Text.Json;

namespace GptChat.Wire;

/// <summary>Lays one JSON object over another: objects are merged member by member, everything else is replaced.</summary>
internal static class JsonMerge
{
    /// <summary>Writes the outcome, without repeating a member: first those of <paramref name="below"/> in their order, then the new ones.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="below">The object that gives way.</param>
    /// <param name="above">The object that wins.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement below, JsonElement above)
    {
        writer.WriteStartObject();
        foreach (JsonProperty member in below.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (!above.TryGetProperty(member.Name, out JsonElement other)) member.Value.WriteTo(writer);
            else if (member.Value.ValueKind == JsonValueKind.Object && other.ValueKind == JsonValueKind.Object) Write(writer, member.Value, other);
            else other.WriteTo(writer);
        }

        foreach (JsonProperty member in above.EnumerateObject())
        {
            if (!below.TryGetProperty(member.Name, out _)) member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
