using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using GptChat.Help;
using GptChat.Help.Facts;
using GptChat.Help.Pages;
using Xunit;

namespace GptChat.Tests.Docs;

/// <summary>The file in which Get-Help looks: what stands in it is found by the engine and reads as the page does.</summary>
public sealed class HelpFileTests
{
    private static readonly string Root = Path.GetDirectoryName(Repository.Manifest)!;

    private const string Page = """
        # Copy-GptConversation

        Copies.

        ## Description

        Copies a **conversation**, as [others](../tools.md) do with `Copy-Item`.

        ## Examples

        ### With `code`

        <!-- example: prints -->
        ```powershell
        Copy-GptConversation a b
        ```

        ```text
              Name  Age
              b      1
        ```

        What it is for.

        ```powershell
        # no heading
        ```

        ## Related

        - [Get-GptConversation](Get-GptConversation.md)
        - [Tools](../tools.md)
        """;

    [Fact]
    public void It_has_the_structure_that_the_engine_reads() => Assert.Empty(MamlStructure.Problems(Load()));

    [Fact]
    public void The_build_left_what_the_sources_say()
    {
        (CmdletFacts, HelpPage?)[] sources = [.. ModuleFacts.Read(Root).Select(cmdlet => (cmdlet, (HelpPage?)PageReader.ReadFile(PageFiles.Of(Root, cmdlet.Name))))];
        Assert.Equal(Text(MamlFile.Make(sources)), Text(Load()));
    }

    [Theory]
    [InlineData("synopsis", "details has no place for synopsis")]
    [InlineData("examples", "command has no place for examples")]
    [InlineData("required", "parameter has no attribute required")]
    [InlineData("text", "remarks holds bare text")]
    [InlineData("code", "example lacks code")]
    [InlineData("namespace", "syntax lacks syntaxItem")]
    public void A_structure_that_the_engine_would_not_read_is_found(string fault, string problem)
    {
        XDocument document = Made();
        Assert.Empty(MamlStructure.Problems(document));
        XElement Find(string name) => document.Descendants().First(element => element.Name.LocalName == name);
        switch (fault)
        {
            case "synopsis": Find("details").Add(new XElement(Find("details").Name.Namespace + "synopsis")); break;
            case "examples": Find("command").Add(new XElement(Find("examples"))); break;
            case "required": Find("parameter").Attribute("required")!.Remove(); break;
            case "text": Find("remarks").Add("words"); break;
            case "code": Find("code").Remove(); break;
            case "namespace": Find("syntaxItem").Name = "syntaxItem"; break;
        }

        Assert.Contains(problem, MamlStructure.Problems(document));
    }

    [Fact]
    public void What_an_example_prints_keeps_its_columns_and_no_comment_is_shown()
    {
        XElement example = Made().Descendants().Single(element => element.Name.LocalName == "example");
        Assert.Equal("Copy-GptConversation a b\n\n      Name  Age\n      b      1", Value(example, "code"));
        Assert.Equal(["What it is for.", "    # no heading", string.Empty], example.Elements().Single(element => element.Name.LocalName == "remarks").Elements().Select(paragraph => paragraph.Value));
        Assert.Equal("---------- Example 1: With code ----------", Value(example, "title"));
        Assert.DoesNotContain(Load().Descendants(), element => !element.HasElements && element.Value.Contains("<!--", StringComparison.Ordinal));
    }

    [Fact]
    public void Markdown_is_plain_text_in_the_console() =>
        Assert.Equal("Copies a conversation, as others do with Copy-Item.", Value(Made().Root!.Elements().Single(), "description"));

    [Fact]
    public void Online_help_is_the_first_link_and_guides_have_their_address()
    {
        (string Text, string Uri)[] links = [.. Made().Descendants().Where(element => element.Name.LocalName == "navigationLink").Select(link => (Value(link, "linkText"), Value(link, "uri")))];
        Assert.Equal(
            [
                ("Online version:", "https://example.org/docs/help/Copy-GptConversation.md"),
                ("Get-GptConversation", string.Empty),
                ("Tools", "https://example.org/docs/tools.md"),
            ],
            links);
    }

    private static string Value(XElement element, string child) => element.Elements().Single(one => one.Name.LocalName == child).Value;

    private static XDocument Made()
    {
        CmdletFacts cmdlet = ModuleFacts.Read(Root).Single(one => one.Name == "Copy-GptConversation") with { HelpUri = "https://example.org/docs/help/Copy-GptConversation.md" };
        return MamlFile.Make([(cmdlet, PageReader.Read(Page))]);
    }

    private static XDocument Load() => XDocument.Load(MamlFile.Of(Root));

    private static string Text(XDocument document) => document.Root!.ToString(SaveOptions.DisableFormatting).ReplaceLineEndings("\n");
}
