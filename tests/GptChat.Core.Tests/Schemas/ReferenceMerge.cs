using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GptChat.Core.Tests.Schemas;

/// <summary>What the chunks of a stream say together, by the protocol's rules and in the plainest way: JSON into JSON.</summary>
internal static class ReferenceMerge
{
    public static JsonObject Of(IEnumerable<JsonObject> chunks)
    {
        var answer = new JsonObject { ["object"] = "chat.completion" };
        var choices = new SortedDictionary<long, JsonObject>();
        foreach ((string name, JsonNode? value) in chunks.SelectMany(chunk => chunk))
        {
            if (value is null || name is "object" or "obfuscation") continue;
            if (name == "choices") AddAll(choices, value.AsArray(), AddChoice);
            else if (name is not ("id" or "model" or "created" or "service_tier" or "system_fingerprint") || IsEmpty(answer[name])) answer[name] = value.DeepClone();
        }

        foreach (JsonObject choice in choices.Values)
        {
            // Where nothing was said of it there still is a message, and it is the model's.
            JsonObject message = Inner(choice, "message");
            message["role"] ??= "assistant";
        }

        answer["choices"] = new JsonArray([.. choices.Values]);
        return answer;
    }

    private static void AddChoice(JsonObject choice, string name, JsonNode value)
    {
        if (name == "delta") AddEach(Inner(choice, "message"), value, AddDelta);
        else if (name == "logprobs") AddEach(Inner(choice, "logprobs"), value, AddLogprobs);
        else choice[name] = value.DeepClone();
    }

    private static void AddLogprobs(JsonObject logprobs, string name, JsonNode value)
    {
        if (name is "content" or "refusal") Join(logprobs, name, value);
        else logprobs[name] = value.DeepClone();
    }

    private static void AddDelta(JsonObject message, string name, JsonNode value)
    {
        if (name == "role") message[name] = value.DeepClone();
        else if (name == "function_call") AddEach(Call(message, name), value, AddCall);
        else if (name == "tool_calls")
        {
            var calls = new SortedDictionary<long, JsonObject>();
            foreach (JsonNode? call in message[name]?.AsArray() ?? []) calls[call!["index"]!.GetValue<long>()] = call.DeepClone().AsObject();
            AddAll(calls, value.AsArray(), AddFragment);
            message[name] = new JsonArray([.. calls.Values]);
        }
        else Join(message, name, value);
    }

    private static void AddFragment(JsonObject call, string name, JsonNode value)
    {
        call["type"] ??= "function";
        JsonObject function = Call(call, "function");
        function["name"] ??= "";
        if (name == "function") AddEach(function, value, AddCall);
        else if (name is "index" or "id" or "type") call[name] = value.DeepClone();
        else Join(call, name, value);
    }

    private static void AddCall(JsonObject call, string name, JsonNode value)
    {
        if (name != "name") Join(call, name, value);
        else if (!IsEmpty(value)) call[name] = value.DeepClone();
    }

    private static JsonObject Call(JsonObject owner, string name)
    {
        JsonObject call = Inner(owner, name);
        call["arguments"] ??= "";
        return call;
    }

    /// <summary>Pieces of text and of lists are joined; of all else the last one counts.</summary>
    private static void Join(JsonObject owner, string name, JsonNode value)
    {
        owner[name] = (owner[name], value) switch
        {
            (JsonArray before, JsonArray more) => new JsonArray([.. before.Concat(more).Select(item => item?.DeepClone())]),
            (JsonValue before, JsonValue more) when more.GetValueKind() == JsonValueKind.String => before.GetValue<string>() + more.GetValue<string>(),
            _ => value.DeepClone(),
        };
    }

    private delegate void Adder(JsonObject owner, string name, JsonNode value);

    private static void AddAll(SortedDictionary<long, JsonObject> known, JsonArray pieces, Adder add)
    {
        foreach (JsonObject piece in pieces.Select(piece => piece!.AsObject()))
        {
            long index = piece["index"]!.GetValue<long>();
            if (!known.TryGetValue(index, out JsonObject? owner)) known[index] = owner = [];
            AddEach(owner, piece, add);
        }
    }

    private static void AddEach(JsonObject owner, JsonNode piece, Adder add)
    {
        foreach ((string name, JsonNode? value) in piece.AsObject())
        {
            if (value is not null) add(owner, name, value);
        }
    }

    private static JsonObject Inner(JsonObject owner, string name) => (owner[name] ??= new JsonObject()).AsObject();

    private static bool IsEmpty(JsonNode? node) => node is null || (node.GetValueKind() == JsonValueKind.String && node.GetValue<string>().Length == 0);
}
