using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Xunit;

namespace GptChat.Tests.Docs;

/// <summary>
/// The examples of the documentation can be read, and name only cmdlets and parameters that exist. They run under Pester
/// (tests/Pester/Examples.Tests.ps1); this is what holds where there is no PowerShell.
/// </summary>
public sealed partial class ExampleTests : ModuleTest
{
    public static TheoryData<string> Pages => new(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md"))
            .Where(file => Blocks(file).Any())
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_example_can_be_read_and_names_what_exists(string page)
    {
        Dictionary<string, CommandInfo> commands = Commands();
        Assert.Contains("Invoke-GptChat", commands.Keys);
        string file = Path.Combine(Repository.Root, page);
        string[] problems =
        [
            .. Blocks(file).SelectMany(block => Problems(block.Text, block.Line, commands)),
            .. Spans(file).SelectMany(span => Slips(Parser.ParseInput(span.Text, out _, out _), span.Line, commands)),
        ];
        Assert.True(problems.Length == 0, $"{page}: {string.Join('\n', problems)}");
    }

    [Theory]
    [InlineData("Invoke-GptChat 'x' -Temprature 1", "Temprature")]
    [InlineData("Invoke-GptChat 'x' -Te 1", null)]
    [InlineData("Invoke-GptChat 'x' -M 1", "-M")]
    [InlineData("1 | ForEach-Object { Invoke-GptChats 'x' }", "Invoke-GptChats")]
    [InlineData("Invoke-GptChat 'x", "terminator")]
    [InlineData("Invoke-GptChat 'x' -ea Stop", null)]
    public void A_slip_is_found(string example, string? named)
    {
        Dictionary<string, CommandInfo> commands = Commands();
        string[] problems = [.. Problems(example, 1, commands)];
        if (named is null) Assert.Empty(problems);
        else Assert.Contains(named, Assert.Single(problems), StringComparison.Ordinal);
    }

    private Dictionary<string, CommandInfo> Commands() =>
        Invoke("Get-Command -Module GptChat").Select(command => (CommandInfo)command.BaseObject).ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Problems(string text, int line, Dictionary<string, CommandInfo> commands)
    {
        Ast script = Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Select(error => $"line {line + error.Extent.StartLineNumber - 1}: {error.Message}").Concat(Slips(script, line, commands));
    }

    private static IEnumerable<string> Slips(Ast script, int line, Dictionary<string, CommandInfo> commands)
    {
        foreach (CommandAst call in script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (call.GetCommandName() is not { } name || !OwnName().IsMatch(name)) continue;
            int at = line + call.Extent.StartLineNumber - 1;
            if (!commands.TryGetValue(name, out CommandInfo? command))
            {
                yield return $"line {at}: there is no {name}";
                continue;
            }

            foreach (CommandParameterAst parameter in call.CommandElements.OfType<CommandParameterAst>())
            {
                if (!Exists(command, parameter.ParameterName)) yield return $"line {at}: {name} has no parameter -{parameter.ParameterName}, or more than one";
            }
        }
    }

    private static bool Exists(CommandInfo command, string name)
    {
        IEnumerable<ParameterMetadata> all = command.Parameters.Values;
        return all.Any(parameter => Is(parameter.Name, name) || parameter.Aliases.Any(alias => Is(alias, name)))
            || all.Count(parameter => parameter.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)) == 1;
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(int Line, string Text)> Blocks(string file)
    {
        string[] lines = File.ReadAllLines(file);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!Fence().IsMatch(lines[i])) continue;
            int start = i + 1;
            int end = Array.FindIndex(lines, start, line => line.Trim() == "```");
            if (end < 0) end = lines.Length;
            if (lines[i].Trim() == "```powershell") yield return (start + 1, string.Join('\n', lines[start..end]));
            i = end;
        }
    }

    /// <summary>Code within sentences and tables, which need not be whole.</summary>
    private static IEnumerable<(int Line, string Text)> Spans(string file) =>
        File.ReadLines(file).SelectMany((line, index) => Span().Matches(line).Select(match => (index + 1, match.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal))));

    [GeneratedRegex("`([^`]*[a-z]-Gpt[^`]*)`")]
    private static partial Regex Span();

    [GeneratedRegex("^\\s*```")]
    private static partial Regex Fence();

    [GeneratedRegex("^[a-z]+-Gpt", RegexOptions.IgnoreCase)]
    private static partial Regex OwnName();
}
