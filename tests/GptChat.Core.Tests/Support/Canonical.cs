using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GptChat.Core.Tests;

/// <summary>
/// JSON in one spelling, so that two answers can be compared: members in order, numbers by value, and without what says nothing,
/// which is a member that is null, a list of calls or notes that is empty, and a count of tokens that is 0.
/// </summary>
internal static class Canonical
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Text(JsonNode? node) => Ordered(node)?.ToJsonString(Indented) ?? "null";

    private static JsonNode? Ordered(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => !SaysNothing(member.Key, member.Value))
            .OrderBy(member => member.Key, System.StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Ordered(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Ordered)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => Number(value.ToJsonString()),
        _ => node?.DeepClone(),
    };

    private static bool SaysNothing(string name, JsonNode? value) => value switch
    {
        null => true,
        JsonArray { Count: 0 } => name is "tool_calls" or "annotations",
        JsonValue number when name.EndsWith("_tokens", System.StringComparison.Ordinal) => number.GetValueKind() == JsonValueKind.Number && number.ToJsonString() == "0",
        _ => false,
    };

    private static JsonNode Number(string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) && decimal.IsInteger(exact)) return decimal.Truncate(exact);
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
