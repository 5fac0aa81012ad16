using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace GptChat.TestServer;

/// <summary>A server of the Model Context Protocol with a few tools, which speaks it over lines or requests: an answer for each message.</summary>
public static class ToolServer
{
    /// <summary>What its tools do, as the protocol lists them.</summary>
    private const string Tools = """
        [{"name":"echo","description":"Says what it hears.","inputSchema":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false},"annotations":{"readOnlyHint":true}},
         {"name":"fail.always","description":"Fails.","inputSchema":{"type":"object"}},
         {"name":"hang","inputSchema":{"type":"object"}},
         {"name":"environment","description":"The names of its variables.","inputSchema":{"type":"object"}},
         {"name":"die","description":"Ends the program, and says its keys.","inputSchema":{"type":"object"}}]
        """;

    /// <summary>Answers line by line until input ends.</summary>
    internal static async Task<int> RunAsync()
    {
        await Console.Error.WriteLineAsync("the tool server is there").ConfigureAwait(false);
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (Answer(line) is not { } answer) continue;
            await Console.Out.WriteLineAsync(answer).ConfigureAwait(false);
            await Console.Out.FlushAsync().ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>The answer to a message; null where it gets none.</summary>
    public static string? Answer(string message)
    {
        JsonNode request = JsonNode.Parse(message)!;
        if (request["id"] is not { } id) return null;
        JsonNode? result = (string?)request["method"] switch
        {
            "initialize" => new JsonObject
            {
                ["protocolVersion"] = request["params"]?["protocolVersion"]?.DeepClone() ?? "2025-06-18",
                ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                ["serverInfo"] = new JsonObject { ["name"] = "tests", ["version"] = "1.0" },
            },
            "ping" => new JsonObject(),
            "tools/list" => new JsonObject { ["tools"] = JsonNode.Parse(Tools) },
            "tools/call" => Call((string?)request["params"]?["name"], request["params"]?["arguments"]),
            _ => null,
        };
        if (result is JsonObject { Count: 1 } silent && silent.ContainsKey("silence")) return null;
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone() };
        if (result is null) answer["error"] = new JsonObject { ["code"] = -32601, ["message"] = "There is no such method." };
        else answer["result"] = result;
        return answer.ToJsonString(JsonSerializerOptions.Default);
    }

    private static JsonObject Call(string? name, JsonNode? arguments) => name switch
    {
        "echo" => Text("heard: " + (string?)arguments?["text"], isError: false),
        "environment" => Text(string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal)), isError: false),
        "die" => Die(),
        "hang" => new JsonObject { ["silence"] = true },
        _ => Text("it failed", isError: true),
    };

    private static JsonObject Die()
    {
        Console.Error.WriteLine("lost: " + Environment.GetEnvironmentVariable("SERVER_KEY"));
        Console.Error.Flush();
        Environment.Exit(3);
        return [];
    }

    private static JsonObject Text(string text, bool isError) => new()
    {
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
        ["isError"] = isError,
    };
}
