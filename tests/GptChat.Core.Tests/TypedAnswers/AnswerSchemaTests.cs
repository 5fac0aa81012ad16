using System.Linq;
using System.Text.Json.Nodes;
using GptChat.Schemas;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.TypedAnswers;

/// <summary>The schema that is sent, by what the user gave.</summary>
public sealed class AnswerSchemaTests
{
    [Theory]
    [InlineData("an object is closed, and all its members are required", """{"properties":{"a":{"type":"string"}}}""", """{"properties":{"a":{"type":["string","null"]}},"type":"object","required":["a"],"additionalProperties":false}""")]
    [InlineData("what is required stays as it is", """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""")]
    [InlineData("a list is wrapped", """{"type":"array","items":{"type":"string"}}""", """{"type":"object","properties":{"items":{"type":"array","items":{"type":"string"}}},"required":["items"],"additionalProperties":false}""")]
    [InlineData("a word is wrapped and gets its type", """{"enum":["a","b"]}""", """{"type":"object","properties":{"value":{"enum":["a","b"],"type":"string"}},"required":["value"],"additionalProperties":false}""")]
    [InlineData("a choice is wrapped", """{"anyOf":[{"type":"string"},{"type":"null"}]}""", """{"type":"object","properties":{"value":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["value"],"additionalProperties":false}""")]
    [InlineData("oneOf goes out as anyOf", """{"oneOf":[{"type":"string"},{"type":"integer"}]}""", """{"type":"object","properties":{"value":{"anyOf":[{"type":"string"},{"type":"integer"}]}},"required":["value"],"additionalProperties":false}""")]
    [InlineData("an optional reference", """{"type":"object","properties":{"a":{"$ref":"#/$defs/x","description":"d"}},"$defs":{"x":{"type":"string"}}}""", """{"type":"object","properties":{"a":{"description":"d","anyOf":[{"$ref":"#/$defs/x"},{"type":"null"}]}},"$defs":{"x":{"type":"string"}},"required":["a"],"additionalProperties":false}""")]
    [InlineData("definitions move up", """{"type":"array","items":{"$ref":"#/$defs/x"},"$defs":{"x":{"type":"string"}}}""", """{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/$defs/x"}}},"required":["items"],"additionalProperties":false,"$defs":{"x":{"type":"string"}}}""")]
    [InlineData("the root of a wrapped circle", """{"anyOf":[{"type":"null"},{"type":"array","items":{"$ref":"#"}}]}""", """{"type":"object","properties":{"value":{"$ref":"#/$defs/root"}},"required":["value"],"additionalProperties":false,"$defs":{"root":{"anyOf":[{"type":"null"},{"type":"array","items":{"$ref":"#/$defs/root"}}]}}}""")]
    [InlineData("what strict mode takes is sent", """{"type":"object","properties":{"a":{"type":"integer","minimum":1,"maximum":5},"b":{"type":"string","pattern":"^a$","format":"email"},"c":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":2}},"required":["a","b","c"],"additionalProperties":false}""", """{"type":"object","properties":{"a":{"type":"integer","minimum":1,"maximum":5},"b":{"type":"string","pattern":"^a$","format":"email"},"c":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":2}},"required":["a","b","c"],"additionalProperties":false}""")]
    public void Strict(string what, string given, string sent)
    {
        Assert.NotEmpty(what);
        Assert.Equal(Canonical(sent), Canonical(Create(given).Sent));
    }

    [Theory]
    [InlineData("""{"type":"string","minLength":2}""", "At least 2 characters.", "value: minLength")]
    [InlineData("""{"type":"string","maxLength":9,"description":"A name"}""", "A name. At most 9 characters.", "value: maxLength")]
    [InlineData("""{"type":"string","pattern":"(?i)^a"}""", "It matches the .NET regular expression (?i)^a .", "value: pattern (?i)^a")]
    [InlineData("""{"type":"string","format":"uri"}""", "Its format is uri.", "value: format uri")]
    [InlineData("""{"type":"array","items":{"type":"string"},"uniqueItems":true}""", "No two items are equal.", "items: uniqueItems")]
    public void What_strict_mode_does_not_take_is_said_in_words_and_told(string given, string description, string remark)
    {
        AnswerSchema schema = Create(given);
        JsonNode member = JsonNode.Parse(schema.Sent)!["properties"]!.AsObject().Single().Value!;
        Assert.Equal(description, (string?)member["description"]);
        Assert.Contains(remark, Assert.Single(schema.Remarks));
    }

    [Theory]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", "takes members of any name")]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", "'a' may be anything")]
    [InlineData("""{"type":"object","properties":{"a":true}}""", "'a' may be anything")]
    [InlineData("""{"type":"object"}""", "is an object without members")]
    [InlineData("""{"type":"array"}""", "'items' is an array of anything")]
    [InlineData("""{"type":"object","properties":{"a":{"allOf":[{"type":"string"}]}}}""", "'a' has 'allOf'")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","not":{"const":"x"}}}}""", "'a' has 'not'")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}},"patternProperties":{}}}""", "has 'patternProperties'")]
    public void What_strict_mode_cannot_say_is_told_before_anything_is_sent_and_goes_out_loose(string given, string problem)
    {
        var failure = Assert.Throws<GptChatException>(() => Create(given));
        Assert.Equal(GptErrorKind.InvalidParameter, failure.Kind);
        Assert.Contains(problem, failure.Message);
        Assert.Contains("-SchemaMode Loose", failure.Message);
        Assert.NotEmpty(Create(given, GptSchemaMode.Loose).Sent);
    }

    [Theory]
    [InlineData("""{"type":"text"}""", "'type' is not one of object")]
    [InlineData("""{"type":"object","properties":[]}""", "'properties' is not an object")]
    [InlineData("""{"properties":{"a":{"enum":[]}}}""", "'a.enum' is not a list of values")]
    [InlineData("""{"properties":{"a":{"pattern":"("}}}""", "'a.pattern' is not a regular expression")]
    [InlineData("""{"properties":{"a":{"minLength":-1}}}""", "'a.minLength' is not a whole number")]
    [InlineData("""{"properties":{"a":{"minimum":"1"}}}""", "'a.minimum' is not a number")]
    [InlineData("""{"properties":{"a":{"multipleOf":0}}}""", "'a.multipleOf' is not a number above 0")]
    [InlineData("""{"properties":{"a":3}}""", "'a' is number where a schema must stand")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/x"}}}""", "'a' refers to \"#/$defs/x\", which is not in the schema")]
    [InlineData("""{"properties":{"a":{"$ref":"https://a.example/s.json"}}}""", "which is not in the schema")]
    [InlineData("""{"properties":{"a":{"anyOf":[]}}}""", "'a.anyOf' is not a list of schemas")]
    [InlineData("""{"required":"a","properties":{"a":{"type":"string"}}}""", "'required' is not a list of names")]
    public void What_is_no_schema_is_refused_in_every_mode(string given, string problem)
    {
        foreach (GptSchemaMode mode in new[] { GptSchemaMode.Strict, GptSchemaMode.Loose, GptSchemaMode.JsonObject, GptSchemaMode.Prompt })
        {
            Assert.Contains(problem, Assert.Throws<GptChatException>(() => Create(given, mode)).Message);
        }
    }

    [Fact]
    public void What_is_not_checked_is_said()
    {
        AnswerSchema schema = Create("""{"type":"object","properties":{"a":{"type":"array","contains":{"const":1}},"b":{"type":"string","format":"idn-email"}},"if":true}""", GptSchemaMode.Loose);
        Assert.Contains("contains, format idn-email, if", Assert.Single(schema.Remarks));
    }

    [Fact]
    public void A_circle_nests_without_end_and_depth_has_a_limit()
    {
        Assert.NotEmpty(Create("""{"type":"object","properties":{"next":{"$ref":"#"}}}""").Sent);
        string deep = string.Concat(Enumerable.Repeat("""{"type":"object","properties":{"a":""", 11)) + """{"type":"string"}""" + string.Concat(Enumerable.Repeat("}}", 11));
        Assert.Contains("deeper than 10 levels", Assert.Throws<GptChatException>(() => Create(deep)).Message);
    }

    [Fact]
    public void A_schema_that_is_too_large_is_refused()
    {
        string words = string.Join(",", Enumerable.Range(0, 1001).Select(word => "\"" + word + "\""));
        Assert.Contains("have 1001 words", Assert.Throws<GptChatException>(() => Create("{\"enum\":[" + words + "]}")).Message);
        Assert.NotEmpty(Create("{\"enum\":[" + words + "]}", GptSchemaMode.Loose).Sent);
    }

    [Theory]
    [InlineData(GptSchemaMode.Strict, """{"type":"json_schema","json_schema":{"name":"My_Name","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}}""")]
    [InlineData(GptSchemaMode.Loose, """{"type":"json_schema","json_schema":{"name":"My_Name","schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}}""")]
    [InlineData(GptSchemaMode.JsonObject, """{"type":"json_object"}""")]
    [InlineData(GptSchemaMode.Prompt, null)]
    public void How_it_is_sent(GptSchemaMode mode, string? format)
    {
        AnswerSchema schema = AnswerSchema.Create(JsonNode.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""")!.AsObject(), "My Name!", mode);
        Assert.Equal(format is null ? null : Canonical(format), schema.ResponseFormat() is { } sent ? Canonical(sent.GetRawText()) : null);
        GptMessage[] asked = [GptMessage.FromText(Roles.User, "Q")];
        GptMessage[] told = [GptMessage.FromText(Roles.Developer, "Be brief."), .. asked];
        if (mode is GptSchemaMode.Strict or GptSchemaMode.Loose)
        {
            Assert.Same(asked, schema.Instruct(asked));
            return;
        }

        Assert.Equal(["system", "user"], schema.Instruct(asked).Select(message => message.Role));
        Assert.Contains(schema.Sent, schema.Instruct(asked)[0].Content);
        Assert.Equal(["developer", "user"], schema.Instruct(told).Select(message => message.Role));
        Assert.StartsWith("Be brief.\n\n", schema.Instruct(told)[0].Content);
        Assert.Equal("Be brief.", told[0].Content);
    }

    [Theory]
    [InlineData(@"^[a-z]+(?:-\d{2,4})?$", true)]
    [InlineData(@"a\\1", true)]
    [InlineData(@"(?i)a", false)]
    [InlineData(@"(?<n>a)", false)]
    [InlineData(@"(?=a)", false)]
    [InlineData(@"(?<!a)b", false)]
    [InlineData(@"\Aa\z", false)]
    [InlineData(@"\p{L}+", false)]
    [InlineData(@"(a)\1", false)]
    [InlineData(@"[a-z-[aeiou]]", false)]
    [InlineData(@"(?>a)", false)]
    public void A_pattern_of_dotnet_alone_is_known(string pattern, bool isPortable) => Assert.Equal(isPortable, EcmaPattern.IsPortable(pattern));

    private static AnswerSchema Create(string json, GptSchemaMode mode = GptSchemaMode.Strict) => AnswerSchema.Create(JsonNode.Parse(json)!.AsObject(), "answer", mode);

    private static string Canonical(string json) => JsonNode.Parse(json)!.ToJsonString();
}
