using System;
using System.Linq;
using Xunit;

namespace GptChat.Tests.Input;

/// <summary>The forms of objects: -InputFormat.</summary>
public sealed class InputFormatTests : ModuleTest
{
    private const string Two = "[pscustomobject]@{ Name = 'a'; Size = 1.5 }, [pscustomobject]@{ Name = 'b'; Size = $null }";

    [Theory]
    [InlineData("Json", "{\"Name\":\"a\",\"Size\":1.5}\n{\"Name\":\"b\",\"Size\":null}")]
    [InlineData("csv", "Name,Size\na,1.5\nb,")]
    [InlineData("List", "Name : a\nSize : 1.5\n\nName : b\nSize :")]
    [InlineData("Text", "@{Name=a; Size=1.5}\n@{Name=b; Size=}")]
    public void Objects_can_be_written_as(string format, string expected)
    {
        Assert.Equal("Q\n\n" + expected, SentText(Two + " | Invoke-GptChat 'Q' -InputFormat " + format));
        Assert.Equal(expected, InvokeOne(Two + " | New-GptMessage -InputFormat " + format).Member("Content"));
    }

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(" edge ", "\" edge \"")]
    [InlineData("", "\"\"")]
    [InlineData("plain text; 100 %", "plain text; 100 %")]
    public void Cells_are_quoted_where_they_must_be(string value, string cell) =>
        Assert.Equal("V,N\n" + cell + ",1", SentText("[pscustomobject]@{ V = $value; N = 1 } | Invoke-GptChat -InputFormat Csv", ("value", value)));

    [Fact]
    public void A_table_has_a_new_header_where_the_shape_changes() => Assert.Equal(
        "a,b\n1,2\n3,4\nc\n5\na,b\n6,7",
        SentText("[ordered]@{ a = 1; b = 2 }, [ordered]@{ b = 4; a = 3 }, @{ c = 5 }, [ordered]@{ a = 6; b = 7 } | Invoke-GptChat -InputFormat Csv"));

    [Fact]
    public void A_table_that_text_interrupts_begins_anew() => Assert.Equal(
        "a\n1\nNote:\na\n2\n7\na\n3", SentText("@{ a = 1 }, 'Note:', @{ a = 2 }, 7, @{ a = 3 } | Invoke-GptChat -InputFormat Csv"));

    [Fact]
    public void What_is_inside_an_object_is_JSON_in_its_cell()
    {
        const string nested = "[pscustomobject]@{ Name = 'a'; Tags = 1, 2; Inner = [pscustomobject]@{ X = [pscustomobject]@{ Y = 1 } } }";
        Assert.Equal("Name,Tags,Inner\na,\"[1,2]\",\"{\"\"X\"\":{\"\"Y\"\":1}}\"", SentText(nested + " | Invoke-GptChat -InputFormat Csv -Depth 2"));
        Server.Clear();
        Assert.Equal("Name  : a\nTags  : [1,2]\nInner : {\"X\":\"@{Y=1}\"}", SentText(nested + " | Invoke-GptChat -InputFormat List -Property Name, Tags, Inner"));
    }

    [Fact]
    public void Lines_of_a_value_in_a_list_are_aligned() =>
        Assert.Equal("Text : one\n       two\nN    : 1", SentText("[pscustomobject]@{ Text = \"one`r`ntwo\"; N = 1 } | Invoke-GptChat -InputFormat List"));

    [Fact]
    public void A_property_that_cannot_be_read_leaves_a_gap_in_the_table() =>
        Assert.Equal("Id,Broken\n7,", SentText("$o | Invoke-GptChat -InputFormat Csv -Property Id, Broken", ("o", new SafeObjectTests.Faulty())));

    [Fact]
    public void A_list_that_came_as_one_item_is_its_items() =>
        Assert.Equal("a\n1\n2", SentText(", (@{ a = 1 }, @{ a = 2 }) | Invoke-GptChat -InputFormat Csv"));

    [Fact]
    public void Text_numbers_and_files_stay_what_they_are()
    {
        string path = Folder.Write("a.txt", "A");
        Assert.Equal("line\n7\n\na.txt (1 byte):\n```\nA\n```", SentText("'line', 7, [System.IO.FileInfo]$path | Invoke-GptChat -InputFormat List", ("path", path)));
    }

    [Fact]
    public void With_Each_every_request_has_a_table_of_its_own()
    {
        Invoke("@{ a = 1 }, @{ a = 2 }, @{ a = 3 } | Invoke-GptChat -Each -InputFormat Csv -BatchSize 2");
        Assert.Equal(["user: a\n1\n2", "user: a\n3"], Server.Requests.Select(request => request.Messages().Single()).Order());
    }

    [Theory]
    [InlineData("Invoke-GptChat", "-Property a", "-Property")]
    [InlineData("Invoke-GptChat", "-Depth 2", "-Depth")]
    [InlineData("New-GptMessage", "-Property a", "-Property")]
    public void Text_takes_no_part_in_choosing(string command, string given, string named)
    {
        string message = InvokeError("@{ a = 1 } | " + command + " -InputFormat Text " + given).IsKind("InvalidParameter", command.Replace("-", string.Empty, StringComparison.Ordinal) + "Command").Exception.Message;
        Assert.Contains("-InputFormat Text and " + named + " cannot be used together", message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Another_form_is_refused()
    {
        Assert.StartsWith("ParameterArgumentValidationError", InvokeError("@{ a = 1 } | Invoke-GptChat -InputFormat Yaml").FullyQualifiedErrorId);
        Assert.Empty(Server.Requests);
    }
}
