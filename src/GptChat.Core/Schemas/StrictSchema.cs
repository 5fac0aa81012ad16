using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace GptChat.Schemas;

/// <summary>
/// Puts a schema into the form that strict mode wants: every object closed and all its members required, with null where there is
/// nothing. What cannot be put so is told before anything is sent.
/// </summary>
internal static class StrictSchema
{
    private const int DeepestNesting = 10;
    private const int MostProperties = 5000;
    private const int MostWords = 1000;
    private const int MostCharacters = 120_000;

    /// <summary>Changes the schema in place.</summary>
    /// <exception cref="GptChatException">Strict mode cannot say it.</exception>
    public static void Adapt(JsonObject root)
    {
        Visit(root, string.Empty, 0);
        foreach (string name in new[] { SchemaWords.Definitions, SchemaWords.OldDefinitions })
        {
            if (root[name] is not JsonObject definitions) continue;
            foreach ((string key, JsonNode? node) in definitions.ToArray().Select(member => (member.Key, member.Value))) Visit(Require(node, name + "/" + key), name + "/" + key, 0);
        }

        RequireSize(root);
    }

    private static void Visit(JsonObject node, string path, int level)
    {
        if (level > DeepestNesting) throw SchemaProblem.NotStrict(path, "is nested deeper than " + DeepestNesting + " levels", "Make it flatter");
        foreach (string word in node.Select(member => member.Key).Where(SchemaWords.Structural.Contains))
        {
            throw SchemaProblem.NotStrict(path, "has '" + word + "'", "Leave it out");
        }

        if (node.ContainsKey(SchemaWords.Ref))
        {
            if (node.Count > 1 && path.Length > 0) MoveReference(node);
            if (node.ContainsKey(SchemaWords.Ref)) return;
        }

        if (node[SchemaWords.OneOf] is JsonArray exclusive && !node.ContainsKey(SchemaWords.AnyOf))
        {
            // Strict mode knows anyOf alone. That no two fit at once is checked on the answer, where oneOf is still known.
            VisitAll(exclusive, path, level);
            return;
        }

        if (node[SchemaWords.AnyOf] is JsonArray choices)
        {
            VisitAll(choices, path, level);
            return;
        }

        InferType(node);
        string[] types = SchemaNodes.Types(node);
        if (types.Length == 0) throw SchemaProblem.NotStrict(path, "may be anything", "Give it a type");
        if (types.Contains("object")) VisitObject(node, path, level);
        if (types.Contains("array")) VisitArray(node, path, level);
    }

    private static void VisitAll(JsonArray choices, string path, int level)
    {
        for (int i = 0; i < choices.Count; i++) Visit(Require(choices[i], path), path, level);
    }

    private static void VisitObject(JsonObject node, string path, int level)
    {
        if (node[SchemaWords.Additional] is JsonObject or JsonValue { } and not null && !IsFalse(node[SchemaWords.Additional]))
        {
            throw SchemaProblem.NotStrict(path, "takes members of any name (additionalProperties)", "Make it an array of objects with 'key' and 'value'");
        }

        if (node[SchemaWords.Properties] is not JsonObject { Count: > 0 } properties)
        {
            throw SchemaProblem.NotStrict(path, "is an object without members", "Name its members");
        }

        var required = new HashSet<string>((node[SchemaWords.Required] as JsonArray)?.Select(name => SchemaNodes.Text(name) ?? string.Empty) ?? Array.Empty<string>(), StringComparer.Ordinal);
        foreach (string name in properties.Select(member => member.Key).ToArray())
        {
            string inner = path.Length == 0 ? name : path + "." + name;
            JsonObject schema = Require(properties[name], inner);
            Visit(schema, inner, level + 1);
            if (required.Contains(name)) continue;
            JsonObject optional = SchemaNodes.Nullable(schema);
            if (!ReferenceEquals(optional, schema)) properties[name] = optional;
        }

        node[SchemaWords.Required] = new JsonArray(properties.Select(member => (JsonNode)member.Key).ToArray());
        node[SchemaWords.Additional] = false;
    }

    private static void VisitArray(JsonObject node, string path, int level)
    {
        if (node[SchemaWords.Items] is not JsonObject items) throw SchemaProblem.NotStrict(path, "is an array of anything", "Give its items a schema");
        Visit(items, path + "[]", level + 1);
    }

    private static JsonObject Require(JsonNode? node, string path) =>
        node as JsonObject ?? throw SchemaProblem.NotStrict(path, "may be anything", "Give it a type");

    /// <summary>Nothing may stand beside a reference: it goes into an anyOf of its own.</summary>
    private static void MoveReference(JsonObject node)
    {
        JsonNode reference = node[SchemaWords.Ref]!.DeepClone();
        node.Remove(SchemaWords.Ref);
        node[SchemaWords.AnyOf] = new JsonArray(new JsonObject { [SchemaWords.Ref] = reference });
    }

    /// <summary>Words and constants say what they are; strict mode wants it said.</summary>
    private static void InferType(JsonObject node)
    {
        if (SchemaNodes.Types(node).Length > 0) return;
        IEnumerable<JsonNode?>? values = (IEnumerable<JsonNode?>?)(node[SchemaWords.Enum] as JsonArray) ?? (node.ContainsKey(SchemaWords.Const) ? new[] { node[SchemaWords.Const] } : null);
        if (values is not null)
        {
            string[] types = values.Select(value => value is null ? SchemaWords.Null : SchemaNodes.ToElement(value).ValueKind switch
            {
                System.Text.Json.JsonValueKind.String => "string",
                System.Text.Json.JsonValueKind.Number => "number",
                System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
                _ => "object",
            }).Distinct().ToArray();
            node[SchemaWords.Type] = types.Length == 1 ? types[0] : new JsonArray(types.Select(type => (JsonNode)type).ToArray());
        }
        else if (node.ContainsKey(SchemaWords.Properties)) node[SchemaWords.Type] = "object";
        else if (node.ContainsKey(SchemaWords.Items)) node[SchemaWords.Type] = "array";
    }

    private static bool IsFalse(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) && !flag;

    private static void RequireSize(JsonObject root)
    {
        int properties = 0;
        int words = 0;
        int characters = 0;
        foreach (JsonObject node in SchemaNodes.All(root))
        {
            foreach (string name in new[] { SchemaWords.Properties, SchemaWords.Definitions })
            {
                if (node[name] is not JsonObject members) continue;
                if (name == SchemaWords.Properties) properties += members.Count;
                characters += members.Sum(member => member.Key.Length);
            }

            if (node[SchemaWords.Enum] is not JsonArray list) continue;
            words += list.Count;
            characters += list.Sum(word => SchemaNodes.Text(word)?.Length ?? 0);
        }

        if (properties > MostProperties) throw SchemaProblem.At(string.Empty, "it has " + properties + " members, and strict mode takes " + MostProperties, "Ask for less at once.");
        if (words > MostWords) throw SchemaProblem.At(string.Empty, "its enums have " + words + " words, and strict mode takes " + MostWords, "Take a string where there are so many, or -SchemaMode Loose.");
        if (characters > MostCharacters) throw SchemaProblem.At(string.Empty, "its names and words have " + characters + " characters, and strict mode takes " + MostCharacters, "Shorten them, or -SchemaMode Loose.");
    }
}
