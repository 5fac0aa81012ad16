using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace GptChat.Tests.Docs;

/// <summary>The workflow runs elsewhere; what can be known of it here is.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", "ci.yml"));

    private static readonly Dictionary<string, string> Jobs = Job().Matches(Text[Text.IndexOf("\njobs:", StringComparison.Ordinal)..])
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["body"].Value);

    [Fact]
    public void Every_path_is_there()
    {
        string[] paths = [.. Named().Matches(Text).Select(match => match.Value.TrimEnd('/')).Where(path => !Made(path)).Distinct()];
        Assert.Contains("./.ci/run", paths);
        Assert.Contains("./tests/Pester/run.ps1", paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
    }

    [Fact]
    public void Every_parameter_of_a_script_is_one_of_it()
    {
        Match[] calls = Call().Matches(Text).ToArray();
        Assert.True(calls.Length >= 4);
        foreach (Match call in calls)
        {
            string script = File.ReadAllText(Path.Combine(Repository.Root, call.Groups["script"].Value));
            Assert.All(call.Groups["parameter"].Captures.Select(capture => capture.Value), parameter => Assert.Contains($"] ${parameter}", script, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_PowerShell_that_the_README_promises_is_tested_on_every_system()
    {
        Match promise = Promise().Match(File.ReadAllText(Path.Combine(Repository.Root, "README.md")));
        int[] minors = [.. Enumerable.Range(Number(promise.Groups[1]), Number(promise.Groups[2]) - Number(promise.Groups[1]) + 1)];
        Assert.Equal(3, minors.Length);
        Assert.Contains($"version: [{string.Join(", ", minors.Select(minor => $"'7.{minor}'"))}]", Jobs["powershell"], StringComparison.Ordinal);
        Assert.All(new[] { "tests", "powershell" }, job => Assert.Contains("os: [ubuntu-latest, windows-latest, macos-latest]", Jobs[job], StringComparison.Ordinal));
        Assert.Contains("shell: powershell\n", Jobs["windows-powershell"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_that_is_tested_is_the_one_that_was_built()
    {
        Assert.All(new[] { "powershell", "windows-powershell" }, job =>
        {
            Assert.Contains("needs: build\n", Jobs[job], StringComparison.Ordinal);
            Assert.Contains("run.ps1 -Module artifacts/GptChat ", Jobs[job], StringComparison.Ordinal);
            Assert.DoesNotMatch(@"dotnet build|build\.ps1", Jobs[job]);
        });
        Assert.Contains("./build.ps1 -Task Package", Jobs["build"], StringComparison.Ordinal);
        Assert.Contains("diff -r artifacts \"$RUNNER_TEMP/elsewhere/again/artifacts\"", Jobs["build"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_build_for_Windows_PowerShell_is_tested_on_the_oldest_runtime()
    {
        string option = "-p:TestFramework=${{ matrix.framework }} ";
        Assert.Contains("framework: [net8.0, net10.0]\n", Jobs["netstandard"], StringComparison.Ordinal);
        Assert.Contains("dotnet test tests/GptChat.Core.Tests.NetStandard " + option, Jobs["netstandard"], StringComparison.Ordinal);
        Assert.Contains("<TargetFramework>$(TestFramework)</TargetFramework>", File.ReadAllText(Path.Combine(Repository.Root, "tests", "GptChat.Core.Tests.NetStandard", "GptChat.Core.Tests.NetStandard.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_only_read_and_ends_by_itself()
    {
        Assert.Single(Regex.Matches(Text, "permissions:"));
        Assert.Contains("permissions:\n  contents: read\n\n", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", Text, StringComparison.Ordinal);
        Assert.Equal(["build", "tests", "powershell", "windows-powershell", "netstandard"], Jobs.Keys);
        Assert.All(Jobs.Values, job => Assert.Matches(@"timeout-minutes: \d+\n", job));
        Assert.All(Jobs.Values, job => Assert.Contains("persist-credentials: false", job, StringComparison.Ordinal));
        Assert.All(Uses().Matches(Text).Select(match => match.Groups[1].Value), action => Assert.Matches(@"^actions/[a-z-]+@v\d+$", action));
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    /// <summary>What a job makes or takes from another.</summary>
    private static bool Made(string path) => path.StartsWith("artifacts", StringComparison.Ordinal) || path.EndsWith("/bin", StringComparison.Ordinal);

    [GeneratedRegex(@"(?m)^  (?<name>[a-z-]+):\n(?<body>(?:(?:    .*)?\n|  #.*\n)+)")]
    private static partial Regex Job();

    [GeneratedRegex(@"(?<![\w/.])(?:\./)?(?:\.ci|\.github|build|tests|src|docs|artifacts)/[\w./-]+|\./build\.ps1")]
    private static partial Regex Named();

    [GeneratedRegex(@"\./(?<script>\S+\.ps1)(?: -(?<parameter>\w+) \S+)*")]
    private static partial Regex Call();

    [GeneratedRegex(@"PowerShell 7\.(\d) to 7\.(\d) and 5\.1")]
    private static partial Regex Promise();

    [GeneratedRegex(@"uses: (\S+)")]
    private static partial Regex Uses();
}
