using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using GptChat.Schemas;
using GptChat.Wire;

namespace GptChat.Tools;

/// <summary>
/// Reads the arguments of a call and compares them with the tool's schema. Models err, and some are talked into erring by what they
/// read: what does not fit never reaches the tool, and the model is told what would.
/// </summary>
internal static class ToolArguments
{
    /// <summary>No tool needs more; what is larger is a model that has lost its way.</summary>
    private const int Longest = 1_000_000;

    /// <summary>The arguments; or, in words for the model, why they are none.</summary>
    /// <param name="text">What the model passed.</param>
    /// <param name="schema">The tool's schema of its arguments.</param>
    /// <param name="arguments">An object that fits the schema.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryRead(string text, JsonElement schema, out JsonElement arguments, out string problem)
    {
        arguments = default;
        problem = string.Empty;
        if (text.Length > Longest)
        {
            problem = string.Format(CultureInfo.InvariantCulture, "The arguments have {0} characters; at most {1} are taken.", text.Length, Longest);
            return false;
        }

        try
        {
            // Nothing at all is what some servers send for a tool without arguments.
            using JsonDocument document = JsonDocument.Parse(text.Trim().Length == 0 ? "{}" : text);
            arguments = document.RootElement.Clone();
        }
        catch (JsonException failure)
        {
            problem = "The arguments are not valid JSON: " + failure.Message;
            return false;
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            problem = "The arguments must be an object, such as {}.";
            return false;
        }

        IReadOnlyList<string> problems = Problems(arguments, schema);
        if (problems.Count == 0)
        {
            arguments = WithoutNulls(arguments, schema);
            return true;
        }

        problem = "The arguments do not fit: " + string.Join("; ", problems) + ". " + Known(schema);
        return false;
    }

    private static IReadOnlyList<string> Problems(JsonElement arguments, JsonElement schema)
    {
        try
        {
            string[] twice = arguments.EnumerateObject().GroupBy(JsonValues.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key + " is there twice").ToArray();
            return twice.Length > 0 ? twice : new SchemaCheck(schema).Problems(WithoutNulls(arguments, schema));
        }
        catch (InvalidOperationException)
        {
            // A server's schema that is none itself: the server knows what it takes.
            return Array.Empty<string>();
        }
    }

    /// <summary>A null for what may be left out is as good as leaving it out; some models never leave anything out.</summary>
    private static JsonElement WithoutNulls(JsonElement arguments, JsonElement schema)
    {
        if (arguments.EnumerateObject().All(member => member.Value.ValueKind != JsonValueKind.Null)) return arguments;
        string[] required = schema.TryGetProperty(SchemaWords.Required, out JsonElement names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(JsonValues.String).ToArray() : [];
        return JsonValues.ToElement(arguments.EnumerateObject()
            .Select(member => new KeyValuePair<string, JsonElement>(JsonValues.Name(member), member.Value))
            .Where(member => member.Value.ValueKind != JsonValueKind.Null || required.Contains(member.Key, StringComparer.Ordinal)));
    }

    private static string Known(JsonElement schema) =>
        schema.TryGetProperty(SchemaWords.Properties, out JsonElement properties) && properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Any()
            ? "There are: " + string.Join(", ", properties.EnumerateObject().Select(property => property.Name)) + "."
            : "There are no arguments.";
}
