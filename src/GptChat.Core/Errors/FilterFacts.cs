using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Errors;

/// <summary>Which rules of a filter blocked a request, from where Azure and Cloudflare say it.</summary>
internal static class FilterFacts
{
    private const int MostPolicies = 5;

    /// <summary>Azure's categories that blocked it, such as <c>hate (high), jailbreak</c>; null where an error names none.</summary>
    public static string? Categories(JsonElement error)
    {
        JsonElement inner = Object(error, "innererror");
        JsonElement result = Object(inner, "content_filter_result");
        if (result.ValueKind == JsonValueKind.Undefined) result = Object(error, "content_filter_result");
        if (result.ValueKind == JsonValueKind.Undefined) return null;
        var blocked = new List<string>();
        foreach (JsonProperty category in result.EnumerateObject())
        {
            if (category.Value.Text("filtered") != "true") continue;
            blocked.Add(category.Value.Text("severity") is { Length: > 0 } severity ? category.Name + " (" + severity + ")" : category.Name);
        }

        return blocked.Count == 0 ? null : string.Join(", ", blocked);
    }

    /// <summary>The policies of a data-loss rule that Cloudflare's header names; null where it names none.</summary>
    public static string? Policies(string? header)
    {
        if (string.IsNullOrWhiteSpace(header)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(header!);
            var found = new List<string>();
            Collect(document.RootElement, isPolicy: false, found);
            return found.Count == 0 ? null : string.Join(", ", found.Distinct().Take(MostPolicies));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The ids may stand at any depth: the header's shape is the gateway's own business.</summary>
    private static void Collect(JsonElement value, bool isPolicy, List<string> found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject()) Collect(member.Value, member.Name is "policy_ids" or "policy_id" or "policyIds" or "policyId", found);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray()) Collect(item, isPolicy, found);
                break;
            case JsonValueKind.String when isPolicy:
                found.Add(JsonValues.String(value));
                break;
        }
    }

    private static JsonElement Object(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Object ? member : default;
}
