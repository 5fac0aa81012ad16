using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace GptChat.Tests.Docs;

/// <summary>The manifest agrees with what lies beside it, in both editions.</summary>
public sealed class ManifestTests : ModuleTest
{
    [Fact]
    public void The_version_is_that_of_the_assemblies()
    {
        string version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Equal(version, InvokeOne("\"$((Get-Module GptChat).Version)\"").ToString());
        Assert.Contains($"## {version}", File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Core", "bin/net8.0/")]
    [InlineData("Desktop", "bin/netstandard2.0/")]
    public void Each_edition_loads_its_own_build(string edition, string folder)
    {
        // What the engine does with a manifest: the edition is one of the few variables that it may read.
        string[] files = [.. Invoke(
            "$manifest = [Management.Automation.Language.Parser]::ParseFile($path, [ref] $null, [ref] $null); "
            + "$pairs = $manifest.Find({ $args[0] -is [Management.Automation.Language.HashtableAst] }, $false).KeyValuePairs; "
            + "foreach ($key in 'RootModule', 'RequiredAssemblies') { "
            + "& ([scriptblock]::Create(\"$($pairs.Where({ \"$($_.Item1)\" -eq $key }).Item2)\".Replace('$PSEdition', \"'$edition'\"))) }",
            ("path", Repository.Manifest), ("edition", edition)).Select(file => file.ToString()!)];
        Assert.Equal([folder + "GptChat.dll", folder + "GptChat.Core.dll"], files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), file));
    }

    [Theory]
    [InlineData("Get-Module GptChat")]
    [InlineData("Test-ModuleManifest $path")]
    public void The_engine_reads_the_edition(string command)
    {
        Assert.Equal("bin/net8.0/GptChat.dll", InvokeOne($"({command}).RootModule", ("path", Repository.Manifest)).ToString());
        Assert.Equal(InvokeOne("(Get-Module GptChat).Version").ToString(), InvokeOne($"({command}).Version", ("path", Repository.Manifest)).ToString());
    }

    [Fact]
    public void Nothing_of_the_build_reads_the_manifest_as_a_data_file()
    {
        string[] files = [.. new[] { "build", ".ci", ".github" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)), Path.Combine(Repository.Root, "build.ps1")];
        Assert.True(files.Length >= 5);
        Assert.All(files, file => Assert.DoesNotContain("Import-PowerShellDataFile", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
