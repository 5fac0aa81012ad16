using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GptChat.Tools;

/// <summary>What a command's help says of it and its parameters: the comments of functions and scripts, the help files of cmdlets.</summary>
/// <param name="Synopsis">What it does; null where nothing says so.</param>
/// <param name="Parameters">What its parameters mean, by name in any case.</param>
internal sealed record CommandHelp(string? Synopsis, IReadOnlyDictionary<string, string> Parameters)
{
    private static readonly Dictionary<string, string> NoParameters = new(StringComparer.OrdinalIgnoreCase);
    /// <summary>No help.</summary>
    public static readonly CommandHelp None = new(null, NoParameters);

    // Help files do not change while a process runs, and reading one takes long.
    private static readonly ConcurrentDictionary<string, CommandHelp> OfCmdlets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The help of a command.</summary>
    public static CommandHelp Of(CommandInfo command) => command switch
    {
        FunctionInfo function => OfScript(function.ScriptBlock),
        ExternalScriptInfo script => OfScript(script.ScriptBlock),
        CmdletInfo cmdlet => OfCmdlets.GetOrAdd(cmdlet.ModuleName + "\\" + cmdlet.Name + "\\" + cmdlet.Module?.Version, _ => OfCmdlet(cmdlet)),
        _ => None,
    };

    /// <summary>The help that stands in a script as comments.</summary>
    public static CommandHelp OfScript(ScriptBlock script)
    {
        CommentHelpInfo? help = script.Ast switch
        {
            FunctionDefinitionAst function => function.GetHelpContent(),
            ScriptBlockAst { Parent: FunctionDefinitionAst function } => function.GetHelpContent(),
            ScriptBlockAst block => block.GetHelpContent(),
            _ => null,
        };
        if (help is null) return None;
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> parameter in help.Parameters ?? new Dictionary<string, string>()) parameters[parameter.Key] = parameter.Value;
        string? synopsis = string.IsNullOrWhiteSpace(help.Synopsis) ? help.Description : help.Synopsis;
        return new CommandHelp(string.IsNullOrWhiteSpace(synopsis) ? null : synopsis!.Trim(), parameters);
    }

    private static CommandHelp OfCmdlet(CmdletInfo cmdlet)
    {
        try
        {
            using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddCommand("Microsoft.PowerShell.Core\\Get-Help").AddParameter("Name", string.IsNullOrEmpty(cmdlet.ModuleName) ? cmdlet.Name : cmdlet.ModuleName + "\\" + cmdlet.Name).AddParameter("ErrorAction", ActionPreference.Ignore);
            PSObject? help = shell.Invoke().FirstOrDefault();
            return help is null ? None : new CommandHelp(SynopsisOf(help, cmdlet), ParametersOf(help));
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            // Without help the names and types still say what there is.
            return None;
        }
    }

    /// <summary>Where a cmdlet has no help, its syntax stands there, which the schema says better.</summary>
    private static string? SynopsisOf(PSObject help, CmdletInfo cmdlet)
    {
        string text = help.Properties["Synopsis"]?.Value?.ToString()?.Trim() ?? string.Empty;
        return text.Length == 0 || text.StartsWith(cmdlet.Name, StringComparison.OrdinalIgnoreCase) ? null : text;
    }

    private static Dictionary<string, string> ParametersOf(PSObject help)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (PSObject parameter in Items(Value(Value(help, "parameters"), "parameter")))
        {
            string text = string.Join(" ", Items(Value(parameter, "description")).Select(paragraph => Value(paragraph, "Text")?.ToString())).Trim();
            if (Value(parameter, "name")?.ToString() is { } name && text.Length > 0) parameters[name] = text;
        }

        return parameters;
    }

    private static object? Value(object? item, string name) => item is null ? null : PSObject.AsPSObject(item).Properties[name]?.Value;

    private static IEnumerable<PSObject> Items(object? value) => ((value as PSObject)?.BaseObject ?? value) switch
    {
        null => [],
        IEnumerable list and not string => list.Cast<object?>().Where(item => item is not null).Select(item => PSObject.AsPSObject(item!)),
        _ => [PSObject.AsPSObject(value!)],
    };
}
