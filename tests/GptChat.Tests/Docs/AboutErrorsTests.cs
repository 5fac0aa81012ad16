using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace GptChat.Tests.Docs;

/// <summary>about_GptChat_Errors is what somebody looks an id up in, so it must have all of them, and README no others.</summary>
public sealed partial class AboutErrorsTests : ModuleTest
{
    private string[] Kinds => [.. Invoke("[Enum]::GetNames([GptChat.GptErrorKind])").Select(name => name.ToString())];

    [Fact]
    public void Each_kind_of_error_is_listed_once()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "en-US", "about_GptChat_Errors.help.txt"));
        string[] list = lines[Array.IndexOf(lines, "THE ERRORS")..Array.IndexOf(lines, "SEE ALSO")];
        Assert.Equal(Kinds.Order(), list.Select(line => Listed().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value).Order());
    }

    [Fact]
    public void What_README_names_exists()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        string[] named = [.. Cell().Matches(readme).Select(match => match.Groups["name"].Value).Distinct()];
        Assert.True(named.Length > 20);
        Assert.Empty(named.Except(Kinds));
    }

    [GeneratedRegex(@"^ {2,4}(?<name>[A-Z][A-Za-z]+) {2,}\S")]
    private static partial Regex Listed();

    [GeneratedRegex(@"`GptChat\.(?<name>\w+)`")]
    private static partial Regex Cell();
}
