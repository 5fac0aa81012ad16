using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Typed;

/// <summary>Plain types, schemas, the envelope, and what becomes of answers that do not fit.</summary>
public sealed class AnswerTests : TypedTest
{
    [Theory]
    [InlineData("int", """{"value":42}""", "42", "Int32")]
    [InlineData("[int]", """{"value":42}""", "42", "Int32")]
    [InlineData("bool", """{"value":true}""", "True", "Boolean")]
    [InlineData("double", """{"value":1}""", "1", "Double")]
    [InlineData("string", """{"value":"a b"}""", "a b", "String")]
    [InlineData("datetime", """{"value":"2026-01-02"}""", "01/02/2026 00:00:00", "DateTime")]
    [InlineData("System.DayOfWeek", """{"value":"Friday"}""", "Friday", "DayOfWeek")]
    [InlineData("int[]", """{"items":[1,2]}""", "1 2", "Int32")]
    [InlineData("[string[]]", """{"items":["a","b"]}""", "a b", "String")]
    [InlineData("int[]", "[1,2]", "1 2", "Int32")]
    [InlineData("int", "42", "42", "Int32")]
    [InlineData("System.Collections.Generic.List[int]", """{"items":[1,2]}""", "1 2", "Int32")]
    [InlineData("'System.Collections.Generic.Dictionary[string,int]'", """{"value":[{"key":"a","value":1}]}""", "System.Collections.Generic.Dictionary`2[System.String,System.Int32]", "Dictionary`2")]
    [InlineData("([Nullable[int]])", """{"value":7}""", "7", "Int32")]
    [InlineData("int", "```json\n{\"value\":42}\n```", "42", "Int32")]
    [InlineData("int", "Here you are: {\"value\":42}. Anything else?", "42", "Int32")]
    public void Plain_types(string type, string json, string shown, string name)
    {
        Answer(json);
        Assert.Equal(shown + "|" + name, InvokeOne("$o = Invoke-GptChat 'x' -As " + type + "; \"$o|$(@($o)[0].GetType().Name)\"").BaseObject);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -As int", """{"value":42}""")]
    [InlineData("Invoke-GptChat 'x' -As bool", """{"value":true}""")]
    [InlineData("Invoke-GptChat 'x' -As DayOfWeek", """{"value":"Friday"}""")]
    public void Numbers_booleans_and_enums_are_bare_and_the_variable_has_their_envelope(string script, string json)
    {
        Answer(json);
        Assert.Equal("True 19 stop", InvokeOne("$o = " + script + " -ResponseVariable r; \"$($null -eq $o.PSObject.Members['Response']) $($r.Usage.TotalTokens) $($r.FinishReason)\"").BaseObject);
        Assert.NotNull(InvokeOne("$r.Schema").BaseObject);
    }

    [Fact]
    public void The_envelope_rides_along_and_shows_in_no_table_CSV_or_JSON()
    {
        Answer("""{"items":[{"b":1,"a":"x"},{"b":2,"a":"y"}]}""");
        Assert.Equal("19 stop gpt-5.1-chat-latest 0 True True", InvokeOne("""
            $all = Invoke-GptChat 'x' -Schema '{b int, a}[]'; $o = $all[1]
            "$($o.Response.Usage.TotalTokens) $($o.Response.FinishReason) $($o.Response.Model) $($o.Response.Index) $($null -eq $o.Response.Source) $($o.Response.Object.Schema -match 'items')"
            """).BaseObject);
        Assert.Equal("b,a", InvokeOne("($o.PSObject.Properties.Name) -join ','").BaseObject);
    }

    [Fact]
    public void A_member_named_Response_is_the_users()
    {
        Answer("""{"Response":"mine"}""");
        Assert.Equal("mine 19", InvokeOne("$o = Invoke-GptChat 'x' -Schema Response -ResponseVariable r; \"$($o.Response) $($r.Usage.TotalTokens)\"").BaseObject);
    }

    [Fact]
    public void A_schema_gives_real_numbers_dates_and_lists_in_its_own_order()
    {
        Answer("""{"when":"2026-01-02T03:04:05Z","tags":["x"],"big":12345678901,"half":1,"ok":false,"took":"PT90S","none":null,"owner":{"mail":"m","name":"n"},"day":"2026-01-02"}""");
        Assert.Equal("none,half,ok,big,tags,when,took,day,owner|name,mail", InvokeOne("""
            $o = Invoke-GptChat 'x' -Schema 'none?, half number, ok bool, big int, tags string[], when datetime, took timespan, day date, owner {name, mail}'
            ($o.PSObject.Properties.Name -join ',') + '|' + ($o.owner.PSObject.Properties.Name -join ',')
            """).BaseObject);
        Assert.Equal("True Double Boolean Int64 Object[] DateTime TimeSpan DateTime", InvokeOne("\"$($null -eq $o.none) \" + (($o.half, $o.ok, $o.big, $o.tags, $o.when, $o.took, $o.day | ForEach-Object { $_.GetType().Name }) -join ' ')").BaseObject);
        Assert.Equal("00:01:30 x", InvokeOne("\"$($o.took) $($o.tags)\"").BaseObject);
    }

    [Theory]
    [InlineData("'{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]}'")]
    [InlineData("@{ type = 'object'; properties = @{ a = @{ type = 'integer' } }; required = @('a') }")]
    [InlineData("([pscustomobject]@{ type = 'object'; properties = @{ a = @{ type = 'integer' } }; required = @('a') })")]
    [InlineData("([System.IO.FileInfo] $path)")]
    [InlineData("$path")]
    [InlineData("'{\"name\":\"n\",\"strict\":true,\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]}}'")]
    [InlineData("'{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]}}}'")]
    [InlineData("'a int'")]
    public void A_schema_comes_as_text_hashtable_object_file_or_in_short(string schema)
    {
        string path = Folder.At("s.json");
        Folder.Write("s.json", """{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""");
        Answer("""{"a":1}""");
        Assert.Equal(1L, InvokeOne("(Invoke-GptChat 'x' -Schema " + schema + ").a", ("path", path)).BaseObject);
        SentSchema.IsJson("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}""");
    }

    [Theory]
    [InlineData("-Schema ''", "InvalidParameter", "-Schema is empty")]
    [InlineData("-Schema '{\"a\"'", "InvalidParameter", "not valid JSON")]
    [InlineData("-Schema none.json", "FileNotReadable", "none.json cannot be read")]
    [InlineData("-Schema 5", "InvalidParameter", "-Schema is an Int32")]
    [InlineData("-Schema ([int])", "InvalidParameter", "Types are given with -As")]
    [InlineData("-Schema @{ a = 1 }", "InvalidParameter", "may be anything")]
    [InlineData("-Schema '{\"properties\":{\"a\":{\"type\":\"string\"},\"A\":{\"type\":\"string\"}}}'", "InvalidParameter", "two members named 'a'")]
    [InlineData("-Schema @{ type = 'text' }", "InvalidParameter", "'type' is not one of")]
    [InlineData("-Schema 'a blob'", "InvalidParameter", "has the type 'blob'")]
    public void What_is_no_schema_is_refused_before_anything_is_sent(string parameter, string kind, string problem)
    {
        Assert.Contains(problem, InvokeError("Invoke-GptChat 'x' " + parameter).IsKind(kind).Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void An_answer_that_was_cut_is_an_error_with_what_came()
    {
        Server.Enqueue(Reply.AsAsked("""{"a":"half of""").WithFinishReason("length"));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -Schema a -Repair 3").IsKind("Truncated");
        Assert.Contains("-MaxCompletionTokens", error.Exception.Message);
        Assert.Equal("""{"a":"half of""", error.Fact("PartialText"));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void An_answer_that_reached_its_limit_and_is_whole_all_the_same_is_one()
    {
        Server.Enqueue(Reply.AsAsked("{\"a\":\"x\"}   ").WithFinishReason("length"));
        Outcome outcome = Run("(Invoke-GptChat 'x' -Schema a).a");
        Assert.Equal("x", Assert.Single(outcome.Output).BaseObject);
        Assert.Single(outcome.Warnings);
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":null,"refusal":"I will not."}""", "Refused", "The model declined: I will not.")]
    [InlineData("""{"role":"assistant","content":"{","refusal":"I will not."}""", "Refused", "The model declined: I will not.")]
    [InlineData("""{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"look","arguments":"{}"}}]}""", "SchemaMismatch", "asks to call look instead")]
    public void A_refusal_and_a_call_of_a_tool_are_errors(string message, string kind, string problem)
    {
        Server.Enqueue(Reply.Json($$"""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{{message}},"finish_reason":"stop"}]}"""));
        Assert.Contains(problem, InvokeError("Invoke-GptChat 'x' -Schema a").IsKind(kind).Exception.Message);
    }

    [Fact]
    public void A_filter_that_cut_the_answer_is_named()
    {
        Server.Enqueue(Reply.AsAsked("{\"a\":").WithFinishReason("content_filter"));
        InvokeError("Invoke-GptChat 'x' -Schema a").IsKind("ContentFiltered");
    }

    [Fact]
    public void The_conversation_goes_on_in_plain_text()
    {
        Answer("""{"a":"x"}""");
        Server.Enqueue(Reply.Completion("done"));
        Assert.Equal("done", InvokeOne("$null = Invoke-GptChat 'first' -Schema a; Invoke-GptChat 'then' -Continue").BaseObject);
        Assert.Equal(["user: first", "assistant: {\"a\":\"x\"}", "user: then"], Server.Requests[1].Messages());
        Assert.False(Server.Requests[1].Json.TryGetProperty("response_format", out _));
    }

    [Fact]
    public void The_whole_can_be_continued_from_an_object()
    {
        Answer("""{"a":"x"}""");
        Assert.Equal("first", InvokeOne("$o = Invoke-GptChat 'first' -Schema a; $null = Invoke-GptChat 'then' -Conversation $o.Response.Object; (Get-GptConversation -Current).Messages[0].Content").BaseObject);
    }

    [Fact]
    public void A_recording_answers_with_objects()
    {
        string path = Folder.At("r.jsonl");
        Answer("""{"a":"x"}""");
        Assert.Equal("x", InvokeOne("$null = Invoke-GptChat 'q' -Schema a -Record $path; (Invoke-GptChat 'q' -Schema a -Replay $path).a", ("path", path)).BaseObject);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("-Live", 0)]
    [InlineData("-Live -PassThru", 1)]
    public void Live_shows_the_text_and_outputs_objects_where_asked(string parameter, int count)
    {
        Answer("""{"a":"x"}""");
        Outcome outcome = Run("Invoke-GptChat 'q' -Schema a " + parameter);
        Assert.Equal(count, outcome.Output.Count);
        Assert.Equal("""{"a":"x"}""", string.Concat(outcome.Information.Select(record => record.ToString())));
    }
}
