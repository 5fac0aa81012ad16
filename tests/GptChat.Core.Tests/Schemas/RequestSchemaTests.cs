using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using GptChat.Schemas;
using Xunit;

namespace GptChat.Core.Tests.Schemas;

/// <summary>The comparison with the official schemas bites: good requests pass, and each way to spoil one is seen.</summary>
public sealed class RequestSchemaTests
{
    // Free-form in the schemas: any JSON goes below them.
    private static readonly string[] FreeForm = ["parameters", "schema"];

    // Their members have any name.
    private static readonly string[] Maps = ["metadata", "logit_bias"];

    /// <summary>One request for each form that a member can have.</summary>
    private static readonly string[] Requests =
    [
        """{"model":"m","messages":[{"role":"user","content":"x"}]}""",
        """
        {"model":"m","n":128,"stop":["a","b"],"logprobs":true,"top_logprobs":20,"logit_bias":{"50256":-100},"seed":-7,"user":"u","safety_identifier":"s","temperature":2,
         "top_p":0.5,"frequency_penalty":-2,"presence_penalty":2,"max_completion_tokens":9,"max_tokens":9,"store":true,"stream":true,"metadata":{"a":"b"},"modalities":["text","audio"],
         "stream_options":{"include_usage":true,"include_obfuscation":false},"audio":{"voice":"marin","format":"wav"},"service_tier":"flex","verbosity":"low","reasoning_effort":"max",
         "prompt_cache_key":"k","prompt_cache_retention":"24h","prompt_cache_options":{"mode":"explicit","ttl":"30m"},"parallel_tool_calls":false,"response_format":{"type":"json_object"},
         "prediction":{"type":"content","content":[{"type":"text","text":"p"}]},"moderation":{"model":"omni","policy":{"input":{"mode":"block"},"output":{"mode":"score"}}},
         "web_search_options":{"search_context_size":"low","user_location":{"type":"approximate","approximate":{"country":"NZ","region":"Otago","city":"Dunedin","timezone":"Pacific/Auckland"}}},
         "functions":[{"name":"f","description":"d","parameters":{"type":"object"}}],"function_call":{"name":"f"},"messages":[{"role":"user","content":"x"}]}
        """,
        """
        {"model":"m","tool_choice":"required","response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d","strict":true,"schema":{"type":"object"}}},
         "tools":[{"type":"function","function":{"name":"f","description":"d","strict":false,"parameters":{"type":"object"}}},
           {"type":"custom","custom":{"name":"c","description":"d","format":{"type":"grammar","grammar":{"syntax":"lark","definition":"start: WORD"}}}}],
         "messages":[{"role":"developer","content":"d","name":"n"},{"role":"system","content":[{"type":"text","text":"s","prompt_cache_breakpoint":{"mode":"explicit"}}],"name":"n"},
           {"role":"user","name":"n","content":[{"type":"text","text":"t"},{"type":"image_url","image_url":{"url":"https://a.example/x.png","detail":"low"}},
             {"type":"input_audio","input_audio":{"data":"QUJD","format":"mp3"}},{"type":"file","file":{"filename":"a.pdf","file_data":"QUJD"}},{"type":"file","file":{"file_id":"f1"}}]},
           {"role":"assistant","content":[{"type":"refusal","refusal":"no"}],"refusal":"no","name":"n","audio":{"id":"a"},"function_call":{"name":"f","arguments":"{}"}},
           {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"c2","type":"custom","custom":{"name":"c","input":"i"}}]},
           {"role":"tool","content":"r","tool_call_id":"c1"},{"role":"tool","content":[{"type":"text","text":"r"}],"tool_call_id":"c2"},{"role":"function","content":null,"name":"f"}]}
        """,
        """{"model":"m","stop":"a","stream":null,"tool_choice":{"type":"function","function":{"name":"f"}},"response_format":{"type":"text"},"messages":[{"role":"assistant"}]}""",
        """{"model":"m","stop":null,"tool_choice":{"type":"custom","custom":{"name":"c"}},"prediction":{"type":"content","content":"p"},"messages":[{"role":"user","content":"x"}]}""",
        """{"model":"m","tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function"}]}},"audio":{"voice":{"id":"v"},"format":"opus"},"messages":[{"role":"user","content":"x"}]}""",
    ];

    public static TheoryData<string> Good => new(Requests);

    [OfficialSchemaTheory]
    [MemberData(nameof(Good))]
    public void A_good_request_passes_and_each_value_of_a_wrong_type_is_seen(string request)
    {
        Assert.Empty(OfficialSchemas.RequestErrors(request));
        Assert.All(Values(JsonNode.Parse(request)!), place => Assert.NotEmpty(OfficialSchemas.RequestErrors(With(request, place, OfAnotherType))));
    }

    [OfficialSchemaTheory]
    [MemberData(nameof(Good))]
    public void A_member_that_the_schema_does_not_know_is_seen_wherever_it_stands(string request)
    {
        JsonNode root = JsonNode.Parse(request)!;
        IEnumerable<string> objects = Values(root).Where(place => At(root, place) is JsonObject && !Maps.Contains(place) && !place.EndsWith("allowed_tools/tools/0", System.StringComparison.Ordinal));
        Assert.All(objects.Prepend(""), place => Assert.NotEmpty(OfficialSchemas.RequestErrors(With(request, place + "/surplus", _ => 1))));
    }

    [OfficialSchemaTheory]
    [InlineData(0, "model")]
    [InlineData(0, "messages")]
    [InlineData(0, "messages/0/role")]
    [InlineData(0, "messages/0/content")]
    [InlineData(1, "audio/voice")]
    [InlineData(1, "audio/format")]
    [InlineData(1, "response_format/type")]
    [InlineData(1, "prediction/type")]
    [InlineData(1, "prediction/content")]
    [InlineData(1, "moderation/model")]
    [InlineData(1, "web_search_options/user_location/approximate")]
    [InlineData(1, "functions/0/name")]
    [InlineData(1, "function_call/name")]
    [InlineData(2, "tools/0/type")]
    [InlineData(2, "tools/0/function")]
    [InlineData(2, "tools/0/function/name")]
    [InlineData(2, "tools/1/custom/name")]
    [InlineData(2, "tools/1/custom/format/grammar/syntax")]
    [InlineData(2, "response_format/json_schema/name")]
    [InlineData(2, "messages/1/content/0/text")]
    [InlineData(2, "messages/2/content/1/image_url/url")]
    [InlineData(2, "messages/2/content/2/input_audio/format")]
    [InlineData(2, "messages/3/audio/id")]
    [InlineData(2, "messages/4/tool_calls/0/id")]
    [InlineData(2, "messages/4/tool_calls/0/function/arguments")]
    [InlineData(2, "messages/4/tool_calls/1/custom/input")]
    [InlineData(2, "messages/5/tool_call_id")]
    [InlineData(5, "tool_choice/allowed_tools/mode")]
    public void A_missing_member_is_seen(int request, string place)
    {
        JsonNode spoiled = JsonNode.Parse(Requests[request])!;
        (JsonNode owner, string name) = Owner(spoiled, place);
        Assert.True(owner.AsObject().Remove(name), "It was not there.");
        Assert.NotEmpty(OfficialSchemas.RequestErrors(spoiled.ToJsonString()));
    }

    [OfficialSchemaTheory]
    [InlineData("n", "0")]
    [InlineData("n", "129")]
    [InlineData("n", "1.5")]
    [InlineData("temperature", "2.01")]
    [InlineData("temperature", "-0.01")]
    [InlineData("top_p", "1.01")]
    [InlineData("frequency_penalty", "-2.01")]
    [InlineData("presence_penalty", "2.01")]
    [InlineData("top_logprobs", "21")]
    [InlineData("top_logprobs", "-1")]
    [InlineData("stop", "[]")]
    [InlineData("stop", """["a","b","c","d","e"]""")]
    [InlineData("messages", "[]")]
    [InlineData("safety_identifier", "\"12345678901234567890123456789012345678901234567890123456789012345\"")]
    [InlineData("logit_bias/50256", "0.5")]
    [InlineData("metadata/a", "null")]
    [InlineData("service_tier", "\"turbo\"")]
    [InlineData("reasoning_effort", "\"extreme\"")]
    [InlineData("verbosity", "\"\"")]
    [InlineData("modalities/0", "\"smell\"")]
    [InlineData("audio/format", "\"ogg\"")]
    [InlineData("model", "null")]
    [InlineData("parallel_tool_calls", "null")]
    [InlineData("response_format/type", "\"json_schema\"")]
    [InlineData("messages/0/role", "\"robot\"")]
    [InlineData("prompt_cache_options/ttl", "\"31m\"")]
    public void A_value_that_is_not_allowed_is_seen(string place, string value) =>
        Assert.NotEmpty(OfficialSchemas.RequestErrors(With(Requests[1], place, _ => JsonNode.Parse(value))));

    [OfficialSchemaFact]
    public void A_member_that_is_there_twice_is_seen_and_so_is_what_is_no_json()
    {
        Assert.NotEmpty(OfficialSchemas.RequestErrors("""{"model":"m","model":"m","messages":[{"role":"user","content":"x"}]}"""));
        Assert.NotEmpty(OfficialSchemas.RequestErrors(""));
        Assert.NotEmpty(OfficialSchemas.RequestErrors("""{"model":"m","messages":[{"role":"user","content":"x"}]"""));
    }

    private static JsonNode OfAnotherType(JsonNode? value) => value?.GetValueKind() switch
    {
        null => new JsonObject { ["x"] = 1 },
        JsonValueKind.String => 5,
        JsonValueKind.Object or JsonValueKind.Array => true,
        _ => "x5",
    };

    private static string With(string request, string place, System.Func<JsonNode?, JsonNode?> change)
    {
        JsonNode changed = JsonNode.Parse(request)!;
        (JsonNode owner, string name) = Owner(changed, place);
        if (owner is JsonArray items) items[Index(name)] = change(items[Index(name)]);
        else owner[name] = change(owner[name]);
        return changed.ToJsonString();
    }

    private static (JsonNode Owner, string Name) Owner(JsonNode root, string place)
    {
        int end = place.LastIndexOf('/');
        return (end < 0 ? root : At(root, place[..end])!, place[(end + 1)..]);
    }

    private static JsonNode? At(JsonNode root, string place)
    {
        JsonNode? at = root;
        foreach (string name in place.Split('/', System.StringSplitOptions.RemoveEmptyEntries))
        {
            at = at is JsonArray items ? items[Index(name)] : at![name];
        }

        return at;
    }

    private static int Index(string name) => int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The places of all values that the schemas say something of.</summary>
    private static IEnumerable<string> Values(JsonNode root, string prefix = "")
    {
        IEnumerable<(string Name, JsonNode? Value)> children = root switch
        {
            JsonObject members => members.Select(member => (member.Key, member.Value)),
            JsonArray items => items.Select((item, index) => (index.ToString(System.Globalization.CultureInfo.InvariantCulture), item)),
            _ => [],
        };
        foreach ((string name, JsonNode? value) in children)
        {
            string place = prefix.Length == 0 ? name : prefix + "/" + name;
            if (FreeForm.Contains(name) || place.Contains("allowed_tools/tools/0/", System.StringComparison.Ordinal)) continue;
            yield return place;
            if (value is null) continue;
            foreach (string inner in Values(value, place)) yield return inner;
        }
    }
}
