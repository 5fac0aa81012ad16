using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using GptChat.TestServer;

namespace GptChat.Tests.Tools;

/// <summary>A test in which the server plays a model that asks for tools.</summary>
public abstract class ToolTest : ModuleTest
{
    /// <summary>An answer that asks for one call.</summary>
    internal static Reply Asks(string name, string arguments = "{}") => Asks((name, arguments));

    /// <summary>An answer that asks for calls, with the ids call_1, call_2 …</summary>
    internal static Reply Asks(params (string Name, string Arguments)[] calls) => Reply.Json(new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion",
        ["created"] = 1760000000,
        ["model"] = "gpt-5.1-chat-latest",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = "tool_calls",
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = null, ["refusal"] = null, ["tool_calls"] = Calls(calls) },
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = 5, ["total_tokens"] = 15 },
    }.ToJsonString());

    /// <summary>The same as a stream, with text before the calls and their arguments in two pieces.</summary>
    private protected static Reply AsksInStream(string text, string name, string arguments)
    {
        int half = arguments.Length / 2;
        return Reply.Events(
            Payloads.RoleChunk(),
            Payloads.ContentChunk(text),
            Payloads.Chunk(new JsonObject { ["tool_calls"] = Fragment("call_1", name, arguments[..half]) }.ToJsonString()),
            Payloads.Chunk(new JsonObject { ["tool_calls"] = Fragment(null, null, arguments[half..]) }.ToJsonString()),
            Payloads.Chunk("{}", "tool_calls"),
            Payloads.UsageChunk(),
            Payloads.Done);
    }

    /// <summary>Plays a model that asks for one call and then answers; returns what it was told of the call.</summary>
    private protected string ResultOf(string script, string name, string arguments = "{}", params (string Name, object? Value)[] variables)
    {
        int before = Server.Requests.Count;
        Server.Enqueue(Asks(name, arguments));
        Server.Enqueue(Reply.AsAsked("Done."));
        PSObject reply = Invoke(script, variables)[^1];
        if (reply.BaseObject is not "Done.") throw new InvalidOperationException("The call did not end with the answer, but with: " + reply);
        return ToolMessages(Server.Requests[before + 1])[^1];
    }

    /// <summary>What the model was told of its calls, in their order.</summary>
    private protected static string[] ToolMessages(ReceivedRequest request) =>
        [.. request.Json.GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("role").GetString() == "tool").Select(message => message.GetProperty("content").GetString()!)];

    /// <summary>The schema that a tool was offered with.</summary>
    private protected static JsonElement Parameters(ReceivedRequest request, int tool = 0) => request.Json.GetProperty("tools")[tool].GetProperty("function").GetProperty("parameters");

    /// <summary>The log of a reply or an error.</summary>
    private protected static IReadOnlyList<object> Log(object owner) => [.. ((System.Collections.IEnumerable)owner.Member("ToolCalls")!).Cast<object>()];

    private static JsonArray Calls((string Name, string Arguments)[] calls) => [.. calls.Select((call, number) => new JsonObject
    {
        ["id"] = "call_" + (number + 1),
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
    })];

    private static JsonArray Fragment(string? id, string? name, string arguments)
    {
        var function = new JsonObject { ["arguments"] = arguments };
        var call = new JsonObject { ["index"] = 0, ["function"] = function };
        if (id is not null) call["id"] = id;
        if (id is not null) call["type"] = "function";
        if (name is not null) function["name"] = name;
        return [call];
    }
}
