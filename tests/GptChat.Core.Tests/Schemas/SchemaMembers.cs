using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using GptChat.Schemas;

namespace GptChat.Core.Tests.Schemas;

/// <summary>The names of members: those that a schema declares, and those that JSON has.</summary>
internal static class SchemaMembers
{
    public static IEnumerable<string> Declared(JsonObject schema) => Declared(schema, []);

    public static IEnumerable<string> Used(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Used(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(Used),
        _ => [],
    };

    private static IEnumerable<string> Declared(JsonNode? schema, HashSet<string> seen) => schema switch
    {
        JsonObject reference when OfficialSchemas.Target(reference) is { } target => seen.Add(target) ? Declared(OfficialSchemas.Schema(target), seen) : [],
        JsonObject members => members.SelectMany(member => Declared(member.Value, seen)).Concat(members["properties"] is JsonObject own ? own.Select(member => member.Key) : []),
        JsonArray items => items.SelectMany(item => Declared(item, seen)),
        _ => [],
    };
}
