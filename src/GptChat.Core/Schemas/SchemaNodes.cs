using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GptChat.Wire;

namespace GptChat.Schemas;

/// <summary>Small steps on schemas as trees.</summary>
internal static class SchemaNodes
{
    /// <summary>The schema of a value that is written as a word of the type list.</summary>
    public static JsonObject OfType(string type) => new() { [SchemaWords.Type] = type };

    /// <summary>The object schema of these members, in their order, of which all those are required that cannot be null.</summary>
    /// <param name="members">The members; one that is optional may be null.</param>
    /// <param name="isStrict">Whether all must be required: strict mode wants a null where there is nothing.</param>
    public static JsonObject Object(IEnumerable<(string Name, JsonObject Schema, bool IsOptional)> members, bool isStrict)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach ((string name, JsonObject schema, bool isOptional) in members)
        {
            properties[name] = isOptional ? Nullable(schema) : schema;
            if (isStrict || !isOptional) required.Add((JsonNode)name);
        }

        return new JsonObject { [SchemaWords.Type] = "object", [SchemaWords.Properties] = properties, [SchemaWords.Required] = required, [SchemaWords.Additional] = false };
    }

    /// <summary>The same, or null.</summary>
    public static JsonObject Nullable(JsonObject schema)
    {
        if (AllowsNull(schema)) return schema;
        if (schema[SchemaWords.AnyOf] is JsonArray choices && schema[SchemaWords.Type] is null)
        {
            choices.Add((JsonNode)OfType(SchemaWords.Null));
            return schema;
        }

        if (Types(schema) is not { Length: > 0 } types || schema.ContainsKey(SchemaWords.Ref) || schema.ContainsKey(SchemaWords.Const))
        {
            JsonNode? description = schema[SchemaWords.Description]?.DeepClone();
            schema = Free(schema);
            schema.Remove(SchemaWords.Description);
            var either = new JsonObject { [SchemaWords.AnyOf] = new JsonArray(schema, OfType(SchemaWords.Null)) };
            if (description is not null) either[SchemaWords.Description] = description;
            return either;
        }

        schema[SchemaWords.Type] = new JsonArray(types.Append(SchemaWords.Null).Select(type => (JsonNode)type).ToArray());
        if (schema[SchemaWords.Enum] is JsonArray words) words.Add((JsonNode?)null);
        return schema;
    }

    /// <summary>The type or types of a schema; empty where it names none.</summary>
    public static string[] Types(JsonObject schema) => schema[SchemaWords.Type] switch
    {
        JsonArray several => several.Select(type => Text(type) ?? string.Empty).ToArray(),
        JsonValue one when Text(one) is { } type => new[] { type },
        _ => Array.Empty<string>(),
    };

    /// <summary>Whether null is said to fit.</summary>
    public static bool AllowsNull(JsonObject schema)
    {
        if (schema[SchemaWords.AnyOf] is JsonArray choices) return choices.OfType<JsonObject>().Any(AllowsNull);
        return Types(schema).Contains(SchemaWords.Null) && (schema[SchemaWords.Enum] is not JsonArray words || words.Any(word => word is null));
    }

    /// <summary>Adds a sentence to what a schema says to readers.</summary>
    public static void Describe(JsonObject schema, string? sentence)
    {
        if (string.IsNullOrWhiteSpace(sentence)) return;
        string? before = Text(schema[SchemaWords.Description]);
        schema[SchemaWords.Description] = string.IsNullOrEmpty(before) ? sentence : before + (before![before.Length - 1] is '.' or '!' or '?' ? " " : ". ") + sentence;
    }

    /// <summary>A reference with words of its own: strict mode takes nothing beside a reference.</summary>
    public static JsonObject Described(JsonObject schema, string? description)
    {
        if (string.IsNullOrWhiteSpace(description)) return schema;
        if (schema.ContainsKey(SchemaWords.Ref)) schema = new JsonObject { [SchemaWords.AnyOf] = new JsonArray(Free(schema)) };
        Describe(schema, description);
        return schema;
    }

    /// <summary>A node that can be put elsewhere.</summary>
    public static JsonObject Free(JsonObject schema) => schema.Parent is null ? schema : schema.DeepClone().AsObject();

    /// <summary>A node's text; null where it is none.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>All the objects in a tree, itself first.</summary>
    public static IEnumerable<JsonObject> All(JsonNode? node)
    {
        if (node is JsonObject itself) yield return itself;
        IEnumerable<JsonNode?> inner = node switch
        {
            JsonObject item => item.Select(member => member.Value),
            JsonArray list => list,
            _ => Enumerable.Empty<JsonNode?>(),
        };
        foreach (JsonNode? child in inner)
        {
            foreach (JsonObject found in All(child)) yield return found;
        }
    }

    /// <summary>A tree as text, as it goes out.</summary>
    public static string ToJson(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions)) node.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>A tree as it is read.</summary>
    public static JsonElement ToElement(JsonNode node)
    {
        using JsonDocument document = JsonDocument.Parse(ToJson(node), new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.Clone();
    }
}
