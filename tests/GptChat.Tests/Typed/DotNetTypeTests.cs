using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using Xunit;

namespace GptChat.Tests.Typed;

/// <summary>Classes that were compiled: what C# says about its members is understood.</summary>
public sealed class DotNetTypeTests : TypedTest
{
    [Fact]
    public void A_class_of_CSharp_makes_the_round_trip()
    {
        Answer("""
            {"Kind":"k","order_id":7,"Note":null,"Name":"n","Fruit":"Pear","Day":"2026-01-02","Hour":"03:04:05","Lines":[{"Text":"t","At":{"X":1,"Y":2}}],
             "Prices":[{"key":"Apple","value":1.50},{"key":"Pear","value":2}],"Numbers":[3,3,4],"Half":0.5,"Large":18446744073709551615}
            """);
        var order = Assert.IsType<Order>(InvokeOne("Invoke-GptChat 'q' -As ([GptChat.Tests.Typed.Order])").BaseObject);
        Assert.Equal(("k", 7, null, "n", Fruit.Pear), (order.Kind, order.Id, order.Note, order.Name, order.Fruit));
        Assert.Equal((new System.DateOnly(2026, 1, 2), new System.TimeOnly(3, 4, 5)), (order.Day, order.Hour));
        Assert.Equal(("t", 1, 2), (order.Lines[0].Text, order.Lines[0].At.X, order.Lines[0].At.Y));
        Assert.Equal(new Dictionary<Fruit, decimal> { [Fruit.Apple] = 1.50m, [Fruit.Pear] = 2 }, order.Prices);
        Assert.Equal([3, 4], order.Numbers!.Order());
        Assert.Equal((0.5f, ulong.MaxValue, "kept"), (order.Half, order.Large, order.Internal));
    }

    [Fact]
    public void Its_attributes_and_annotations_are_in_the_schema()
    {
        Answer("{}");
        InvokeError("Invoke-GptChat 'q' -As ([GptChat.Tests.Typed.Order])").IsKind("SchemaMismatch");
        JsonElement schema = SentSchema;
        Assert.Equal("One order", schema.GetProperty("description").GetString());
        Assert.Equal(["Kind", "order_id", "Note", "Name", "Fruit", "Day", "Hour", "Lines", "Prices", "Numbers", "Half", "Large"], schema.GetProperty("properties").EnumerateObject().Select(member => member.Name));
        JsonElement members = schema.GetProperty("properties");
        members.GetProperty("Note").IsJson("""{"type":["string","null"]}""");
        members.GetProperty("Name").IsJson("""{"type":"string"}""");
        members.GetProperty("Fruit").IsJson("""{"type":["string","null"],"enum":["Apple","Pear",null],"description":"Apple: red or green"}""");
        members.GetProperty("Day").IsJson("""{"type":"string","format":"date"}""");
        members.GetProperty("Hour").IsJson("""{"type":"string","format":"time"}""");
        members.GetProperty("Numbers").IsJson("""{"type":["array","null"],"items":{"type":"integer"},"description":"Each only once."}""");
        members.GetProperty("Lines").GetProperty("items").GetProperty("properties").GetProperty("At").IsJson("""{"type":"object","properties":{"X":{"type":"integer"},"Y":{"type":"integer"}},"required":["X","Y"],"additionalProperties":false}""");
        members.GetProperty("Prices").GetProperty("items").GetProperty("properties").GetProperty("key").IsJson("""{"type":"string","enum":["Apple","Pear"],"description":"Apple: red or green"}""");
    }

    [Fact]
    public void In_a_loose_schema_a_dictionary_with_words_as_keys_is_an_object()
    {
        Answer("""{"apple":1}""");
        Assert.Equal("1", InvokeOne("\"$((Invoke-GptChat 'q' -As ([System.Collections.Generic.Dictionary[GptChat.Tests.Typed.Fruit, int]]) -SchemaMode Loose)['Apple'])\"").BaseObject);
        SentSchema.IsJson("""{"type":"object","additionalProperties":{"type":"integer"},"description":"Its names are of: Apple, Pear."}""");
        Answer("""{"plum":1}""");
        Assert.Contains("has the name 'plum', which is none of Apple, Pear", InvokeError("Invoke-GptChat 'q' -As ([System.Collections.Generic.Dictionary[GptChat.Tests.Typed.Fruit, int]]) -SchemaMode Loose").IsKind("SchemaMismatch").Exception.Message);
    }

    [Fact]
    public void A_member_that_hides_another_stands_for_both()
    {
        Answer("""{"Value":5}""");
        Assert.Equal(5, Assert.IsType<Shadowing>(InvokeOne("Invoke-GptChat 'q' -As ([GptChat.Tests.Typed.Shadowing])").BaseObject).Value);
    }

    [Fact]
    public void A_generic_class_is_filled_and_named()
    {
        Answer("""{"Value":5}""");
        Assert.Equal(5, Assert.IsType<Generic<int>>(InvokeOne("Invoke-GptChat 'q' -As ([GptChat.Tests.Typed.Generic[int]])").BaseObject).Value);
        Assert.Equal("Generic", Request.Json.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("GptChat.Tests.Typed.Positional", "has no constructor without parameters")]
    [InlineData("GptChat.Tests.Typed.Base", "is abstract")]
    public void What_cannot_be_made_is_refused(string type, string problem)
    {
        Assert.Contains(problem, InvokeError("Invoke-GptChat 'q' -As ([" + type + "])").IsKind("InvalidParameter").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("[Flags()] enum F { None = 0; A = 1; B = 2 }; Invoke-GptChat 'q' -As F", """{"value":["A","B"]}""", "A, B")]
    [InlineData("[Flags()] enum F { None = 0; A = 1; B = 2 }; Invoke-GptChat 'q' -As F", """{"value":[]}""", "None")]
    [InlineData("[Flags()] enum F { None = 0; A = 1; B = 2 }; (Invoke-GptChat 'q' -As 'F[]') -join '|'", """{"items":[["A","B"],["B"]]}""", "A, B|B")]
    [InlineData("(Invoke-GptChat 'q' -As ([int[][]]) | ForEach-Object { $_ -join '+' }) -join '|'", """{"items":[[1,2],[3]]}""", "1+2|3")]
    [InlineData("(Invoke-GptChat 'q' -As ([System.Collections.Generic.HashSet[string]])) -join '|'", """{"items":["a","b"]}""", "a|b")]
    public void Sets_of_words_and_lists_of_lists(string script, string answer, string shown)
    {
        Answer(answer);
        Assert.Equal(shown, InvokeOne(script).ToString());
    }

    [Fact]
    public void Nothing_is_an_answer_where_there_may_be_none()
    {
        Answer("""{"value":null}""");
        Assert.Equal(true, InvokeOne("$null -eq (Invoke-GptChat 'q' -As ([Nullable[int]]))").BaseObject);
    }
}
