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

    /// <summary>A choice that is a word, or an object.</summary>
    public static JsonElement? WordOrObject(object? value, string parameter)
    {
        if (value is null) return null;
        return Word(value) is { } word ? JsonSerializer.SerializeToElement(word, WireJson.Default.String) : ObjectJson.ToElement(value, parameter);
    }

    /// <summary>A format that is a word, which becomes <c>{"type": word}</c>, or an object.</summary>
    public static JsonElement? TypeOrObject(object? value, string parameter)
    {
        if (value is null) return null;
        return Word(value) is { } word
            ? ObjectJson.ToElement(new Dictionary<string, object> { ["type"] = word }, parameter)
            : RequireObject(ObjectJson.ToElement(value, parameter), parameter);
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

    /// <summary>The options of a stream: the user's, and the usage at its end unless declined.</summary>
    public static JsonElement StreamOptions(object? value, string parameter)
    {
        var options = new Dictionary<string, object>(StringComparer.Ordinal) { [IncludeUsage] = true };
        if (Object(value, parameter) is { } given)
        {
            foreach (JsonProperty option in given.EnumerateObject()) options[option.Name] = option.Value.Clone();
        }

        return ObjectJson.ToElement(options, parameter);
    }

    private static string? Word(object value)
    {
        string? text = ((value as PSObject)?.BaseObject ?? value) as string;
        return text is not null && !text.TrimStart().StartsWith("{", StringComparison.Ordinal) ? text.Trim() : null;
    }

    private static JsonElement RequireObject(JsonElement element, string parameter) => element.ValueKind == JsonValueKind.Object
        ? element
        : throw new GptChatException(GptErrorKind.InvalidParameter, parameter + " takes a hashtable or a JSON object, not " + element.ValueKind.ToString().ToLowerInvariant());
}
