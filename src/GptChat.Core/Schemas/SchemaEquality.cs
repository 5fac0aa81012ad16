using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Schemas;

/// <summary>Compares values as JSON Schema does: numbers by what they are worth, objects whatever the order of their members.</summary>
internal static class SchemaEquality
{
    /// <summary>Whether two values are equal.</summary>
    public static bool Same(JsonElement left, JsonElement right, bool ignoresCase = false)
    {
        if (left.ValueKind != right.ValueKind) return false;
        switch (left.ValueKind)
        {
            case JsonValueKind.String:
                return string.Equals(JsonValues.String(left), JsonValues.String(right), ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
            case JsonValueKind.Number:
                return left.TryGetDecimal(out decimal a) && right.TryGetDecimal(out decimal b) ? a == b : JsonNumber.ToDouble(left).Equals(JsonNumber.ToDouble(right));
            case JsonValueKind.Array:
                return left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray(), (one, other) => Same(one, other, ignoresCase)).All(same => same);
            case JsonValueKind.Object:
                return left.EnumerateObject().Count() == right.EnumerateObject().Count()
                    && left.EnumerateObject().All(member => right.TryGetProperty(JsonValues.Name(member), out JsonElement other) && Same(member.Value, other, ignoresCase));
            default:
                return true;
        }
    }

    /// <summary>Whether two items of an array are equal.</summary>
    public static bool HasTwins(JsonElement array)
    {
        // Items that are equal are alike in a cheaper way first, so that a list of thousands is no matter.
        var seen = new Dictionary<string, List<JsonElement>>(StringComparer.Ordinal);
        foreach (JsonElement item in array.EnumerateArray())
        {
            string key = item.ValueKind switch
            {
                JsonValueKind.String => "\"" + JsonValues.String(item),
                JsonValueKind.Number => JsonNumber.ToDouble(item).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                JsonValueKind.Object => "{" + string.Join(",", item.EnumerateObject().Select(JsonValues.Name).OrderBy(name => name, StringComparer.Ordinal)),
                _ => item.GetRawText(),
            };
            if (!seen.TryGetValue(key, out List<JsonElement>? alike)) seen.Add(key, alike = new List<JsonElement>());
            if (alike.Exists(other => Same(item, other))) return true;
            alike.Add(item);
        }

        return false;
    }
}
