using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace GptChat.Schemas;

/// <summary>
/// The root of a schema that is sent must be an object: anything else is put into an object with one member, and taken out of it
/// again when the answer is here.
/// </summary>
internal static class SchemaRoot
{
    /// <summary>The member that holds the items of a list.</summary>
    public const string ListMember = "items";

    /// <summary>The member that holds any other value.</summary>
    public const string ValueMember = "value";

    private const string Itself = "#";
    private const string Name = "root";

    /// <summary>Wraps a schema where it must be.</summary>
    /// <returns>The root, and the member that holds the answer; null where the root is the answer.</returns>
    public static (JsonObject Root, string? Member) Wrap(JsonObject schema, bool isStrict)
    {
        if (schema[SchemaWords.Type] is null && schema.ContainsKey(SchemaWords.Properties)) schema[SchemaWords.Type] = "object";
        string[] types = SchemaNodes.Types(schema);
        bool isPlain = types is ["object"] && !schema.ContainsKey(SchemaWords.AnyOf) && !schema.ContainsKey(SchemaWords.OneOf) && !schema.ContainsKey(SchemaWords.Ref) && !schema.ContainsKey(SchemaWords.Enum);
        if (isPlain) return (schema, null);
        string member = types is ["array"] && !schema.ContainsKey(SchemaWords.OwnWhole) ? ListMember : ValueMember;
        JsonNode? definitions = Take(schema, SchemaWords.Definitions);
        JsonNode? older = Take(schema, SchemaWords.OldDefinitions);
        JsonObject inner = schema;
        if (SchemaNodes.All(schema).Concat(SchemaNodes.All(definitions)).Concat(SchemaNodes.All(older)).Where(node => SchemaNodes.Text(node[SchemaWords.Ref]) == Itself).ToArray() is { Length: > 0 } circles)
        {
            // What refers to the root means the schema itself, which is no longer the root.
            definitions ??= new JsonObject();
            string name = Free(definitions.AsObject());
            foreach (JsonObject circle in circles) circle[SchemaWords.Ref] = "#/" + SchemaWords.Definitions + "/" + name;
            definitions.AsObject()[name] = schema;
            inner = new JsonObject { [SchemaWords.Ref] = "#/" + SchemaWords.Definitions + "/" + name };
        }

        JsonObject root = SchemaNodes.Object(new[] { (member, inner, false) }, isStrict);
        if (definitions is not null) root[SchemaWords.Definitions] = definitions;
        if (older is not null) root[SchemaWords.OldDefinitions] = older;
        return (root, member);
    }

    private static JsonNode? Take(JsonObject schema, string name)
    {
        JsonNode? node = schema[name];
        schema.Remove(name);
        return node;
    }

    private static string Free(JsonObject definitions)
    {
        string name = Name;
        while (definitions.ContainsKey(name)) name += "_";
        return name;
    }
}
