using System;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Input;

/// <summary>What piped objects become.</summary>
public sealed class ObjectInputTests : ModuleTest
{
    private const string Nested = "[pscustomobject]@{ Name = 'a'; Inner = [pscustomobject]@{ Size = 3; Deep = [pscustomobject]@{ Last = 1 } } }";

    [Fact]
    public void A_dictionary_is_its_entries_as_JSON() => Assert.Equal(
        """{"b":1,"a":"x","n":null,"list":[1,2],"flag":true}""",
        SentText("[ordered]@{ b = 1; a = 'x'; n = $null; list = 1, 2; flag = $true } | Invoke-GptChat"));

    [Fact]
    public void Objects_are_a_line_each() => Assert.Equal(
        "{\"Name\":\"a\",\"Size\":1}\n{\"Name\":\"b\",\"Size\":2}",
        SentText("[pscustomobject]@{ Name = 'a'; Size = 1 }, [pscustomobject]@{ Name = 'b'; Size = 2 } | Invoke-GptChat"));

    [Fact]
    public void Of_an_object_only_plain_properties_are_sent() => Assert.Equal("""{"Name":"a"}""", SentText(Nested + " | Invoke-GptChat"));

    [Fact]
    public void A_depth_of_two_brings_the_objects_inside() =>
        Assert.Equal("""{"Name":"a","Inner":{"Size":3,"Deep":{"Last":1}}}""", SentText(Nested + " | Invoke-GptChat -Depth 2"));

    [Fact]
    public void Properties_can_be_chosen_by_name_and_wildcard() => Assert.Equal(
        """{"Size":1,"Name":"a","Note":"n"}""",
        SentText("[pscustomobject]@{ Name = 'a'; Size = 1; Note = 'n'; Other = 'o' } | Invoke-GptChat -Property Size, N*"));

    [Fact]
    public void What_PowerShell_displays_by_default_is_what_is_sent()
    {
        PSObject item = PSObject.AsPSObject(new Widget());
        item.Members.Add(new PSMemberSet("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", ["Id", "Title"])]));
        Assert.Equal("""{"Id":7,"Title":"Wheel"}""", SentText("$item | Invoke-GptChat", ("item", item)));
    }

    [Fact]
    public void A_property_that_throws_is_left_out_and_the_rest_is_sent()
    {
        string text = SentText("$item | Invoke-GptChat", ("item", new Widget()));
        Assert.Equal("""{"Id":7,"Title":"Wheel","Extra":"e"}""", text);
        Server.Clear();
        Assert.Equal("""{"Id":7,"Broken":null}""", SentText("$item | Invoke-GptChat -Property Id, Broken"));
    }

    [Fact]
    public void An_object_that_holds_itself_ends_there() =>
        Assert.Equal("""{"Self":"(holds itself)"}""", SentText("$o = [pscustomobject]@{ Self = $null }; $o.Self = $o; $o | Invoke-GptChat -Depth 3"));

    [Fact]
    public void Objects_and_strings_mix_line_by_line() => Assert.Equal("Look:\n{\"a\":1}", SentText("'Look:', @{ a = 1 } | Invoke-GptChat"));

    [Fact]
    public void An_error_says_what_and_where()
    {
        string text = SentText("try { throw 'the disk is full' } catch { $_ | Invoke-GptChat 'What now?' }");
        Assert.StartsWith("What now?\n\nthe disk is full\n", text, StringComparison.Ordinal);
        Assert.Contains("line:1", text);
        Assert.Contains("RuntimeException", text);
    }

    [Theory]
    [InlineData("[xml]'<a><b>1</b></a>'", "<a><b>1</b></a>")]
    [InlineData("([xml]'<a><b>1</b></a>').a.SelectSingleNode('b')", "<b>1</b>")]
    public void XML_is_its_markup(string value, string expected) => Assert.Equal(expected, SentText(value + " | Invoke-GptChat"));

    [Theory]
    [InlineData("$secret")]
    [InlineData("[pscredential]::new('me', $secret)")]
    public void A_secret_is_refused(string value)
    {
        ErrorRecord error = InvokeError(value + " | Invoke-GptChat 'x'", ("secret", ModuleHost.Secure("hush-hush"))).IsKind("InvalidInput");
        Assert.DoesNotContain("hush", error.ToString());
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_secret_inside_an_object_is_not_spelt_out() =>
        Assert.DoesNotContain("hush", SentText("@{ User = 'me'; Password = $secret; Login = [pscredential]::new('me', $secret) } | Invoke-GptChat -Depth 5", ("secret", ModuleHost.Secure("hush-hush"))));

    public sealed class Widget
    {
        public int Id { get; } = 7;

        public string Title { get; } = "Wheel";

        public string Extra { get; } = "e";

        public object[] Parts { get; } = [new object()];

        public object Inner { get; } = new();

        public string Broken => throw new InvalidOperationException("Widget " + Id + " is gone.");
    }
}
