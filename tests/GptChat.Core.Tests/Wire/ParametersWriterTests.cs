using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Wire;

/// <summary>The parameters are written by hand, so that one that is added could be forgotten.</summary>
public sealed class ParametersWriterTests
{
    private static readonly JsonElement Json = JsonDocument.Parse("""{"a":[1,"ü"]}""").RootElement;

    private static readonly Dictionary<Type, (object Value, string Written)> Samples = new()
    {
        [typeof(string)] = ("t", "\"t\""),
        [typeof(double?)] = (0.5, "0.5"),
        [typeof(int?)] = (3, "3"),
        [typeof(long?)] = (long.MaxValue, "9223372036854775807"),
        [typeof(bool?)] = (false, "false"),
        [typeof(JsonElement?)] = (Json, """{"a":[1,"ü"]}"""),
        [typeof(IReadOnlyList<string>)] = (new[] { "a", "b" }, """["a","b"]"""),
        [typeof(IReadOnlyList<JsonElement>)] = (new[] { Json }, """[{"a":[1,"ü"]}]"""),
        [typeof(IReadOnlyDictionary<string, int>)] = (new Dictionary<string, int> { ["17"] = -5 }, """{"17":-5}"""),
        [typeof(IReadOnlyDictionary<string, string>)] = (new Dictionary<string, string> { ["team"] = "ops" }, """{"team":"ops"}"""),
    };

    public static TheoryData<string> Members => [.. Properties.Select(property => property.Name)];

    private static IEnumerable<PropertyInfo> Properties => typeof(ChatParameters).GetProperties().Where(property => property.Name != nameof(ChatParameters.Extra));

    [Theory]
    [MemberData(nameof(Members))]
    public void What_is_set_is_written_under_the_protocols_name_and_nothing_else_is(string member)
    {
        PropertyInfo property = typeof(ChatParameters).GetProperty(member)!;
        (object value, string written) = Samples[property.PropertyType];
        var parameters = new ChatParameters();
        property.SetValue(parameters, value);
        Assert.Equal("{\"" + JsonNamingPolicy.SnakeCaseLower.ConvertName(member) + "\":" + written + "}", Written(parameters));
    }

    [Fact]
    public void What_is_not_set_is_not_written() => Assert.Equal("{}", Written(new ChatParameters()));

    private static string Written(ChatParameters parameters)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions)) ParametersWriter.Write(writer, parameters);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
