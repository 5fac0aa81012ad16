using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace GptChat.Tests.Docs;

/// <summary>The about topics: they fit a console, name every cmdlet, and nothing that does not exist.</summary>
public sealed partial class AboutTopicTests
{
    private static readonly string[] Headings = ["TOPIC", "SHORT DESCRIPTION", "LONG DESCRIPTION", "SEE ALSO"];
    private static readonly string[] OfPowerShell = ["about_Try_Catch_Finally", "about_Preference_Variables"];

    private static readonly string[] Cmdlets =
        [.. ExportedName().Matches(File.ReadAllText(Repository.Manifest)).Select(match => match.Groups["name"].Value)];

    private static readonly string[] Names =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "en-US"), "about_*.help.txt").Select(file => Path.GetFileName(file).Replace(".help.txt", string.Empty, StringComparison.Ordinal)).Order()];

    public static TheoryData<string> Topics => [.. Names];

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_line_fits_eighty_columns(string topic) =>
        Assert.DoesNotContain(Lines(topic), line => line.Length > 80 || line.Contains('\t', StringComparison.Ordinal) || line.EndsWith(' '));

    [Theory]
    [MemberData(nameof(Topics))]
    public void It_has_the_headings_of_an_about_topic_in_their_order(string topic)
    {
        string[] lines = Lines(topic);
        Assert.Equal(Headings, lines.Where(Headings.Contains));
        Assert.Equal(topic, lines[1].Trim());
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_it_says_to_see_exists(string topic)
    {
        string[] named = SeeAlso(topic);
        Assert.NotEmpty(named);
        string[] known = [.. Cmdlets, .. Names, .. OfPowerShell];
        Assert.Empty(named.Except(known));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Every_cmdlet_that_it_names_exists(string topic)
    {
        IEnumerable<string> named = OwnName().Matches(string.Join('\n', Lines(topic))).Select(match => match.Value);
        Assert.Empty(named.Except(Cmdlets).Distinct());
    }

    [Fact]
    public void The_first_one_names_every_cmdlet_and_every_other_topic() =>
        Assert.Empty(Cmdlets.Concat(Names).Except(SeeAlso("about_GptChat")).Except(["about_GptChat"]));

    private static string[] Lines(string topic) => File.ReadAllLines(Path.Combine(Repository.Root, "en-US", topic + ".help.txt"));

    private static string[] SeeAlso(string topic) =>
        [.. Lines(topic).SkipWhile(line => line != "SEE ALSO").Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)];

    [GeneratedRegex(@"^\s+'(?<name>\w+-Gpt\w+)'", RegexOptions.Multiline)]
    private static partial Regex ExportedName();

    // Also those that are cut short in a list, as in 'Get-, Copy- and Clear-GptConversation', are named in full at its end.
    [GeneratedRegex(@"\b[A-Z][a-z]+-Gpt\w+")]
    private static partial Regex OwnName();
}
