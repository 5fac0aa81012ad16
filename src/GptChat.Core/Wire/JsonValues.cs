using System;
using System.Collections.Generic;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>Turns JSON into plain values that a script can walk with dots and indexes.</summary>
internal static class JsonValues
{
    /// <summary>An object becomes a dictionary (in the order of its members), an array an <c>object[]</c>, a whole number a long.</summary>
    public static object? ToClr(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return ToDictionary(element);
            case JsonValueKind.Array:
                var items = new object?[element.GetArrayLength()];
                int next = 0;
                foreach (JsonElement item in element.EnumerateArray()) items[next++] = ToClr(item);
                return items;
            case JsonValueKind.String:
                return String(element);
            case JsonValueKind.Number:
                return element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    /// <summary>The unknown members of an object as plain values; empty where there are none.</summary>
    public static Dictionary<string, object?> ToClr(Dictionary<string, JsonElement>? members)
    {
        var values = new Dictionary<string, object?>(members?.Count ?? 0, StringComparer.OrdinalIgnoreCase);
        if (members is null) return values;
        foreach (KeyValuePair<string, JsonElement> member in members) values[member.Key] = ToClr(member.Value);
        return values;
    }

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

    private static Dictionary<string, object?> ToDictionary(JsonElement element)
    {
        // A script asks for $r.ExtensionData.gatewayMetadata.keySource in any case, as it does of any property.
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty member in element.EnumerateObject()) values[Name(member)] = ToClr(member.Value);
        return values;
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in it.
            return "\uFFFD";
        }
    }
}
