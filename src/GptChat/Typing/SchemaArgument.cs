using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using GptChat.Content;
using GptChat.Input;
using GptChat.Schemas;

namespace GptChat.Typing;

/// <summary>Finds the schema that -Schema means: JSON text, a hashtable, a file, or the short form.</summary>
internal static class SchemaArgument
{
    /// <summary>What was given, with a path as the location of the caller means it.</summary>
    public static object Resolved(object value, Func<string, string> resolve) =>
        ((value as PSObject)?.BaseObject ?? value) is string text && !IsJson(text) && text.Trim().EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? new FileInfo(resolve(text.Trim())) : value;

    /// <summary>The schema.</summary>
    /// <exception cref="GptChatException">It is none, or its file cannot be read.</exception>
    public static JsonObject Read(object value, bool isStrict)
    {
        object plain = (value as PSObject)?.BaseObject ?? value;
        switch (plain)
        {
            case FileInfo file:
                return Parse(ReadFile(file.FullName));
            case string text when text.Trim().Length == 0:
                throw new GptChatException(GptErrorKind.InvalidParameter, "-Schema is empty") { Hint = "Is the variable set? Nothing was sent." };
            case string text when IsJson(text):
                return Parse(text);
            case string text:
                return ShortSchema.Parse(text, isStrict);
            case IDictionary or PSCustomObject or JsonElement:
                return ToObject(ObjectJson.ToElement(value, "-Schema"));
            case Type:
                throw new GptChatException(GptErrorKind.InvalidParameter, "-Schema is a type") { Hint = "Types are given with -As: -As ([" + ((Type)plain).Name + "]). Nothing was sent." };
            default:
                throw new GptChatException(GptErrorKind.InvalidParameter, "-Schema is " + Kind.Of(plain))
                {
                    Hint = "It takes a JSON schema as text, hashtable or file, or a short form such as 'name, age int'. Nothing was sent.",
                    Target = plain,
                };
        }
    }

    /// <summary>JSON begins with a brace and a quote; the short form of an object with a brace and a name.</summary>
    private static bool IsJson(string text)
    {
        string trimmed = text.TrimStart().TrimStart('\uFEFF');
        if (trimmed.Length == 0 || trimmed[0] != '{') return false;
        string inside = trimmed.Substring(1).TrimStart();
        return inside.Length == 0 || inside[0] is '"' or '}';
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GptChatException(GptErrorKind.FileNotReadable, "The schema " + path + " cannot be read: " + failure.Message, failure)
            {
                Hint = "Check the path; its location is that of the shell. Nothing was sent.",
                Target = path,
            };
        }
    }

    private static JsonObject Parse(string json) => ToObject(ObjectJson.ToElement(json, "-Schema"));

    private static JsonObject ToObject(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw SchemaProblem.At(string.Empty, "it is " + SchemaCheck.KindOf(element) + ", not an object", "A schema looks like { \"type\": \"object\", \"properties\": { … } }.");
        RequireUnlikeNames(element, string.Empty);
        JsonObject schema = JsonObject.Create(element)!;

        // What the protocol wraps a schema in is taken off: people copy it from there.
        return schema["json_schema"] is JsonObject wrapper && wrapper[nameof(schema)] is JsonObject inner ? SchemaNodes.Free(inner)
            : schema[nameof(schema)] is JsonObject named && schema.ContainsKey("name") && !schema.ContainsKey(SchemaWords.Type) ? SchemaNodes.Free(named)
            : schema;
    }

    /// <summary>PowerShell tells no members apart that differ in case alone, and JSON none that do not differ at all.</summary>
    private static void RequireUnlikeNames(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray()) RequireUnlikeNames(item, path);
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        if (element.EnumerateObject().GroupBy(member => member.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw SchemaProblem.At(path, "has two members named '" + twins.Key + "'" + (path.Length == 0 ? string.Empty : " or like it, which no PowerShell object can both hold"), "Rename one.");
        }

        foreach (JsonProperty member in element.EnumerateObject()) RequireUnlikeNames(member.Value, path.Length == 0 ? member.Name : path + "." + member.Name);
    }
}
