using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using GptChat.Schemas;

namespace GptChat.Core.Tests.Schemas;

/// <summary>Makes JSON that a schema allows, members that it does not know included: they are what a later protocol brings.</summary>
internal sealed class InstanceGenerator(Random random)
{
    private static readonly string[] Texts =
    [
        "", "a", "stop", "Grüße – “ok”", "😀", "\0 \u2028 \" \\ \r\n\t", "null", "{\"a\":[1,2]}", "[DONE]", "data: x\n\n", "7", new('ü', 3000),
    ];

    private static readonly long[] Wholes = [0, 1, 2, -1, 97, 240, 65_536, int.MaxValue + 1L, 9_007_199_254_740_993, long.MaxValue, long.MinValue];

    private static readonly double[] Numbers = [0, -0.31725305, -9999, 1e-300, 0.1, 1e300, 12];

    // The kind of an unknown member follows from its name, so that the pieces of one fit together. Two differ in case alone.
    private static readonly string[] Unknown = ["x_text", "X_Text", "x_list", "x_object", "x_number", "x_flag"];

    /// <summary>An instance of a schema.</summary>
    public JsonNode? Make(JsonObject schema, string name = "")
    {
        if (OfficialSchemas.Target(schema) is { } target) return Make(OfficialSchemas.Schema(target), name);
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices) return Make(Pick(choices)!.AsObject(), name);
        if (schema["enum"] is JsonArray values) return Pick(values)?.DeepClone();
        string type = schema["type"] is JsonArray types ? Pick(types)!.GetValue<string>() : schema["type"]!.GetValue<string>();
        return type switch
        {
            "null" => null,
            "object" => MakeObject(schema),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Make(schema["items"]!.AsObject()))]),
            "string" => MakeText(schema, name),
            "boolean" => random.Next(2) == 0,
            "number" => Pick(Numbers),
            "integer" => MakeWhole(schema, name),
            _ => throw new InvalidOperationException("No instance of type " + type),
        };
    }

    private JsonObject MakeObject(JsonObject schema)
    {
        var made = new JsonObject();
        if (schema["properties"] is JsonObject properties)
        {
            string[] required = [.. schema["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []];
            foreach ((string name, JsonNode? member) in properties)
            {
                if (required.Contains(name) || random.Next(2) == 0) made[name] = Make(member!.AsObject(), name);
            }

            foreach (string name in Unknown.Where(_ => random.Next(8) == 0)) made[name] = MakeUnknown(name, 2);
        }

        if (schema["additionalProperties"] is JsonObject others)
        {
            foreach (string name in new[] { "hate/threatening", "Hate", "hate", "" }.Where(_ => random.Next(2) == 0)) made[name] = Make(others);
        }

        // Members come in any order.
        return new JsonObject(made.OrderBy(_ => random.Next()).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
    }

    private JsonNode? MakeUnknown(string name, int depth) => name switch
    {
        "x_text" or "X_Text" => Pick(Texts),
        "x_number" => random.Next(2) == 0 ? Pick(Wholes) : Pick(Numbers),
        "x_flag" => random.Next(2) == 0,
        "x_list" => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => depth == 0 ? null : MakeUnknown(Pick(Unknown), depth - 1))]),
        _ => new JsonObject(Unknown.Where(_ => depth > 0 && random.Next(3) == 0).Select(inner => KeyValuePair.Create(inner, MakeUnknown(inner, depth - 1)))),
    };

    private JsonNode MakeText(JsonObject schema, string name)
    {
        if (schema["format"]?.GetValue<string>() == "uri") return "https://a.example/%20x?q=" + random.Next(100);

        // An empty id is none, and gets another.
        return name == "id" ? "id_" + random.Next(3) : Pick(Texts);
    }

    private JsonNode MakeWhole(JsonObject schema, string name)
    {
        if (schema["format"]?.GetValue<string>() == "unixtime") return random.NextInt64(1, 253_402_300_800);
        return name == "index" ? random.Next(3) : Pick(Wholes);
    }

    private T Pick<T>(IList<T> items) => items[random.Next(items.Count)];
}
