using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Input;

/// <summary>Turns what users type for structured parameters into the JSON of the protocol.</summary>
internal static class RequestParameters
{
    private const string IncludeUsage = "include_usage";

    /// <summary>A value that is a word, or an object.</summary>
    public static JsonElement? WordOrObject(object? value, string[] known, string parameter)
    {
        if (value is null) return null;
        return Word(value, parameter) is { } word ? JsonSerializer.SerializeToElement(Words.Spelled(word, known), WireJson.Default.String) : Object(value, parameter);
    }

    /// <summary>An object of which one member is what one mostly wants to say: a word becomes <c>{member: word}</c>.</summary>
    public static JsonElement? MemberOrObject(object? value, string member, string[] known, string parameter)
    {
        if (value is null) return null;
        return Word(value, parameter) is { } word ? ObjectJson.ToElement(new Dictionary<string, object> { [member] = Words.Spelled(word, known) }, parameter) : Object(value, parameter);
    }

    /// <summary>What an answer will mostly be: any text, also one that is JSON itself, lines, or an object in the protocol's shape.</summary>
    public static JsonElement? Prediction(object? value, string parameter)
    {
        object? plain = (value as PSObject)?.BaseObject ?? value;
        string? text = plain switch
        {
            string one => one,
            IEnumerable<object?> lines when lines.All(line => ((line as PSObject)?.BaseObject ?? line) is string) => string.Join("\n", lines),
            _ => null,
        };
        return text is null ? Object(value, parameter) : ObjectJson.ToElement(new Dictionary<string, object> { ["type"] = "content", ["content"] = text }, parameter);
    }

    /// <summary>An object.</summary>
    public static JsonElement? Object(object? value, string parameter) =>
        value is null ? null : RequireObject(ObjectJson.ToElement(value, parameter), parameter);

    /// <summary>A list of objects; a JSON text may hold the list or one of its objects.</summary>
    public static IReadOnlyList<JsonElement>? Objects(object[]? values, string parameter) =>
        values?.Select(value => ObjectJson.ToElement(value, parameter))
            .SelectMany(element => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(item => item.Clone()).ToArray() : new[] { element })
            .Select(element => RequireObject(element, parameter))
            .ToArray();

    /// <summary>The options of a stream: the user's, and the usage at its end unless declined; null where not even that is to be said.</summary>
    public static JsonElement? StreamOptions(object? value, string parameter)
    {
        var options = new Dictionary<string, object>(StringComparer.Ordinal) { [IncludeUsage] = true };
        if (Object(value, parameter) is { } given)
        {
            foreach (JsonProperty option in given.EnumerateObject())
            {
                // Old servers refuse the whole member: with $null it can be kept from them.
                if (option.Value.ValueKind == JsonValueKind.Null) options.Remove(option.Name);
                else options[option.Name] = option.Value.Clone();
            }
        }

        return options.Count == 0 ? null : ObjectJson.ToElement(options, parameter);
    }

    private static string? Word(object value, string parameter)
    {
        string? text = ((value as PSObject)?.BaseObject ?? value) as string;
        if (text is not null && text.Trim().Length == 0) throw new GptChatException(GptErrorKind.InvalidParameter, parameter + " is empty") { Hint = "Is the variable set? Leave the parameter out for the provider's choice. Nothing was sent." };
        return text is not null && text.TrimStart() is not (['{' or '[', ..]) ? text.Trim() : null;
    }

    private static JsonElement RequireObject(JsonElement element, string parameter) => element.ValueKind == JsonValueKind.Object
        ? element
        : throw new GptChatException(GptErrorKind.InvalidParameter, parameter + " takes a hashtable or a JSON object, not " + element.ValueKind.ToString().ToLowerInvariant())
        {
            Hint = "Give @{ name = 'value' }, or '{\"name\":\"value\"}'. Nothing was sent.",
        };
}
