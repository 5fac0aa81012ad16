using System;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using GptChat.Schemas;
using GptChat.Wire;

namespace GptChat.Typing;

/// <summary>
/// Makes custom objects out of JSON: members in the order of the schema, dates and spans of time where the schema says that a text is
/// one, whole numbers as long, others as double.
/// </summary>
internal static class PlainReader
{
    private static readonly JsonElement Anything = JsonDocument.Parse("{}").RootElement;

    /// <summary>A value about which nothing is known.</summary>
    public static object? Read(JsonElement value, string path) => Read(value, Anything, new SchemaCheck(Anything), path);

    /// <summary>A value of a schema that it fits.</summary>
    public static object? Read(JsonElement value, JsonElement schema, SchemaCheck check, string path)
    {
        JsonElement own = Choose(value, schema, check);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return Object(value, own, check, path);
            case JsonValueKind.Array:
                JsonElement items = Member(own, SchemaWords.Items);
                return value.EnumerateArray().Select((item, index) => Read(item, items, check, path + "[" + index + "]")).ToArray();
            case JsonValueKind.String:
                return Text(JsonValues.String(value), Member(own, SchemaWords.Format));
            case JsonValueKind.Number when Member(own, SchemaWords.Type) is { ValueKind: JsonValueKind.String } type && type.GetString() == "number":
                return JsonNumber.ToDouble(value);
            case JsonValueKind.Number:
                return Number(value);
            default:
                return JsonValues.ToClr(value);
        }
    }

    private static PSObject Object(JsonElement value, JsonElement schema, SchemaCheck check, string path)
    {
        var made = new PSObject();
        JsonElement properties = Member(schema, SchemaWords.Properties);
        JsonElement others = Member(schema, SchemaWords.Additional);
        if (properties.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                // What the schema names is there, be it with nothing in it: a script that asks for it is not surprised.
                bool isGiven = value.TryGetProperty(property.Name, out JsonElement given);
                Add(made, property.Name, isGiven ? Read(given, property.Value, check, Inside(path, property.Name)) : null, path);
            }
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            string name = JsonValues.Name(member);
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out _)) continue;
            Add(made, name, Read(member.Value, others, check, Inside(path, name)), path);
        }

        return made;
    }

    private static void Add(PSObject made, string name, object? value, string path)
    {
        if (name.Length == 0 || made.Properties[name] is not null)
        {
            throw TypeReader.Mismatch(path, name.Length == 0 ? "has a member without a name" : "has two members named '" + name + "', which differ in case alone: no PowerShell object can hold both", null);
        }

        made.Properties.Add(new PSNoteProperty(name, value));
    }

    /// <summary>Of several forms that the value could have, the one that it has; the form behind a reference.</summary>
    private static JsonElement Choose(JsonElement value, JsonElement schema, SchemaCheck check)
    {
        JsonElement own = check.Resolve(schema);
        if (own.ValueKind != JsonValueKind.Object) return Anything;
        foreach (string word in new[] { SchemaWords.AnyOf, SchemaWords.OneOf, "allOf" })
        {
            JsonElement choices = Member(own, word);
            if (choices.ValueKind != JsonValueKind.Array || own.TryGetProperty(SchemaWords.Properties, out _)) continue;
            foreach (JsonElement choice in choices.EnumerateArray())
            {
                if (check.Problems(value, choice, string.Empty).Count == 0) return Choose(value, choice, check);
            }
        }

        return own;
    }

    private static object Text(string text, JsonElement format)
    {
        switch (format.ValueKind == JsonValueKind.String ? format.GetString() : null)
        {
            case "date-time" when SchemaFormats.TryDateTime(text, out DateTime moment):
                return moment;
            case "date" when SchemaFormats.TryDate(text, out DateTime day):
                return day;
            case "time" when SchemaFormats.TryTime(text, out TimeSpan time):
                return time;
            case "duration" when SchemaFormats.TryDuration(text, out TimeSpan span):
                return span;
            case "uuid" when Guid.TryParse(text, out Guid id):
                return id;
            case "uri" when Uri.TryCreate(text, UriKind.Absolute, out Uri? uri):
                return uri;
            default:
                return text;
        }
    }

    /// <summary>A number that is said to be whole is a long, also where it is written as 3.0.</summary>
    private static object? Number(JsonElement value) =>
        JsonNumber.IsWhole(value) && value.TryGetDecimal(out decimal exact) && exact is >= long.MinValue and <= long.MaxValue ? (long)exact : JsonValues.ToClr(value);

    private static JsonElement Member(JsonElement schema, string name) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out JsonElement member) ? member : default;

    private static string Inside(string path, string name) => path.Length == 0 ? name : path + "." + name;
}
