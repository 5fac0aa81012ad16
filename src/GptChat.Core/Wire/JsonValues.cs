using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>Turns JSON into plain values that a script can walk with dots and indexes.</summary>
internal static class JsonValues
{
    private static readonly char[] FractionMarks = { '.', 'e', 'E' };

    /// <summary>An object becomes a dictionary (in the order of its members), an array an <c>object[]</c>, a whole number a long.</summary>
    public static object? ToClr(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return ToDictionary(element.EnumerateObject().Select(member => new KeyValuePair<string, JsonElement>(Name(member), member.Value)));
            case JsonValueKind.Array:
                var items = new object?[element.GetArrayLength()];
                int next = 0;
                foreach (JsonElement item in element.EnumerateArray()) items[next++] = ToClr(item);
                return items;
            case JsonValueKind.String:
                return String(element);
            case JsonValueKind.Number:
                return Number(element);
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    /// <summary>The unknown members of an object as plain values; empty where there are none.</summary>
    public static Dictionary<string, object?> ToClr(Dictionary<string, JsonElement>? members) =>
        ToDictionary(members ?? Enumerable.Empty<KeyValuePair<string, JsonElement>>());

    /// <summary>A member of an object as text: a string as it is, a number or boolean as its JSON, else null.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement member)) return null;
        return member.ValueKind switch
        {
            JsonValueKind.String => String(member),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => member.GetRawText(),
            _ => null,
        };
    }

    /// <summary>A string, also one that holds half a surrogate pair, which <see cref="JsonElement"/> refuses to give.</summary>
    public static string String(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            string quoted = element.GetRawText();
            return LenientStringConverter.Unescape(quoted.Substring(1, quoted.Length - 2));
        }
    }

    /// <summary>An object with these members.</summary>
    public static JsonElement ToElement(IEnumerable<KeyValuePair<string, JsonElement>> members) => ToElement(writer =>
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, JsonElement> member in members)
        {
            writer.WritePropertyName(member.Key);
            writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
        }

        writer.WriteEndObject();
    });

    /// <summary>What is written.</summary>
    public static JsonElement ToElement(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    /// <summary>A long where it is whole; a decimal where it is whole and too large for that; else a double.</summary>
    private static object Number(JsonElement element)
    {
        if (element.TryGetInt64(out long whole)) return whole;
        bool isWhole = element.GetRawText().IndexOfAny(FractionMarks) < 0;
        if (isWhole && element.TryGetDecimal(out decimal large)) return large;

        // Out of range is infinite on .NET and refused on .NET Framework.
        return element.TryGetDouble(out double value) ? value : (object)element.GetRawText();
    }

    private static Dictionary<string, object?> ToDictionary(IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        // A script asks for $r.ExtensionData.gatewayMetadata.keySource in any case, as it does of any property.
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, JsonElement> member in members)
        {
            // Names that differ in case alone must not cost one of the members.
            bool clashes = values.Comparer != StringComparer.Ordinal && values.ContainsKey(member.Key);
            if (clashes) values = new Dictionary<string, object?>(values, StringComparer.Ordinal);
            values[member.Key] = ToClr(member.Value);
        }

        return values;
    }

    /// <summary>The name of a member; a replacement character where it holds half a surrogate pair.</summary>
    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
