using System.Collections.Generic;
using System.Text.Json;
using GptChat.Schemas;
using Xunit;

namespace GptChat.Core.Tests.TypedAnswers;

/// <summary>What fits a schema and what is said of what does not.</summary>
public sealed class SchemaCheckTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"")]
    [InlineData("""{"type":["string","null"]}""", "null")]
    [InlineData("""{"type":"integer"}""", "3.0")]
    [InlineData("""{"type":"integer"}""", "1e3")]
    [InlineData("""{"type":"number"}""", "1e400")]
    [InlineData("""{"enum":[1,"a",null]}""", "1.0")]
    [InlineData("""{"const":{"b":2,"a":1}}""", """{"a":1,"b":2}""")]
    [InlineData("""{"type":"string","minLength":1,"maxLength":1}""", "\"\\ud83d\\ude00\"")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":2,"uniqueItems":true}""", "[1,2]")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "1")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"integer"}]}""", "1")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":3}],"not":{"const":2}}""", "3")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"integer"}}""", """{"a":"x","b":1}""")]
    [InlineData("""{"$defs":{"n":{"type":"object","properties":{"v":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/n"},{"type":"null"}]}},"required":["v","next"]}},"$ref":"#/$defs/n"}""", """{"v":1,"next":{"v":2,"next":null}}""")]
    [InlineData("""{"type":"number","multipleOf":0.1}""", "0.3")]
    [InlineData("""{"type":"string","pattern":"^a+$","x-gptchat-ignore-case":true}""", "\"AA\"")]
    public void It_fits(string schema, string value) => Assert.Empty(Problems(schema, value));

    [Theory]
    [InlineData("""{"type":"string"}""", "1", "The answer is 1, not string")]
    [InlineData("""{"type":["integer","null"]}""", "1.5", "The answer is 1.5, not integer or null")]
    [InlineData("""{"enum":["low","high"]}""", "\"urgent\"", "The answer is 'urgent', not one of 'low', 'high'")]
    [InlineData("""{"const":1}""", "2", "The answer is 2, not 1")]
    [InlineData("""{"minLength":2}""", "\"a\"", "The answer has 1 characters, fewer than 2")]
    [InlineData("""{"maxLength":2}""", "\"abc\"", "The answer has 3 characters, more than 2")]
    [InlineData("""{"pattern":"^a"}""", "\"b\"", "The answer is 'b', which does not match ^a")]
    [InlineData("""{"minimum":1}""", "0", "The answer is 0, less than 1")]
    [InlineData("""{"maximum":1}""", "2", "The answer is 2, more than 1")]
    [InlineData("""{"exclusiveMinimum":1}""", "1", "The answer is 1, not more than 1")]
    [InlineData("""{"exclusiveMaximum":1}""", "1", "The answer is 1, not less than 1")]
    [InlineData("""{"multipleOf":2}""", "3", "The answer is 3, not a multiple of 2")]
    [InlineData("""{"minItems":1}""", "[]", "The answer has 0 items, fewer than 1")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "The answer has 2 items, more than 1")]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1.0}]""", "The answer has two equal items")]
    [InlineData("""{"items":{"type":"string"}}""", """["a",2]""", "[1] is 2, not string")]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"type":"string"}}}}}""", """{"a":{"b":[]}}""", "a.b is an array, not string")]
    [InlineData("""{"required":["a"]}""", "{}", "a is missing")]
    [InlineData("""{"properties":{},"additionalProperties":false}""", """{"x":1}""", "x is not a member of the schema")]
    [InlineData("""{"type":"object"}""", """{"x":1,"x":2}""", "x is there twice")]
    [InlineData("""{"minProperties":1}""", "{}", "The answer has 0 members, fewer than 1")]
    [InlineData("""{"maxProperties":0}""", """{"a":1}""", "The answer has 1 members, more than 0")]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", "The answer is 'a', which 'not' excludes")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "1", "The answer fits 2 of the forms that exclude each other")]
    [InlineData("""{"anyOf":[{"type":"null"},{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}]}""", """{"a":1}""", "a is 1, not string")]
    [InlineData("""{"x-gptchat-format":"int32"}""", "2147483648", "The answer is 2147483648, which is no int32")]
    [InlineData("""{"x-gptchat-format":"uint8"}""", "-1", "The answer is -1, which is no uint8")]
    [InlineData("""{"x-gptchat-format":"int64"}""", "1e40", "The answer is 1e40, which is no int64")]
    [InlineData("""{"x-gptchat-map":true,"items":{}}""", """[{"key":"a","value":1},{"key":"a","value":2}]""", "The answer has the key 'a' twice")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "a must not be there")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"}""", "1", "The answer nests too deep to be checked")]
    public void It_does_not_fit_and_is_told_where_and_why(string schema, string value, string problem) => Assert.Equal([problem], Problems(schema, value));

    [Theory]
    [InlineData("date-time", "2026-01-02T03:04:05Z", "tomorrow")]
    [InlineData("date-time", "2026-01-02T03:04:05.123+02:00", "03:04")]
    [InlineData("date", "2026-02-28", "2026-02-30")]
    [InlineData("time", "23:59:59", "25:00")]
    [InlineData("time", "23:59:59Z", "23:59:59x")]
    [InlineData("duration", "PT5M", "5 minutes")]
    [InlineData("duration", "00:05:00", "a:b")]
    [InlineData("email", "a@b.c", "a b")]
    [InlineData("hostname", "srv-1.example.org", "a..b")]
    [InlineData("ipv4", "10.0.0.1", "10.1")]
    [InlineData("ipv6", "::1", "10.0.0.1")]
    [InlineData("uuid", "11111111-2222-3333-4444-555555555555", "1")]
    [InlineData("uri", "https://a.example/x", "/x")]
    [InlineData("byte", "YQ==", "Y")]
    [InlineData("version", "1.2", "1")]
    [InlineData("regex", "a+", "(")]
    public void A_format_is_checked(string format, string good, string bad)
    {
        Assert.Empty(Problems($$"""{"format":"{{format}}"}""", JsonSerializer.Serialize(good)));
        Assert.Equal([$"The answer is '{bad}', which is no {format}"], Problems($$"""{"format":"{{format}}"}""", JsonSerializer.Serialize(bad)));
    }

    [Fact]
    public void A_pattern_that_never_ends_fits_nothing_and_holds_nobody_up() =>
        Assert.Single(Problems("""{"pattern":"^(a+)+$"}""", "\"" + new string('a', 40) + "!\""));

    [Fact]
    public void No_more_is_said_than_anybody_reads() => Assert.Equal(8, Problems("""{"items":{"type":"string"}}""", "[" + string.Join(",", new int[100]) + "]").Count);

    private static IReadOnlyList<string> Problems(string schema, string value)
    {
        JsonElement root = JsonDocument.Parse(schema).RootElement;
        return new SchemaCheck(root).Problems(JsonDocument.Parse(value).RootElement);
    }
}
