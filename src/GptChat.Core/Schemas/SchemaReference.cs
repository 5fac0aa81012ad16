using System;
using System.Text.Json;

namespace GptChat.Schemas;

/// <summary>Follows references inside a schema.</summary>
internal static class SchemaReference
{
    /// <summary>The schema that a reference means; null where there is none.</summary>
    public static JsonElement? Find(JsonElement root, JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.String) return null;
        string path = reference.GetString()!;
        if (path == "#") return root;
        if (!path.StartsWith("#/", StringComparison.Ordinal)) return null;
        JsonElement at = root;
        foreach (string step in path.Substring(2).Split('/'))
        {
            string name = Uri.UnescapeDataString(step).Replace("~1", "/").Replace("~0", "~");
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        }

        return at;
    }
}
