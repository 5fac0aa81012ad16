using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GptChat.Help.Facts;
using GptChat.Help.Pages;

namespace GptChat.Help;

/// <summary>What the help still lacks.</summary>
public static class HelpReview
{
    private const int FewestExamples = 3;
    private static readonly string[] Known = ["Description", "Examples", "Notes", "Related"];
    private static readonly string[] Generated = ["Syntax", "Parameters", "Inputs", "Outputs"];

    /// <summary>What a checkout lacks, a line each.</summary>
    public static IEnumerable<string> Problems(string root, IReadOnlyList<CmdletFacts> cmdlets)
    {
        foreach (CmdletFacts cmdlet in cmdlets)
        {
            string file = PageFiles.Of(root, cmdlet.Name);
            IEnumerable<string> found = Problems(cmdlet);
            found = !File.Exists(file) ? found.Append("there is no docs/help/" + cmdlet.Name + ".md") : found.Concat(Problems(cmdlet, File.ReadAllText(file), file, cmdlets));
            foreach (string problem in found) yield return cmdlet.Name + ": " + problem;
        }

        IEnumerable<string> pages = Directory.EnumerateFiles(PageFiles.Folder(root), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Where(name => name != "README");
        foreach (string page in pages.Except(cmdlets.Select(cmdlet => cmdlet.Name)).Order(StringComparer.Ordinal)) yield return page + ": the page is of no cmdlet";
    }

    /// <summary>What the XML docs and the attributes of a cmdlet lack.</summary>
    public static IEnumerable<string> Problems(CmdletFacts cmdlet)
    {
        if (!cmdlet.HelpUri.EndsWith("/docs/help/" + cmdlet.Name + ".md", StringComparison.Ordinal)) yield return "its HelpUri does not lead to its page";
        foreach (ParameterFacts parameter in cmdlet.Parameters.Where(parameter => parameter.Text.IsEmpty)) yield return "-" + parameter.Name + " has no text";
        foreach (OutputFacts output in cmdlet.Outputs.Where(output => output.Text.IsEmpty)) yield return "its output " + output.Type + " has no text";
    }

    /// <summary>What a page lacks.</summary>
    public static IEnumerable<string> Problems(CmdletFacts cmdlet, string markdown, string file, IReadOnlyList<CmdletFacts> cmdlets)
    {
        HelpPage page = PageReader.Read(markdown);
        if (page.Title != cmdlet.Name) yield return "its title is '" + page.Title + "'";
        if (page.Synopsis.Count != 1 || page.Synopsis[0].Language is not null) yield return "its synopsis is not one paragraph";
        if (!page.Description.Any(block => block.Language is null)) yield return "it has no description";
        if (page.Examples.Count < FewestExamples) yield return "it has fewer than " + FewestExamples + " examples";
        foreach (string problem in page.Examples.SelectMany(Problems)) yield return problem;
        if (page.Related.Count == 0) yield return "it names nothing related";
        foreach (string problem in page.Related.SelectMany(link => Problems(link, file, cmdlets))) yield return problem;
        foreach (string section in page.Sections.Except(Known).Except(Generated)) yield return "it has a section '" + section + "' that Get-Help would not show";
        foreach (string section in page.Sections.GroupBy(section => section).Where(same => same.Count() > 1).Select(same => same.Key)) yield return "it has two sections '" + section + "', and Get-Help would show the first";
        if (GeneratedSection.Replace(markdown, cmdlet) != markdown.ReplaceLineEndings("\n")) yield return "its parameters are stale; run dotnet run --project src/GptChat.Help -- . --pages";
    }

    private static IEnumerable<string> Problems(Example example)
    {
        if (!example.Blocks.Any(block => block.Language == "powershell" && block.Text.Trim().Length > 0)) yield return "its example '" + example.Title + "' has no code";
        if (!example.Blocks.Any(block => block.Language is null)) yield return "its example '" + example.Title + "' has no text";
        if (example.Blocks.Any(block => block.Language is not (null or "powershell" or "text" or "json"))) yield return "its example '" + example.Title + "' has code in another language";
    }

    /// <summary>The text of a link to a command or a topic is what Get-Help is asked for, so it must be the name.</summary>
    private static IEnumerable<string> Problems(Link link, string file, IReadOnlyList<CmdletFacts> cmdlets)
    {
        if (link.Target.Contains("://", StringComparison.Ordinal)) yield break;
        string target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, link.Target.Split('#')[0]));
        if (!File.Exists(target)) yield return "its link to " + link.Target + " leads nowhere";
        string name = Path.GetFileName(target).Replace(".help.txt", string.Empty, StringComparison.Ordinal).Replace(".md", string.Empty, StringComparison.Ordinal);
        bool isCmdlet = !link.Target.Contains('/', StringComparison.Ordinal);
        if (isCmdlet && cmdlets.All(cmdlet => cmdlet.Name != name)) yield return "it names " + name + ", which is no cmdlet";
        if ((isCmdlet || name.StartsWith("about_", StringComparison.Ordinal)) && link.Text != name) yield return "its link to " + name + " is called '" + link.Text + "'";
    }
}
