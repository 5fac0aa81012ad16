using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace GptChat.Help.Pages;

/// <summary>Reads a page.</summary>
public static partial class PageReader
{
    /// <summary>Reads a file.</summary>
    public static HelpPage ReadFile(string file) => Read(File.ReadAllText(file));

    /// <summary>Reads what a file holds.</summary>
    public static HelpPage Read(string markdown)
    {
        List<Part> sections = Split(markdown.ReplaceLineEndings("\n").Split('\n'), "## ");
        Part head = sections[0];
        int title = head.Lines.FindIndex(line => line.StartsWith("# ", StringComparison.Ordinal));
        return new HelpPage
        {
            Title = title < 0 ? string.Empty : head.Lines[title][2..].Trim(),
            Synopsis = BlockReader.Read(head.Lines.Skip(title + 1)),
            Description = BlockReader.Read(Lines(sections, "Description")),
            Examples = [.. Split(Lines(sections, "Examples"), "### ").Skip(1).Select(part => new Example(part.Title, BlockReader.Read(part.Lines)))],
            Notes = BlockReader.Read(Lines(sections, "Notes")),
            Related = [.. Lines(sections, "Related").SelectMany(line => LinkText().Matches(line)).Select(match => new Link(match.Groups["text"].Value, match.Groups["target"].Value))],
            Sections = [.. sections.Skip(1).Select(section => section.Title)],
        };
    }

    private static List<string> Lines(List<Part> sections, string title) => sections.Skip(1).FirstOrDefault(section => section.Title == title)?.Lines ?? [];

    /// <summary>What stands before the first heading of that level comes first, without a title. A comment of PowerShell is no heading.</summary>
    private static List<Part> Split(IEnumerable<string> lines, string heading)
    {
        var parts = new List<Part> { new(string.Empty, []) };
        bool isCode = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            if (!isCode && line.StartsWith(heading, StringComparison.Ordinal)) parts.Add(new Part(line[heading.Length..].Trim(), []));
            else parts[^1].Lines.Add(line);
        }

        return parts;
    }

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<target>[^)]+)\)")]
    private static partial Regex LinkText();

    private sealed record Part(string Title, List<string> Lines);
}
