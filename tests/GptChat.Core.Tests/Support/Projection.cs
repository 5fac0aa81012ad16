using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using GptChat.Wire;

namespace GptChat.Core.Tests;

/// <summary>An answer as JSON, so that two can be compared whole.</summary>
internal static class Projection
{
    // The member that reports a failure has no value in an answer, and a JsonElement without one cannot be written.
    private static readonly JsonSerializerOptions Options = new(WireJson.Default.Options)
    {
        TypeInfoResolver = WireJson.Default.WithAddedModifier(static type =>
        {
            for (int i = type.Properties.Count - 1; i >= 0; i--)
            {
                if (type.Type == typeof(GptResponse) && type.Properties[i].Name == "error") type.Properties.RemoveAt(i);
            }
        }),
    };

    public static string Of(GptResponse response)
    {
        JsonNode node = JsonSerializer.SerializeToNode(response, Options)!;

        // No notes and an empty list of notes are the same; a stream cannot tell them apart.
        foreach (JsonNode? choice in node["choices"]?.AsArray() ?? [])
        {
            if (choice?["message"] is JsonObject message && message["annotations"] is JsonArray { Count: 0 }) message.Remove("annotations");
        }

        return Sorted(node)!.ToJsonString();
    }

    private static JsonNode? Sorted(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                var sorted = new SortedDictionary<string, JsonNode?>(System.StringComparer.Ordinal);
                foreach (KeyValuePair<string, JsonNode?> member in members) sorted[member.Key] = Sorted(member.Value);
                return new JsonObject(sorted);
            case JsonArray items:
                var array = new JsonArray();
                foreach (JsonNode? item in items) array.Add(Sorted(item));
                return array;
            default:
                return node?.DeepClone();
        }
    }
}
