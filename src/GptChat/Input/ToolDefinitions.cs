using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using GptChat.Wire;

namespace GptChat.Input;

/// <summary>Checks what is said about tools and schemas by the API's rules for their names, which providers explain badly.</summary>
internal static class ToolDefinitions
{
    private const int MostTools = 128;

    private static readonly Regex Name = new("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Checks tools in the protocol's shape.</summary>
    /// <exception cref="GptChatException">One has no name or a name that no provider takes, or two have the same.</exception>
    public static void Require(IReadOnlyList<JsonElement> tools)
    {
        if (tools.Count > MostTools) throw Invalid("-Tool holds " + tools.Count + " tools, and providers take " + MostTools, "Leave some out.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement tool in tools)
        {
            string? type = tool.Text("type");
            if (type is not (ToolCallConverter.Function or ToolCallConverter.Custom))
            {
                // A kind that this version does not know is the provider's to judge; one without a kind is nobody's.
                if (!string.IsNullOrEmpty(type)) continue;
                throw Invalid("-Tool has a tool without a type", "A tool looks like @{ type = 'function'; function = @{ name = 'get_time'; parameters = @{ … } } }.");
            }

            string name = (tool.TryGetProperty(type, out JsonElement definition) ? definition.Text("name") : null) ?? throw Invalid(
                "-Tool has a tool without " + type + ".name", "A tool looks like @{ type = '" + type + "'; " + type + " = @{ name = 'get_time' } }.");
            RequireName(name, "-Tool");
            if (!names.Add(name)) throw Invalid("-Tool has two tools named '" + name + "'", "The model could not tell them apart: rename one.");
        }
    }

    /// <summary>The form of an answer: a word or an object, with the name of its schema checked.</summary>
    /// <exception cref="GptChatException">The schema has no name, or one that no provider takes.</exception>
    public static JsonElement? ResponseFormat(object? given)
    {
        JsonElement? format = RequestParameters.MemberOrObject(given, "type", Words.ResponseFormat, "-ResponseFormat");
        if (format?.Text("type") != "json_schema") return format;
        string name = (format.Value.TryGetProperty("json_schema", out JsonElement schema) ? schema.Text("name") : null) ?? throw Invalid(
            "-ResponseFormat json_schema has no name", "It looks like @{ type = 'json_schema'; json_schema = @{ name = 'answer'; strict = $true; schema = @{ … } } }.");
        RequireName(name, "-ResponseFormat");
        return format;
    }

    /// <summary>Checks the name of a tool or a schema.</summary>
    /// <exception cref="GptChatException">No provider takes it.</exception>
    public static void RequireName(string name, string parameter)
    {
        if (!Name.IsMatch(name)) throw Invalid(parameter + " has the name '" + name + "'", "A name has 1 to 64 letters of A to Z, digits, - and _.");
    }

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };
}
