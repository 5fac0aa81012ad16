using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GptChat.Wire;

namespace GptChat.Schemas;

/// <summary>Checks values against a schema, and says in words for people and models what does not fit.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private const int Most = 8;
    private const int Deepest = 200;

    // A list of thousands is checked by the same few; several answers may be checked at once.
    private readonly ConcurrentDictionary<(string Pattern, bool IgnoresCase), Regex?> _patterns = new();

    /// <summary>What does not fit, a sentence each; empty where all does.</summary>
    public IReadOnlyList<string> Problems(JsonElement value) => Problems(value, root, string.Empty);

    /// <summary>The same by a part of the schema.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">A part of the schema that this checks by.</param>
    /// <param name="path">Where the value stands in the answer.</param>
    public IReadOnlyList<string> Problems(JsonElement value, JsonElement schema, string path)
    {
        var problems = new List<string>();
        Check(value, schema, path, problems, 0);
        return problems;
    }

    /// <summary>The schema behind a reference, or itself.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        for (int i = 0; i < Deepest && schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(SchemaWords.Ref, out JsonElement reference); i++)
        {
            schema = SchemaReference.Find(root, reference) ?? schema;
        }

        return schema;
    }

    /// <summary>What a value is, in the words of JSON Schema.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => SchemaWords.Null,
    };

    private void Check(JsonElement value, JsonElement schema, string path, List<string> problems, int level)
    {
        if (problems.Count >= Most) return;
        if (level > Deepest)
        {
            Add(problems, path, "nests too deep to be checked");
            return;
        }

        if (schema.ValueKind == JsonValueKind.False) Add(problems, path, "must not be there");
        if (schema.ValueKind != JsonValueKind.Object) return;
        if (schema.TryGetProperty(SchemaWords.Ref, out JsonElement reference) && SchemaReference.Find(root, reference) is { } meant) Check(value, meant, path, problems, level + 1);
        CheckChoices(value, schema, path, problems, level);
        if (schema.TryGetProperty(SchemaWords.Type, out JsonElement type) && !IsOf(value, type))
        {
            Add(problems, path, "is " + Shown(value) + ", not " + Words(type));
            return;
        }

        bool ignoresCase = schema.TryGetProperty(SchemaWords.OwnIgnoreCase, out _);
        if (schema.TryGetProperty(SchemaWords.Enum, out JsonElement words) && !words.EnumerateArray().Any(word => SchemaEquality.Same(word, value, ignoresCase)))
        {
            Add(problems, path, "is " + Shown(value) + ", not one of " + string.Join(", ", words.EnumerateArray().Take(20).Select(Plain)));
        }

        if (schema.TryGetProperty(SchemaWords.Const, out JsonElement only) && !SchemaEquality.Same(only, value, ignoresCase)) Add(problems, path, "is " + Shown(value) + ", not " + Plain(only));
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                CheckText(JsonValues.String(value), schema, path, problems);
                break;
            case JsonValueKind.Number:
                CheckNumber(value, schema, path, problems);
                break;
            case JsonValueKind.Array:
                CheckArray(value, schema, path, problems, level);
                break;
            case JsonValueKind.Object:
                CheckObject(value, schema, path, problems, level);
                break;
        }
    }

    private void CheckChoices(JsonElement value, JsonElement schema, string path, List<string> problems, int level)
    {
        if (schema.TryGetProperty("allOf", out JsonElement all))
        {
            foreach (JsonElement one in all.EnumerateArray()) Check(value, one, path, problems, level + 1);
        }

        if (schema.TryGetProperty("not", out JsonElement not) && Fits(value, not, level)) Add(problems, path, "is " + Shown(value) + ", which 'not' excludes");
        foreach (string word in new[] { SchemaWords.AnyOf, SchemaWords.OneOf })
        {
            if (!schema.TryGetProperty(word, out JsonElement choices)) continue;
            int fitting = choices.EnumerateArray().Count(choice => Fits(value, choice, level));
            if (fitting > 1 && word == SchemaWords.OneOf) Add(problems, path, "fits " + fitting + " of the forms that exclude each other");
            if (fitting > 0) continue;

            // Of the forms it could have had, the one of its own kind tells best what is missing.
            List<string> nearest = choices.EnumerateArray().Select(choice => Within(value, choice, path, level)).OrderBy(found => found.Count).ThenBy(found => found[0].Contains(", not ") ? 1 : 0).First();
            JsonElement ofKind = choices.EnumerateArray().Select(Resolve).FirstOrDefault(choice => choice.ValueKind == JsonValueKind.Object && choice.TryGetProperty(SchemaWords.Type, out JsonElement type) && IsOf(value, type));
            problems.AddRange(ofKind.ValueKind == JsonValueKind.Object ? Within(value, ofKind, path, level) : nearest);
        }
    }

    private bool Fits(JsonElement value, JsonElement schema, int level) => Within(value, schema, string.Empty, level).Count == 0;

    private List<string> Within(JsonElement value, JsonElement schema, string path, int level)
    {
        var problems = new List<string>();
        Check(value, schema, path, problems, level + 1);
        return problems;
    }

    private void CheckText(string text, JsonElement schema, string path, List<string> problems)
    {
        if (Count(schema, "minLength") is { } least && Length(text) < least) Add(problems, path, "has " + Length(text) + " characters, fewer than " + least);
        if (Count(schema, "maxLength") is { } most && Length(text) > most) Add(problems, path, "has " + Length(text) + " characters, more than " + most);
        if (schema.TryGetProperty(SchemaWords.Pattern, out JsonElement pattern) && !Matches(pattern.GetString()!, text, schema.TryGetProperty(SchemaWords.OwnIgnoreCase, out _)))
        {
            Add(problems, path, "is '" + Short(text) + "', which does not match " + pattern.GetString());
        }

        foreach (string word in new[] { SchemaWords.Format, SchemaWords.OwnFormat })
        {
            if (schema.TryGetProperty(word, out JsonElement format) && !SchemaFormats.Fits(format.GetString()!, text)) Add(problems, path, "is '" + Short(text) + "', which is no " + format.GetString());
        }
    }

    private static void CheckNumber(JsonElement value, JsonElement schema, string path, List<string> problems)
    {
        double number = JsonNumber.ToDouble(value);
        if (Limit(schema, "minimum") is { } minimum && number < minimum) Add(problems, path, "is " + value.GetRawText() + ", less than " + Text(minimum));
        if (Limit(schema, "maximum") is { } maximum && number > maximum) Add(problems, path, "is " + value.GetRawText() + ", more than " + Text(maximum));
        if (Limit(schema, "exclusiveMinimum") is { } above && number <= above) Add(problems, path, "is " + value.GetRawText() + ", not more than " + Text(above));
        if (Limit(schema, "exclusiveMaximum") is { } below && number >= below) Add(problems, path, "is " + value.GetRawText() + ", not less than " + Text(below));
        if (schema.TryGetProperty("multipleOf", out JsonElement step) && !JsonNumber.IsMultiple(value, step)) Add(problems, path, "is " + value.GetRawText() + ", not a multiple of " + step.GetRawText());
        foreach (string word in new[] { SchemaWords.Format, SchemaWords.OwnFormat })
        {
            if (schema.TryGetProperty(word, out JsonElement format) && !JsonNumber.Fits(value, format.GetString()!)) Add(problems, path, "is " + value.GetRawText() + ", which is no " + format.GetString());
        }
    }

    private void CheckArray(JsonElement value, JsonElement schema, string path, List<string> problems, int level)
    {
        int count = value.GetArrayLength();
        if (Count(schema, "minItems") is { } least && count < least) Add(problems, path, "has " + count + " items, fewer than " + least);
        if (Count(schema, "maxItems") is { } most && count > most) Add(problems, path, "has " + count + " items, more than " + most);
        if (schema.TryGetProperty("uniqueItems", out JsonElement unique) && unique.ValueKind == JsonValueKind.True && SchemaEquality.HasTwins(value)) Add(problems, path, "has two equal items");
        if (schema.TryGetProperty(SchemaWords.OwnMap, out _) && Twice(value) is { } key) Add(problems, path, "has the key '" + Short(key) + "' twice");
        if (!schema.TryGetProperty(SchemaWords.Items, out JsonElement items) || items.ValueKind == JsonValueKind.Array) return;
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray()) Check(item, items, path + "[" + index++ + "]", problems, level + 1);
    }

    private void CheckObject(JsonElement value, JsonElement schema, string path, List<string> problems, int level)
    {
        int count = 0;
        var known = new HashSet<string>(StringComparer.Ordinal);
        bool hasProperties = schema.TryGetProperty(SchemaWords.Properties, out JsonElement properties);
        bool hasAdditional = schema.TryGetProperty(SchemaWords.Additional, out JsonElement additional);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            count++;
            string name = JsonValues.Name(member);
            string inner = path.Length == 0 ? name : path + "." + name;
            if (!known.Add(name)) Add(problems, inner, "is there twice");
            if (hasProperties && properties.TryGetProperty(name, out JsonElement own)) Check(member.Value, own, inner, problems, level + 1);
            else if (hasAdditional && additional.ValueKind == JsonValueKind.False) Add(problems, inner, "is not a member of the schema");
            else if (hasAdditional) Check(member.Value, additional, inner, problems, level + 1);
        }

        if (schema.TryGetProperty(SchemaWords.Required, out JsonElement required))
        {
            foreach (JsonElement name in required.EnumerateArray())
            {
                if (!known.Contains(name.GetString()!)) Add(problems, path.Length == 0 ? name.GetString()! : path + "." + name.GetString(), "is missing");
            }
        }

        if (Count(schema, "minProperties") is { } least && count < least) Add(problems, path, "has " + count + " members, fewer than " + least);
        if (Count(schema, "maxProperties") is { } most && count > most) Add(problems, path, "has " + count + " members, more than " + most);
    }

    private static bool IsOf(JsonElement value, JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.Array) return type.EnumerateArray().Any(one => IsOf(value, one));
        string kind = KindOf(value);
        return type.GetString() is { } wanted && (wanted == kind || (wanted == "integer" && kind == "number" && JsonNumber.IsWhole(value)));
    }

    private bool Matches(string pattern, string text, bool ignoresCase)
    {
        try
        {
            return _patterns.GetOrAdd((pattern, ignoresCase), static key => EcmaPattern.TryParse(key.Pattern, key.IgnoresCase))?.IsMatch(text) ?? true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string? Twice(JsonElement pairs)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        return pairs.EnumerateArray().Select(pair => pair.Text("key")).FirstOrDefault(key => key is not null && !keys.Add(key));
    }

    private static long? Count(JsonElement schema, string word) => schema.TryGetProperty(word, out JsonElement value) && value.TryGetInt64(out long count) ? count : null;

    private static double? Limit(JsonElement schema, string word) => schema.TryGetProperty(word, out JsonElement value) ? JsonNumber.ToDouble(value) : null;

    // As JSON Schema counts: a character beyond the basic plane is one.
    private static int Length(string text) => text.Length - text.Count(char.IsLowSurrogate);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Words(JsonElement type) => type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(one => one.GetString())) : type.GetString()!;

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Plain(value),
    };

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? "'" + Short(JsonValues.String(value)) + "'" : Short(value.GetRawText());

    private static string Short(string text) => text.Length <= 60 ? text : new StringBuilder(text, 0, 60, 61).Append('…').ToString();

    private static void Add(List<string> problems, string path, string problem)
    {
        if (problems.Count < Most) problems.Add((path.Length == 0 ? "The answer" : path) + " " + problem);
    }
}
