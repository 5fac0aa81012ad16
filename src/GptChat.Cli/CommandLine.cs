using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace GptChat.Cli;

/// <summary>
/// The arguments as a command of PowerShell, for its own parser and binder to make sense of. Names of parameters and the two
/// booleans stay as they are; everything else is quoted and means nothing but itself.
/// </summary>
internal static partial class CommandLine
{
    private const string EndOfParameters = "--";

    /// <summary>The command.</summary>
    public static string Compose(IReadOnlyList<string> arguments)
    {
        var words = new List<string> { "Invoke-GptChat" };
        bool isText = false;
        foreach (string argument in arguments)
        {
            if (!isText && argument == EndOfParameters)
            {
                isText = true;
                continue;
            }

            words.Add(isText ? Quote(argument) : Word(argument));
        }

        return string.Join(' ', words);
    }

    /// <summary>Which parameters the engine's binder finds in a command, by their full names.</summary>
    public static HashSet<string> BoundParameters(string command)
    {
        CommandAst? ast = Parser.ParseInput(command, out _, out _).FindAll(node => node is CommandAst, searchNestedScriptBlocks: false).OfType<CommandAst>().FirstOrDefault();
        return ast is null
            ? new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            : new HashSet<string>(StaticParameterBinder.BindCommand(ast, resolve: true).BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
    }

    private static string Word(string argument)
    {
        Match name = ParameterName().Match(argument);
        if (!name.Success) return Quote(argument);
        string value = name.Groups["value"].Value;
        if (!name.Groups["colon"].Success) return argument;
        return name.Groups["name"].Value + ":" + (Boolean().IsMatch(value) ? value : Quote(value));
    }

    private static string Quote(string text) => "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";

    [GeneratedRegex(@"^(?<name>-[A-Za-z][A-Za-z]*)(?:(?<colon>:)(?<value>.*))?$", RegexOptions.Singleline)]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"^\$(?:true|false|null)$", RegexOptions.IgnoreCase)]
    private static partial Regex Boolean();
}
