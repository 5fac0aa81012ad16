using System;
using System.Linq;
using Xunit;

namespace GptChat.Tests.Input;

/// <summary>-Property, in the ways of Select-Object.</summary>
public sealed class PropertyChoiceTests : ModuleTest
{
    private const string Item = "[pscustomobject]@{ Name = 'a'; Length = 2048; LastTime = 't'; Other = 'o' }";

    [Theory]
    [InlineData("Name, Length", "{\"Name\":\"a\",\"Length\":2048}")]
    [InlineData("L*, Name", "{\"Length\":2048,\"LastTime\":\"t\",\"Name\":\"a\"}")]
    [InlineData("name, *", "{\"name\":\"a\",\"Length\":2048,\"LastTime\":\"t\",\"Other\":\"o\"}")]
    [InlineData("Name, @{ Name = 'KB'; Expression = { $_.Length / 1KB } }", "{\"Name\":\"a\",\"KB\":2}")]
    [InlineData("@{ L = 'KB'; E = { $PSItem.Length / 1KB } }", "{\"KB\":2}")]
    [InlineData("@{ Label = 'Size'; Expression = 'Length' }", "{\"Size\":2048}")]
    [InlineData("{ $_.Name + '!' }", "{\"$_.Name \\u002B \\u0027!\\u0027\":\"a!\"}")]
    [InlineData("Name, @{ N = 'Both'; E = { 1; 2 } }, @{ N = 'None'; E = { } }", "{\"Name\":\"a\",\"Both\":[1,2],\"None\":null}")]
    [InlineData("Name, @{ N = 'Bad'; E = { throw 'no' } }", "{\"Name\":\"a\",\"Bad\":null}")]
    public void It_takes(string property, string expected) => Assert.Equal(
        System.Text.Json.JsonDocument.Parse(expected).RootElement.GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal).Replace("\\u0027", "'", StringComparison.Ordinal),
        SentText(Item + " | Invoke-GptChat -Property " + property));

    [Fact]
    public void Entries_of_dictionaries_can_be_chosen_too() =>
        Assert.Equal("""{"b":2,"Sum":3}""", SentText("@{ a = 1; b = 2; c = 3 } | Invoke-GptChat -Property b, @{ N = 'Sum'; E = { $_.a + $_.b } }"));

    [Fact]
    public void A_script_sees_the_variables_around_it_and_the_object_itself()
    {
        string path = Folder.Write("a.txt", "12345");
        Assert.Equal("""{"Name":"a.txt","Whole":"A-5"}""", SentText("function Ask { $mark = 'A'; [System.IO.FileInfo]$path | Invoke-GptChat -Property Name, @{ N = 'Whole'; E = { \"$mark-$($_.Length)\" } } } Ask", ("path", path)));
    }

    [Fact]
    public void With_it_files_and_folders_are_their_properties()
    {
        string path = Folder.Write("a.txt", "12345");
        Assert.Equal(
            "{\"Name\":\"a.txt\",\"Length\":5}\n{\"Name\":\"sub\",\"Length\":null}",
            SentText("$file, $folder | Invoke-GptChat -Property Name, Length", ("file", new System.IO.FileInfo(path)), ("folder", System.IO.Directory.CreateDirectory(Folder.At("sub")))));
    }

    [Theory]
    [InlineData("Invoke-GptChat -Path $path -Property Name")]
    [InlineData("Invoke-GptChat -Each -Path $path -Property Name")]
    public void Files_given_by_path_are_their_content_all_the_same(string script) =>
        Assert.Equal("a.txt (5 bytes):\n```\n12345\n```", SentText(script, ("path", Folder.Write("a.txt", "12345"))));

    [Fact]
    public void A_job_sends_what_a_script_chooses()
    {
        string path = Folder.Write("a.txt", "12345");
        Assert.Equal("""{"Size":10}""", SentText("$twice = 2; [System.IO.FileInfo]$path | Invoke-GptChat -Each -AsJob -Property @{ N = 'Size'; E = { $_.Length * $twice } } | Wait-Job | Receive-Job", ("path", path)));
    }

    [Fact]
    public void A_property_that_some_lack_is_null_there() =>
        Assert.Equal("{\"a\":1,\"b\":null}\n{\"a\":null,\"b\":2}", SentText("@{ a = 1 }, @{ b = 2 } | Invoke-GptChat -Property a, b"));

    [Fact]
    public void A_name_that_none_has_is_a_slip()
    {
        string message = InvokeError(Item + " | Invoke-GptChat 'x' -Property Name, Lenght").IsKind("InvalidParameter").Exception.Message;
        Assert.Contains("'Lenght' is a property of none of the objects", message);
        Assert.Contains("They have: Name, Length, LastTime, Other", message);
        InvokeError(Item + " | Invoke-GptChat 'x' -Property z*").IsKind("InvalidParameter");
        InvokeError(Item + " | New-GptMessage -Property zz").IsKind("InvalidParameter", "NewGptMessageCommand");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void With_Each_only_an_item_that_has_none_of_them_fails()
    {
        Outcome outcome = Host.Run("@{ a = 1 }, @{ b = 2 }, @{ c = 3 } | Invoke-GptChat 'x' -Each -Property a, b");
        Assert.Equal(2, outcome.Output.Count);
        Assert.Contains("none of the objects", Assert.Single(outcome.Errors).Exception.Message);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Theory]
    [InlineData("@{ Name = 'x' }", "without Expression")]
    [InlineData("@{ Nmae = 'x'; Expression = { 1 } }", "with 'Nmae'")]
    [InlineData("7", "not an Int32")]
    public void What_is_nothing_of_the_kind_is_refused_before_anything_is_sent(string property, string problem)
    {
        Assert.Contains(problem, InvokeError(Item + " | Invoke-GptChat 'x' -Property " + property).IsKind("InvalidParameter").Exception.Message);
        Assert.Contains(problem, InvokeError(Item + " | Invoke-GptChat 'x' -Each -Property " + property).IsKind("InvalidParameter").Exception.Message);
        Assert.Empty(Server.Requests);
    }
}
