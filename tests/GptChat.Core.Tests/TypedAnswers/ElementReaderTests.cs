using System.Collections.Generic;
using System.Linq;
using GptChat.Schemas;
using Xunit;

namespace GptChat.Core.Tests.TypedAnswers;

/// <summary>Elements of a list are found in a text that is still growing, wherever it is cut.</summary>
public sealed class ElementReaderTests
{
    private const string Hard = """{"items": [ {"a":"x]},{\"[","b":[1,{"c":"}"}]} , "two, \\\"]" ,3, -4.5e1,true , null,[ ] ,{} ] , "after":[9]}""";

    private static readonly string[] Elements = ["""{"a":"x]},{\"[","b":[1,{"c":"}"}]}""", "\"two, \\\\\\\"]\"", "3", "-4.5e1", "true", "null", "[ ]", "{}"];

    [Fact]
    public void A_text_split_at_every_place_has_the_same_elements()
    {
        for (int at = 0; at <= Hard.Length; at++) Assert.Equal(Elements, Read(Hard[..at], Hard[at..]));
        Assert.Equal(Elements, Read([.. Hard.Select(character => character.ToString())]));
    }

    [Theory]
    [InlineData("[1,2]", "1|2")]
    [InlineData("Here it is, \"as asked\":\n```json\n{\"items\":[1]}\n```", "1")]
    [InlineData("{\"note\":{\"x\":[7]},\"items\":[1]}", "1")]
    [InlineData("{\"items\":[]}", "")]
    [InlineData("{\"items\":[1, 2", "1")]
    [InlineData("]}{\"items\":[1]}", "1")]
    [InlineData("no JSON at all", "")]
    public void What_counts_is_the_text_or_the_first_list_in_it(string text, string elements) => Assert.Equal(elements, string.Join("|", Read(text)));

    [Fact]
    public void An_element_is_there_with_its_last_character()
    {
        var reader = new ElementReader();
        Assert.Empty(reader.Add("{\"items\":[{\"a\":1"));
        Assert.Equal(["{\"a\":1}"], reader.Add("}"));
        Assert.Empty(reader.Add(",\"b"));
        Assert.Equal(["\"b\""], reader.Add("\""));
        Assert.Empty(reader.Add(",12"));
        Assert.Equal(["12"], reader.Add(","));
    }

    private static List<string> Read(params string[] pieces)
    {
        var reader = new ElementReader();
        return [.. pieces.SelectMany(reader.Add)];
    }
}
