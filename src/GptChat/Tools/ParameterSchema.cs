using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace GptChat.Tools;

/// <summary>Describes what a parameter takes, as a JSON schema.</summary>
internal static class ParameterSchema
{
    /// <summary>More would cost more than they help: the cultures of Select-String are eight hundred. The command checks them all the same.</summary>
    private const int MostWords = 60;

    private static readonly HashSet<Type> Whole = new() { typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong) };

    private static readonly HashSet<Type> Fraction = new() { typeof(float), typeof(double), typeof(decimal) };

    /// <summary>Types that PowerShell makes of a text, with what the text looks like.</summary>
    private static readonly Dictionary<Type, string?> Text = new()
    {
        [typeof(string)] = null,
        [typeof(char)] = "one character",
        [typeof(Guid)] = "a GUID",
        [typeof(DateTime)] = "a date and time such as 2026-01-31T14:00:00",
        [typeof(DateTimeOffset)] = "a date and time such as 2026-01-31T14:00:00+01:00",
        [typeof(Version)] = "a version such as 1.2.3",
        [typeof(Uri)] = "an address",
        [typeof(TimeSpan)] = "a time span such as 1.02:30:00 (days.hours:minutes:seconds)",
        [typeof(System.IO.FileInfo)] = "a path of a file",
        [typeof(System.IO.DirectoryInfo)] = "a path of a folder",
        [typeof(System.Net.IPAddress)] = "an IP address",
        [typeof(System.Globalization.CultureInfo)] = "the name of a culture such as en-US",
        [typeof(System.Text.Encoding)] = "the name of an encoding such as utf8",
        [typeof(System.Text.RegularExpressions.Regex)] = "a regular expression",
        [typeof(System.Numerics.BigInteger)] = "a whole number",
    };

    /// <summary>The schema; null where no JSON value is what the parameter takes (a script block, a credential, a connection).</summary>
    public static JsonObject? Create(ParameterShape parameter)
    {
        if (parameter.IsPiped) return new JsonObject { ["type"] = "array", ["items"] = new JsonObject() };
        bool isArgumentTransformed = parameter.Attributes.Any(attribute => attribute is CredentialAttribute);
        JsonObject? schema = isArgumentTransformed ? null : OfType(parameter.Type);
        if (schema is not null) Restrict(schema, parameter);
        return schema;
    }

    private static JsonObject? OfType(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(bool) || plain == typeof(SwitchParameter)) return new JsonObject { ["type"] = "boolean" };
        if (plain.IsEnum) return OfEnum(plain);
        if (Whole.Contains(plain)) return new JsonObject { ["type"] = "integer" };
        if (Fraction.Contains(plain)) return new JsonObject { ["type"] = "number" };
        if (Text.TryGetValue(plain, out string? note)) return note is null ? new JsonObject { ["type"] = "string" } : new JsonObject { ["type"] = "string", ["description"] = note };
        if (plain == typeof(object) || plain == typeof(PSObject)) return new JsonObject();
        if (typeof(IDictionary).IsAssignableFrom(plain) && !plain.IsInterface && plain.Namespace is "System.Collections" or "System.Collections.Specialized") return new JsonObject { ["type"] = "object" };
        if (plain == typeof(IDictionary)) return new JsonObject { ["type"] = "object" };
        return ElementOf(plain) is { } element && OfType(element) is { } items ? new JsonObject { ["type"] = "array", ["items"] = items } : null;
    }

    private static JsonObject OfEnum(Type type)
    {
        string[] names = Enum.GetNames(type);
        if (names.Length > MostWords) return new JsonObject { ["type"] = "string" };
        if (!type.IsDefined(typeof(FlagsAttribute), inherit: false)) return new JsonObject { ["type"] = "string", ["enum"] = Words(names) };
        return new JsonObject { ["type"] = "string", ["description"] = "one or several of " + string.Join(", ", names) + ", with commas between them" };
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray) return type.GetArrayRank() == 1 ? type.GetElementType() : null;
        if (!type.IsGenericType) return type == typeof(ArrayList) || type == typeof(IList) || type == typeof(IEnumerable) ? typeof(object) : null;
        Type open = type.GetGenericTypeDefinition();
        bool isList = open == typeof(List<>) || open == typeof(IList<>) || open == typeof(ICollection<>) || open == typeof(IEnumerable<>) || open == typeof(IReadOnlyList<>) || open == typeof(System.Collections.ObjectModel.Collection<>);
        return isList ? type.GetGenericArguments()[0] : null;
    }

    /// <summary>What the parameter's own checks allow. The command checks it again when it runs.</summary>
    private static void Restrict(JsonObject schema, ParameterShape parameter)
    {
        JsonObject item = schema["items"] as JsonObject ?? schema;
        bool isText = item["type"]?.ToString() == "string";
        foreach (Attribute attribute in parameter.Attributes)
        {
            switch (attribute)
            {
                case ValidateSetAttribute { ValidValues.Count: <= MostWords } set when isText:
                    item["enum"] = Words(set.ValidValues);
                    break;
                case ValidateRangeAttribute { MinRange: not null, MaxRange: not null } range when item["type"]?.ToString() is "integer" or "number":
                    item["minimum"] = Number(range.MinRange);
                    item["maximum"] = Number(range.MaxRange);
                    break;
                case ValidateLengthAttribute length when isText:
                    item["minLength"] = length.MinLength;
                    item["maxLength"] = length.MaxLength;
                    break;
                case ValidatePatternAttribute pattern when isText:
                    // As words: what .NET calls a regular expression is not what every provider does.
                    Describe(item, "must match the regular expression " + pattern.RegexPattern);
                    break;
                case ValidateCountAttribute count when schema["items"] is not null:
                    schema["minItems"] = count.MinLength;
                    schema["maxItems"] = count.MaxLength;
                    break;
                case ValidateNotNullOrEmptyAttribute when isText && item["enum"] is null && item["minLength"] is null:
                    item["minLength"] = 1;
                    break;
            }
        }
    }

    /// <summary>Adds words to what a schema says.</summary>
    public static void Describe(JsonObject schema, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        string? before = schema["description"]?.ToString();
        schema["description"] = before is null ? text : text!.TrimEnd('.') + ". " + char.ToUpperInvariant(before[0]) + before.Substring(1);
    }

    private static JsonArray Words(IEnumerable<string> words) => new(words.Select(word => (JsonNode)word).ToArray());

    private static JsonNode Number(object bound) => JsonNode.Parse(((IFormattable)bound).ToString(null, System.Globalization.CultureInfo.InvariantCulture))!;
}
