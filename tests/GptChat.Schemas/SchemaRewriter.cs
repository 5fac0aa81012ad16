using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace GptChat.Schemas;

/// <summary>Puts schemas of the draft 2020-12 into the form that the validator reads. Besides <c>$defs</c> it reads all that these schemas use.</summary>
internal static class SchemaRewriter
{
    private const string Reference = "$ref";
    private const string Prefix = "#/definitions/";

    /// <summary>The definitions of a document, with <c>$defs</c> under its older name, the only one that the validator looks for.</summary>
    public static JsonObject Definitions(JsonObject document)
    {
        var definitions = (JsonObject)document["$defs"]!.DeepClone();
        foreach (JsonObject schema in Objects(definitions).ToList())
        {
            if (schema[Reference] is JsonValue target) schema[Reference] = target.GetValue<string>().Replace("#/$defs/", Prefix, System.StringComparison.Ordinal);
        }

        return definitions;
    }

    /// <summary>
    /// The same definitions, but each object may only have the members that they name. For that, objects that are put together
    /// with <c>allOf</c> become one: each part would refuse the members of the others.
    /// </summary>
    public static JsonObject Closed(JsonObject definitions)
    {
        var closed = (JsonObject)definitions.DeepClone();
        foreach (string name in closed.Select(definition => definition.Key).ToList())
        {
            if (closed[name]!["allOf"] is JsonArray parts) closed[name] = Merged(closed, parts);
        }

        foreach (JsonObject schema in Objects(closed).ToList())
        {
            if (schema["properties"] is JsonObject && schema["type"] is not null && !schema.ContainsKey("additionalProperties")) schema["additionalProperties"] = false;
        }

        return closed;
    }

    /// <summary>The name of the definition that a schema refers to; null where it stands for itself.</summary>
    public static string? Target(JsonObject schema) => schema[Reference] is JsonValue target ? target.GetValue<string>()[Prefix.Length..] : null;

    private static JsonObject Merged(JsonObject definitions, JsonArray parts)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (JsonObject part in parts.Select(part => Resolved(definitions, part!.AsObject())))
        {
            foreach ((string name, JsonNode? schema) in part["properties"]!.AsObject())
            {
                // Two parts may both say something about a member: then both hold.
                properties[name] = properties[name] is { } other ? new JsonObject { ["allOf"] = new JsonArray(other.DeepClone(), schema!.DeepClone()) } : schema!.DeepClone();
            }

            foreach (JsonNode? name in part["required"]?.AsArray() ?? []) required.Add(name!.DeepClone());
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }

    private static JsonObject Resolved(JsonObject definitions, JsonObject schema)
    {
        JsonObject actual = Target(schema) is { } name ? definitions[name]!.AsObject() : schema;
        return actual["allOf"] is JsonArray parts ? Merged(definitions, parts) : actual;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Objects(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
