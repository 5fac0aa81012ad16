using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>Tool calls, put together from whatever pieces a server sends.</summary>
public sealed class ToolCallCases : EdgeCaseTest
{
    private const string Zone = """{"id":"call_a","type":"function","function":{"name":"get_time","arguments":"{\"zone\":\"UTC\"}"}}""";

    [Theory]
    [EachMode]
    public void Case_26_Two_interleaved_calls_come_out_whole_and_in_order(string mode)
    {
        string body = Fragment("""{"index":1,"id":"call_b","type":"function","function":{"name":"second","arguments":""}}""")
            + Fragment("""{"index":0,"id":"call_a","type":"function","function":{"name":"first","arguments":"{\"q\":\"a\\"}}""")
            + Fragment("""{"index":1,"function":{"arguments":"{\"n\":\"\\u00"}}""")
            + Fragment("""{"index":0,"function":{"arguments":"nb\"}"}}""")
            + Fragment("""{"index":1,"function":{"arguments":"e9\"}"}}""");
        Calls(Ask(mode, Reply.Sse(body + Ended("tool_calls"))), "first, second")
            .Is(("call_a", "first", """{"q":"a\nb"}"""), ("call_b", "second", """{"n":"\u00e9"}"""));
    }

    [Theory]
    [EachMode]
    public void Case_27_Fragments_without_an_index_belong_to_the_call_under_way(string mode)
    {
        string body = Fragment("""{"id":"call_a","type":"function","function":{"name":"first","arguments":"{\"a\""}}""") + Fragment("""{"function":{"arguments":":1}"}}""")
            + Fragment("""{"id":"call_b","function":{"name":"second","arguments":"{}"}}""");
        Calls(Ask(mode, Reply.Sse(body + Ended("tool_calls"))), "first, second").Is(("call_a", "first", """{"a":1}"""), ("call_b", "second", "{}"));
    }

    [Theory]
    [EachMode("""{"index":0,"function":{"name":"f","arguments":"{\"a\":1}"}}""", """{"function":{"name":"f","arguments":{"a": 1}}}""", """{"index":0,"id":"","type":null,"function":{"name":"f","arguments":{"a":1}}}""", """{"index":0,"id":null,"function":{"name":"f","arguments":"{\"a\":1}"}}""")]
    public void Case_27_A_call_without_an_id_gets_one_and_arguments_as_an_object_become_text(string mode, string fragment)
    {
        Call call = Ask(mode, Reply.Sse(Fragment(fragment) + Ended("tool_calls")));
        (string id, string name, string arguments) = Assert.Single(Calls(call, "f"));
        Assert.Matches("^call_[0-9a-f]{32}$", id);
        Assert.Equal("f", name);
        Assert.Equal("""{"a":1}""", arguments);
        Assert.Equal("function", Items(call)[0].Member("Type"));
    }

    [Theory]
    [EachMode("-1", "1.5", "\"__proto__\"", "1000000", "2147483648", "1e400", "[]", "true")]
    public void Case_28_An_index_that_is_none_is_refused(string mode, string index) =>
        Ask(mode, Reply.Sse(Text("one") + Fragment("{\"index\":" + index + ",\"id\":\"call_a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}") + Ended("tool_calls"))).Fails("MalformedResponse", "one");

    [Theory]
    [EachMode]
    public void Case_29_Calls_that_end_with_stop_are_delivered(string mode)
    {
        Calls(Ask(mode, Reply.Sse(Fragment(Zone) + Ended("stop"))), "get_time").Is(("call_a", "get_time", """{"zone":"UTC"}"""));
        string plain = $$$"""{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":null,"tool_calls":[{{{Zone}}}]}}]}""";
        Calls(Ask(mode, Reply.Json(plain)), "get_time").Is(("call_a", "get_time", """{"zone":"UTC"}"""));
    }

    private static string Fragment(string json) => Delta($$"""{"tool_calls":[{{json}}]}""");

    private static string Ended(string reason) => Delta("{}", reason) + Done;

    /// <summary>The calls of an answer that is calls alone; its one warning names them.</summary>
    private static List<(string Id, string Name, string Arguments)> Calls(Call call, string names)
    {
        call.Is(string.Empty, warning: "The model asks to call " + names + ".");
        foreach (object item in Items(call)) using (JsonDocument.Parse((string)item.Member("Arguments")!)) { }
        return [.. Items(call).Select(item => ((string)item.Member("Id")!, (string)item.Member("Name")!, (string)item.Member("Arguments")!))];
    }

    private static object[] Items(Call call) => [.. ((System.Collections.IEnumerable)call.Response("ToolCalls")!).Cast<object>()];
}

/// <summary>Compares calls in a readable way.</summary>
internal static class ToolCallAssert
{
    public static void Is(this List<(string Id, string Name, string Arguments)> actual, params (string Id, string Name, string Arguments)[] expected) => Assert.Equal(expected, actual);
}
