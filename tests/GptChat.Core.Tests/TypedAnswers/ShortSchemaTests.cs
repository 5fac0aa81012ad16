using GptChat.Schemas;
using Xunit;

namespace GptChat.Core.Tests.TypedAnswers;

/// <summary>The short form of a schema.</summary>
public sealed class ShortSchemaTests
{
    [Theory]
    [InlineData("name", """{"name":{"type":"string"}}""")]
    [InlineData("a int, b number, c bool", """{"a":{"type":"integer"},"b":{"type":"number"},"c":{"type":"boolean"}}""")]
    [InlineData("a datetime, b date, c timespan, d guid", """{"a":{"type":"string","format":"date-time"},"b":{"type":"string","format":"date"},"c":{"type":"string","format":"duration"},"d":{"type":"string","format":"uuid"}}""")]
    [InlineData("tags string[]", """{"tags":{"type":"array","items":{"type":"string"}}}""")]
    [InlineData("tags[]", """{"tags":{"type":"array","items":{"type":"string"}}}""")]
    [InlineData("m int[][]", """{"m":{"type":"array","items":{"type":"array","items":{"type":"integer"}}}}""")]
    [InlineData("s (low|medium|high)?: how bad", """{"s":{"type":["string","null"],"enum":["low","medium","high",null],"description":"how bad"}}""")]
    [InlineData("s ('not ok' | ok)", """{"s":{"type":"string","enum":["not ok","ok"]}}""")]
    [InlineData("s (1|2|3)", """{"s":{"type":"integer","enum":[1,2,3]}}""")]
    [InlineData("n?, m: more", """{"n":{"type":["string","null"]},"m":{"type":"string","description":"more"}}""")]
    [InlineData("a int?[]", """{"a":{"type":"array","items":{"type":["integer","null"]}}}""")]
    [InlineData("o {x int, y {z}[]}", """{"o":{"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"array","items":{"type":"object","properties":{"z":{"type":"string"}},"required":["z"],"additionalProperties":false}}},"required":["x","y"],"additionalProperties":false}}""")]
    [InlineData("o {x: the x, y: the y}: both, p", """{"o":{"type":"object","properties":{"x":{"type":"string","description":"the x"},"y":{"type":"string","description":"the y"}},"required":["x","y"],"additionalProperties":false,"description":"both"},"p":{"type":"string"}}""")]
    [InlineData("name: first, then last\nage int: in years,\n", """{"name":{"type":"string","description":"first, then last"},"age":{"type":"integer","description":"in years"}}""")]
    [InlineData("größe int, snake_case, kebab-case", """{"größe":{"type":"integer"},"snake_case":{"type":"string"},"kebab-case":{"type":"string"}}""")]
    public void Members(string text, string properties) =>
        Assert.Equal(Canonical(properties), Canonical(SchemaNodes.ToJson(ShortSchema.Parse(text, true)["properties"]!)));

    [Theory]
    [InlineData("string[]", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("(yes|no): is it?", """{"type":"string","enum":["yes","no"],"description":"is it?"}""")]
    [InlineData("{a}?", """{"type":["object","null"],"properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""")]
    public void A_whole_answer(string text, string schema) => Assert.Equal(Canonical(schema), Canonical(SchemaNodes.ToJson(ShortSchema.Parse(text, true))));

    [Theory]
    [InlineData("name blob", "has the type 'blob'", "character 6")]
    [InlineData("name int int", "has 'i' where a comma should stand", "character 10")]
    [InlineData("a, A", "has the member 'A' twice", "character 4")]
    [InlineData("x (a|b", "has a '(' without a ')'", "character 3")]
    [InlineData("x (a||b)", "has an empty word", "character 3")]
    [InlineData("x (a|a)", "has a word twice", "character 3")]
    [InlineData("o {x", "ends where '}' should stand", "character 5")]
    [InlineData("o {}", "has '}' where a name should stand", "character 4")]
    [InlineData("x int[", "ends where ']' should stand", "character 7")]
    [InlineData("x }", "has '}' where a type should stand", "character 3")]
    [InlineData("=", "has '=' where a name should stand", "character 1")]
    [InlineData("string[] x", "has 'x' where the end should stand", "character 10")]
    public void What_cannot_be_read_is_told_with_its_place(string text, string problem, string place)
    {
        var failure = Assert.Throws<GptChatException>(() => ShortSchema.Parse(text, true));
        Assert.Equal(GptErrorKind.InvalidParameter, failure.Kind);
        Assert.Contains(problem, failure.Message);
        Assert.Contains(place, failure.Message);
        Assert.Contains("Nothing was sent", failure.Message);
    }

    private static string Canonical(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString();
}
