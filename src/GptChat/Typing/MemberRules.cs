using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GptChat.Schemas;

namespace GptChat.Typing;

/// <summary>Writes PowerShell's validation attributes as keywords of JSON Schema.</summary>
internal static class MemberRules
{
    /// <summary>Adds the rules of a member to its schema.</summary>
    public static void Apply(JsonObject schema, MemberInfo member)
    {
        foreach (object attribute in member.GetCustomAttributes(true))
        {
            // Of a list, PowerShell checks each item by these.
            JsonObject each = SchemaNodes.Types(schema) is ["array"] && schema[SchemaWords.Items] is JsonObject items ? items : schema;
            switch (attribute)
            {
                case ValidateSetAttribute set:
                    Set(each, set);
                    break;
                case ValidateRangeAttribute range:
                    Range(each, range);
                    break;
                case ValidatePatternAttribute pattern:
                    Pattern(each, pattern);
                    break;
                case ValidateLengthAttribute length:
                    each["minLength"] = length.MinLength;
                    each["maxLength"] = length.MaxLength;
                    break;
                case ValidateCountAttribute count:
                    bool isMap = SchemaNodes.Types(schema) is ["object"];
                    schema[isMap ? "minProperties" : "minItems"] = count.MinLength;
                    schema[isMap ? "maxProperties" : "maxItems"] = count.MaxLength;
                    break;
                case ValidateNotNullOrEmptyAttribute:
                    NotEmpty(schema);
                    break;
                case ValidateNotNullAttribute:
                    break;
                case ValidateArgumentsAttribute other:
                    if (other.GetType().Name == "ValidateNotNullOrWhiteSpaceAttribute") NotEmpty(schema);
                    else schema[SchemaWords.OwnUnsaid] = other.GetType().Name.Replace("Attribute", string.Empty);
                    break;
            }
        }
    }

    private static void Set(JsonObject schema, ValidateSetAttribute set)
    {
        string[] types = SchemaNodes.Types(schema);
        bool isNumber = types is ["integer"] or ["number"];
        schema[SchemaWords.Enum] = new JsonArray(set.ValidValues.Select(word => isNumber && Number(word) is { } number ? number : (JsonNode)word).ToArray());
        if (set.IgnoreCase) schema[SchemaWords.OwnIgnoreCase] = true;
    }

    private static void Range(JsonObject schema, ValidateRangeAttribute range)
    {
        // The kinds of PowerShell 7 (Positive …) are not in the library that serves both editions.
        string? kind = range.GetType().GetProperty("RangeKind", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(range)?.ToString();
        switch (range.MinRange is null ? kind : null)
        {
            case "Positive":
                schema["exclusiveMinimum"] = 0;
                return;
            case "NonNegative":
                schema["minimum"] = 0;
                return;
            case "Negative":
                schema["exclusiveMaximum"] = 0;
                return;
            case "NonPositive":
                schema["maximum"] = 0;
                return;
        }

        JsonValue? least = Number(range.MinRange);
        JsonValue? most = Number(range.MaxRange);
        if (least is not null && most is not null && SchemaNodes.Types(schema) is ["integer"] or ["number"])
        {
            schema["minimum"] = least;
            schema["maximum"] = most;
        }
        else if (range.MinRange is not null)
        {
            // A range of dates, say: the class checks it itself.
            SchemaNodes.Describe(schema, "From " + Invariant(range.MinRange) + " to " + Invariant(range.MaxRange) + ".");
        }
    }

    private static void Pattern(JsonObject schema, ValidatePatternAttribute pattern)
    {
        RegexOptions options = pattern.Options & ~RegexOptions.IgnoreCase;
        string inline = string.Concat(
            (options & RegexOptions.Multiline) != 0 ? "m" : string.Empty,
            (options & RegexOptions.Singleline) != 0 ? "s" : string.Empty,
            (options & RegexOptions.ExplicitCapture) != 0 ? "n" : string.Empty,
            (options & RegexOptions.IgnorePatternWhitespace) != 0 ? "x" : string.Empty);
        schema[SchemaWords.Pattern] = (inline.Length == 0 ? string.Empty : "(?" + inline + ")") + pattern.RegexPattern;
        if ((pattern.Options & RegexOptions.IgnoreCase) != 0) schema[SchemaWords.OwnIgnoreCase] = true;
    }

    private static void NotEmpty(JsonObject schema)
    {
        string word = SchemaNodes.Types(schema) switch
        {
            ["array"] => "minItems",
            ["string"] => "minLength",
            ["object"] when schema[SchemaWords.Properties] is null => "minProperties",
            _ => string.Empty,
        };
        if (word.Length > 0 && !schema.ContainsKey(word) && !schema.ContainsKey(SchemaWords.Enum)) schema[word] = 1;
    }

    private static JsonValue? Number(object? value) => value switch
    {
        float or double => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => JsonValue.Create(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => JsonValue.Create(number),
        _ => null,
    };

    private static string Invariant(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
