using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
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

    private const int MostProblems = 5;

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

        var problems = new List<string>();
        Check(arguments, schema, string.Empty, problems);
        if (problems.Count == 0) return true;
        problem = "The arguments do not fit: " + string.Join("; ", problems.Take(MostProblems)) + (problems.Count > MostProblems ? "; and more." : ".");
        return false;
    }

    private static void Check(JsonElement value, JsonElement schema, string path, List<string> problems)
    {
        if (schema.ValueKind != JsonValueKind.Object || problems.Count > MostProblems) return;
        string place = path.Length == 0 ? "the whole" : "'" + path + "'";
        if (schema.TryGetProperty("type", out JsonElement type) && !Types(type).Any(name => IsOf(value, name)))
        {
            problems.Add(place + " must be " + string.Join(" or ", Types(type).Select(name => Article(name) + name)) + ", not " + Article(Kind(value)) + Kind(value));
            return;
        }

        if (schema.TryGetProperty("enum", out JsonElement words) && words.ValueKind == JsonValueKind.Array && !words.EnumerateArray().Any(word => IsSame(word, value)))
        {
            problems.Add(place + " must be one of " + string.Join(", ", words.EnumerateArray().Select(word => word.GetRawText())));
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(value, schema, path, problems);
                break;
            case JsonValueKind.Array:
                CheckSize(value.GetArrayLength(), schema, "minItems", "maxItems", "items", place, problems);
                if (!schema.TryGetProperty("items", out JsonElement items)) break;
                int number = 0;
                foreach (JsonElement item in value.EnumerateArray()) Check(item, items, path + "[" + (number++).ToString(CultureInfo.InvariantCulture) + "]", problems);
                break;
            case JsonValueKind.String:
                CheckSize(JsonValues.String(value).Length, schema, "minLength", "maxLength", "characters", place, problems);
                break;
            case JsonValueKind.Number:
                if (Bound(schema, "minimum") is { } least && value.GetDouble() < least) problems.Add(place + " must be at least " + least.ToString(CultureInfo.InvariantCulture));
                if (Bound(schema, "maximum") is { } most && value.GetDouble() > most) problems.Add(place + " must be at most " + most.ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void CheckObject(JsonElement value, JsonElement schema, string path, List<string> problems)
    {
        bool isDescribed = schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object;
        bool isClosed = schema.TryGetProperty("additionalProperties", out JsonElement more) && more.ValueKind == JsonValueKind.False;
        string known = isDescribed ? string.Join(", ", properties.EnumerateObject().Select(property => property.Name)) : string.Empty;
        string[] required = schema.TryGetProperty("required", out JsonElement names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(JsonValues.String).ToArray() : [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string name = JsonValues.Name(member);
            string at = path.Length == 0 ? name : path + "." + name;
            if (!seen.Add(name)) problems.Add("'" + at + "' is given twice");
            else if (isDescribed && member.Value.ValueKind == JsonValueKind.Null && Array.IndexOf(required, name) < 0 && properties.TryGetProperty(name, out _)) continue;
            else if (isDescribed && properties.TryGetProperty(name, out JsonElement inner)) Check(member.Value, inner, at, problems);
            else if (isClosed) problems.Add("there is no '" + at + "'" + (known.Length > 0 ? " (there are: " + known + ")" : " (there are no arguments)"));
        }

        foreach (string name in required)
        {
            if (!seen.Contains(name)) problems.Add("'" + (path.Length == 0 ? name : path + "." + name) + "' is missing");
        }
    }

    private static void CheckSize(int size, JsonElement schema, string least, string most, string unit, string place, List<string> problems)
    {
        if (Bound(schema, least) is { } low && size < low) problems.Add(place + " must have at least " + low.ToString(CultureInfo.InvariantCulture) + " " + unit);
        if (Bound(schema, most) is { } high && size > high) problems.Add(place + " must have at most " + high.ToString(CultureInfo.InvariantCulture) + " " + unit);
    }

    private static double? Bound(JsonElement schema, string name) => schema.TryGetProperty(name, out JsonElement bound) && bound.ValueKind == JsonValueKind.Number ? bound.GetDouble() : null;

    private static string[] Types(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Select(JsonValues.String).ToArray()
        : new[] { JsonValues.String(type) };

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && Math.Floor(number) == number && !double.IsInfinity(number),
        _ => Kind(value) == type,
    };

    // PowerShell compares words in any case, and models take liberties.
    private static bool IsSame(JsonElement word, JsonElement value) => word.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.String
        ? string.Equals(JsonValues.String(word), JsonValues.String(value), StringComparison.OrdinalIgnoreCase)
        : word.GetRawText() == value.GetRawText();

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private static string Article(string type) => type switch
    {
        "null" => string.Empty,
        "object" or "array" or "integer" => "an ",
        _ => "a ",
    };
}
