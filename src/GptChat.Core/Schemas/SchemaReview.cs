using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace GptChat.Schemas;

/// <summary>Looks a schema over before it is used: what cannot be followed is an error, what is not checked is said.</summary>
internal static class SchemaReview
{
    private static readonly string[] Kinds = { "object", "array", "string", "number", "integer", "boolean", SchemaWords.Null };

    /// <summary>The keywords that the answer is not checked for.</summary>
    /// <exception cref="GptChatException">The schema is none.</exception>
    public static IReadOnlyList<string> Unchecked(JsonElement root)
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        Visit(root, root, string.Empty, unknown);
        return unknown.ToArray();
    }

    private static void Visit(JsonElement schema, JsonElement root, string path, SortedSet<string> unknown)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False) return;
        if (schema.ValueKind != JsonValueKind.Object) throw SchemaProblem.At(path, "is " + SchemaCheck.KindOf(schema) + " where a schema must stand", "A schema is an object such as { \"type\": \"string\" }.");
        foreach (JsonProperty word in schema.EnumerateObject()) Visit(word.Name, word.Value, root, path, unknown);
    }

    private static void Visit(string word, JsonElement value, JsonElement root, string path, SortedSet<string> unknown)
    {
        switch (word)
        {
            case SchemaWords.Properties or SchemaWords.Definitions or SchemaWords.OldDefinitions:
                if (value.ValueKind != JsonValueKind.Object) throw Wrong(path, word, "an object");
                foreach (JsonProperty member in value.EnumerateObject()) Visit(member.Value, root, path.Length == 0 ? member.Name : path + "." + member.Name, unknown);
                break;
            case SchemaWords.AnyOf or SchemaWords.OneOf or "allOf":
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0) throw Wrong(path, word, "a list of schemas");
                foreach (JsonElement choice in value.EnumerateArray()) Visit(choice, root, path, unknown);
                break;
            case SchemaWords.Items when value.ValueKind == JsonValueKind.Array:
                unknown.Add("items (a list)");
                break;
            case SchemaWords.Items or SchemaWords.Additional or "not":
                Visit(value, root, path + (word == SchemaWords.Items ? "[]" : string.Empty), unknown);
                break;
            case SchemaWords.Ref:
                if (SchemaReference.Find(root, value) is null) throw SchemaProblem.At(path, "refers to " + value.GetRawText() + ", which is not in the schema", "References look like #/$defs/NAME; a schema elsewhere must be copied in.");
                break;
            case SchemaWords.Type:
                IEnumerable<JsonElement> types = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : new[] { value };
                foreach (JsonElement type in types)
                {
                    if (type.ValueKind != JsonValueKind.String || Array.IndexOf(Kinds, type.GetString()) < 0) throw Wrong(path, word, "one of " + string.Join(", ", Kinds));
                }

                break;
            case SchemaWords.Enum:
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0) throw Wrong(path, word, "a list of values");
                break;
            case SchemaWords.Required:
                if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String)) throw Wrong(path, word, "a list of names");
                break;
            case SchemaWords.Pattern:
                if (value.ValueKind != JsonValueKind.String || EcmaPattern.TryParse(value.GetString()!, false) is null) throw Wrong(path, word, "a regular expression");
                break;
            case "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties":
                if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long count) || count < 0) throw Wrong(path, word, "a whole number from 0");
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                if (value.ValueKind != JsonValueKind.Number) throw Wrong(path, word, "a number");
                break;
            case "multipleOf":
                if (value.ValueKind != JsonValueKind.Number || JsonNumber.ToDouble(value) <= 0) throw Wrong(path, word, "a number above 0");
                break;
            case "uniqueItems":
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) throw Wrong(path, word, "true or false");
                break;
            case SchemaWords.Format:
                if (value.ValueKind != JsonValueKind.String) throw Wrong(path, word, "a word");
                if (!SchemaFormats.IsKnown(value.GetString()!)) unknown.Add("format " + value.GetString());
                break;
            default:
                if (!SchemaWords.Checked.Contains(word) && !SchemaWords.Notes.Contains(word) && !word.StartsWith(SchemaWords.Own, StringComparison.Ordinal)) unknown.Add(word);
                break;
        }
    }

    private static GptChatException Wrong(string path, string word, string wanted) =>
        SchemaProblem.At(path.Length == 0 ? word : path + "." + word, "is not " + wanted, "Correct the schema.");
}
