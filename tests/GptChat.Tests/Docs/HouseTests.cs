using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace GptChat.Tests.Docs;

/// <summary>The house is built as docs/contributing.md draws it: what it names is there, and who knows whom is true.</summary>
public sealed partial class HouseTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "contributing.md"));

    private static readonly string[] Sources = [.. new[] { "src", "tests" }.SelectMany(Files)];

    [Fact]
    public void Every_folder_of_the_guide_is_there()
    {
        string[] folders = [.. Folder().Matches(Guide).Select(match => match.Value.TrimEnd('.', '/')).Where(path => !path.Contains("PAGE", StringComparison.Ordinal)).Distinct()];
        Assert.True(folders.Length > 15);
        Assert.All(folders, path => Assert.True(Exists(Path.Combine(Repository.Root, path)), path));
    }

    [Fact]
    public void Every_class_of_the_guide_is_there()
    {
        string[] names = [.. ClassName().Matches(Guide).Select(match => match.Groups[1].Value).Where(name => !EnginesOwn.Contains(name)).Distinct()];
        Assert.Contains("ReplyAssembler", names);
        string all = string.Concat(Sources.Select(File.ReadAllText));
        Assert.All(names, name => Assert.Matches($@"\b(class|struct|record|interface|enum) {name}\b", all));
    }

    [Fact]
    public void The_core_knows_no_PowerShell() =>
        Assert.All(Files("src/GptChat.Core"), file => Assert.DoesNotContain("System.Management.Automation", File.ReadAllText(file), StringComparison.Ordinal));

    [Fact]
    public void Completion_does_not_know_the_network() =>
        Assert.All(Files("src/GptChat/Completion"), file => Assert.DoesNotMatch(@"\b(HttpClient|ChatClient|HttpTransport|using GptChat\.Transport)\b", File.ReadAllText(file)));

    /// <summary>Whether there is such a file or folder; a star stands for any part of a name.</summary>
    private static bool Exists(string path) => Path.Exists(path) || Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!, Path.GetFileName(path)).Any();

    /// <summary>What the guide names of the engine's and of .NET's.</summary>
    private static readonly HashSet<string> EnginesOwn = ["ErrorRecord", "StopProcessing", "Dispose", "SupportsShouldProcess", "CmdletsToExport", "OutputType"];

    private static string[] Files(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj")),
    ];

    [GeneratedRegex(@"\b(src|tests)/[A-Za-z0-9./*-]+")]
    private static partial Regex Folder();

    /// <summary>A name of at least two words in Pascal case, alone in a code span, perhaps after a folder.</summary>
    [GeneratedRegex(@"`(?:Hosting/)?([A-Z][a-z]+(?:[A-Z][a-z]+)+)`")]
    private static partial Regex ClassName();
}
