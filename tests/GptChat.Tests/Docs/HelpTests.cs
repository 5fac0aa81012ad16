using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GptChat.Help;
using GptChat.Help.Facts;
using GptChat.Help.Pages;
using GptChat.Help.Text;
using Xunit;

namespace GptChat.Tests.Docs;

/// <summary>Nothing lacks help, and what is lacking would be found.</summary>
public sealed class HelpTests : ModuleTest
{
    private static readonly string Root = Path.GetDirectoryName(Repository.Manifest)!;
    private static readonly Lazy<IReadOnlyList<CmdletFacts>> Cmdlets = new(() => ModuleFacts.Read(Root));

    [Fact]
    public void No_cmdlet_parameter_example_or_output_lacks_help() => Assert.Empty(HelpReview.Problems(Root, Cmdlets.Value));

    [Fact]
    public void The_help_is_of_the_cmdlets_that_are_exported()
    {
        string[] exported = Invoke("(Get-Module GptChat).ExportedCmdlets.Keys").Select(name => name.ToString()!).Order().ToArray();
        Assert.Equal(exported, Cmdlets.Value.Select(cmdlet => cmdlet.Name).Order());
        Assert.Equal(exported, Commands().Select(command => Name(command)).Order());
    }

    [Fact]
    public void Every_parameter_of_every_cmdlet_is_in_the_file_for_Get_Help_with_a_text()
    {
        string[] common = Invoke("[System.Management.Automation.PSCmdlet]::CommonParameters").Select(name => name.ToString()!).ToArray();
        foreach (XElement command in Commands())
        {
            string[] real = Invoke("(Get-Command $name).Parameters.Keys", ("name", Name(command))).Select(name => name.ToString()!).Except(common).Order().ToArray();
            XElement[] parameters = command.Elements().Single(element => element.Name.LocalName == "parameters").Elements().ToArray();
            Assert.Equal(real, parameters.Select(Name).Order());
            Assert.All(parameters, parameter => Assert.False(string.IsNullOrWhiteSpace(parameter.Elements().Single(element => element.Name.LocalName == "description").Value), Name(command) + " -" + Name(parameter)));
        }
    }

    [Fact]
    public void Examples_have_code_and_text()
    {
        foreach (XElement command in Commands())
        {
            XElement[] examples = command.Descendants().Where(element => element.Name.LocalName == "example").ToArray();
            Assert.True(examples.Length >= 3, Name(command));
            Assert.All(examples, example => Assert.False(string.IsNullOrWhiteSpace(example.Elements().Single(element => element.Name.LocalName == "code").Value), Name(command)));
        }
    }

    [Fact]
    public void Online_help_and_the_manifest_name_the_same_project()
    {
        string project = InvokeOne("(Get-Module GptChat).PrivateData.PSData.ProjectUri").ToString()!;
        Assert.All(Cmdlets.Value, cmdlet => Assert.Equal(project + "/blob/main/docs/help/" + cmdlet.Name + ".md", cmdlet.HelpUri));
        Assert.StartsWith(project + "/", InvokeOne("(Get-Module GptChat).PrivateData.PSData.LicenseUri").ToString());
    }

    [Theory]
    [InlineData("# Copy-GptConversation", "# Copy", "its title is 'Copy'")]
    [InlineData("## Description", "## Descriptions", "it has no description")]
    [InlineData("## Related", "## Links", "it names nothing related")]
    [InlineData("](Get-GptConversation.md)", "](No-GptConversation.md)", "leads nowhere")]
    [InlineData("[Get-GptConversation]", "[Get]", "is called 'Get'")]
    [InlineData("### -NewName", "### -Newname", "its parameters are stale")]
    [InlineData("[Get-GptConversation](Get-GptConversation.md)", "[README](README.md)", "it names README, which is no cmdlet")]
    [InlineData("[about_GptChat_Conversations]", "[Conversations]", "its link to about_GptChat_Conversations is called 'Conversations'")]
    [InlineData("Makes a fork of a conversation under another name.\n", "", "its synopsis is not one paragraph")]
    [InlineData("Makes a fork of a conversation under another name.\n", "Makes a fork.\n\nIt has another name.\n", "its synopsis is not one paragraph")]
    [InlineData("Makes a fork of a conversation under another name.\n", "```text\nMakes a fork.\n```\n", "its synopsis is not one paragraph")]
    [InlineData("## Related", "## Remarks\n\nWords.\n\n## Related", "it has a section 'Remarks' that Get-Help would not show")]
    [InlineData("## Related", "## Examples\n\nWords.\n\n## Related", "it has two sections 'Examples', and Get-Help would show the first")]
    [InlineData("### Two plans", "### \n\n### Two plans", "its example '' has no code")]
    [InlineData("```powershell\n$null = Invoke-GptChat 'What is a /27?'", "```sh\n$null = Invoke-GptChat 'What is a /27?'", "its example 'Keep what began without a name' has code in another language")]
    [InlineData("```text\nName  ", "```\nName  ", "its example 'Keep what began without a name' has code in another language")]
    public void What_a_page_lacks_is_found(string written, string instead, string problem)
    {
        string page = Page();
        Assert.Contains(written, page, StringComparison.Ordinal);
        Assert.Contains(Problems(page.Replace(written, instead, StringComparison.Ordinal)), found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("## Related", "## Notes\n\nWords.\n\n## Related")]
    [InlineData("```text\nName  ", "```json\nName  ")]
    [InlineData("- [Get-GptConversation](Get-GptConversation.md)", "- [the API](https://example.com/api)")]
    [InlineData("\n", "\r\n")]
    public void What_a_page_may_have_is_let_pass(string written, string instead)
    {
        string page = Page();
        Assert.Contains(written, page, StringComparison.Ordinal);
        Assert.Empty(Problems(page.Replace(written, instead, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(2, "it has fewer than 3 examples")]
    [InlineData(1, "it has fewer than 3 examples")]
    public void Examples_are_counted(int kept, string? problem)
    {
        string page = Page();
        int[] starts = [.. Regex.Matches(page[..page.IndexOf("\n## Related", StringComparison.Ordinal)], "^### ", RegexOptions.Multiline).Select(match => match.Index)];
        Assert.Equal(3, starts.Length);
        string shorter = kept == starts.Length ? page : page[..starts[kept]] + page[(page.IndexOf("\n## Related", StringComparison.Ordinal) + 1)..];
        Assert.Equal(problem is null ? [] : [problem], Problems(shorter));
    }

    [Fact]
    public void Examples_that_lack_something_are_found()
    {
        string page = Page();
        Match example = Regex.Match(page, @"### [^\n]+\n(.(?!\n##))+\n", RegexOptions.Singleline);
        Assert.True(example.Success);
        string title = example.Value.Split('\n')[0];
        Assert.Contains(Problems(page.Replace(example.Value, title + "\n\n```powershell\nGet-Date\n```\n", StringComparison.Ordinal)), found => found.EndsWith("has no text", StringComparison.Ordinal));
        Assert.Contains(Problems(page.Replace(example.Value, title + "\n\nWords.\n", StringComparison.Ordinal)), found => found.EndsWith("has no code", StringComparison.Ordinal));
        int examples = page.IndexOf("## Examples", StringComparison.Ordinal);
        Assert.Contains("it has fewer than 3 examples", Problems(page[..examples] + page[page.IndexOf("\n## ", examples + 4, StringComparison.Ordinal)..]));
    }

    [Fact]
    public void What_the_docs_of_a_cmdlet_lack_is_found()
    {
        CmdletFacts cmdlet = Copy();
        CmdletFacts bare = cmdlet with
        {
            HelpUri = string.Empty,
            Parameters = [.. cmdlet.Parameters.Select(parameter => parameter with { Text = new XmlDocs().Summary(typeof(HelpTests)) })],
            Outputs = [new OutputFacts("string", new XmlDocs().Summary(typeof(string)))],
        };
        Assert.Empty(HelpReview.Problems(cmdlet));
        string[] problems = HelpReview.Problems(bare).ToArray();
        Assert.Contains("its HelpUri does not lead to its page", problems);
        Assert.Contains("-NewName has no text", problems);
        Assert.Contains("its output string has no text", problems);
    }

    [Fact]
    public void A_cmdlet_without_a_page_and_a_page_without_a_cmdlet_are_found()
    {
        Directory.CreateDirectory(Path.Combine(Folder.Path, "docs", "help"));
        Folder.Write(Path.Combine("docs", "help", "Get-Nothing.md"), "# Get-Nothing");
        string[] problems = HelpReview.Problems(Folder.Path, [Copy()]).ToArray();
        Assert.Contains("Copy-GptConversation: there is no docs/help/Copy-GptConversation.md", problems);
        Assert.Contains("Get-Nothing: the page is of no cmdlet", problems);
    }

    private static CmdletFacts Copy() => Cmdlets.Value.Single(cmdlet => cmdlet.Name == "Copy-GptConversation");

    private static string Page() => File.ReadAllText(PageFiles.Of(Root, "Copy-GptConversation")).ReplaceLineEndings("\n");

    private static string[] Problems(string page) => HelpReview.Problems(Copy(), page, PageFiles.Of(Root, "Copy-GptConversation"), Cmdlets.Value).ToArray();

    private static XElement[] Commands() => XDocument.Load(MamlFile.Of(Root)).Root!.Elements().ToArray();

    private static string Name(XElement element) => element.Descendants().First(inner => inner.Name.LocalName == "name").Value.Trim();
}
