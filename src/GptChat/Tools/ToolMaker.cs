using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using GptChat.Input;

namespace GptChat.Tools;

/// <summary>What the user says about a tool beside the command; what is not said comes from the command.</summary>
internal sealed record ToolWishes
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string[]? Parameters { get; init; }

    public string? ParameterSet { get; init; }

    public IDictionary Bound { get; init; } = new Hashtable();

    public bool? IsReadOnly { get; init; }

    public double? TimeoutSec { get; init; }

    public int? MaxResultLength { get; init; }
}

/// <summary>Makes tools of commands: finds them, describes them, and says how they are run.</summary>
internal sealed class ToolMaker(PSCmdlet cmdlet, PSSession? session, CancellationToken stop)
{
    private const CommandTypes Usable = CommandTypes.Alias | CommandTypes.Function | CommandTypes.Filter | CommandTypes.Cmdlet | CommandTypes.ExternalScript | CommandTypes.Application;

    // A script block becomes a function for a moment, in a scope that is gone afterwards: only so does the engine say what its parameters are.
    private const string AsFunction = """
        param($GptToolScript)
        ${function:Invoke-GptTool} = $GptToolScript
        $ExecutionContext.InvokeCommand.GetCommand('Invoke-GptTool', [System.Management.Automation.CommandTypes]::Function)
        """;

    /// <summary>Whether something stands for a command, and not for a tool in the protocol's shape.</summary>
    public static bool IsCommand(object plain) => plain is CommandInfo or ScriptBlock || (plain is string text && text.TrimStart() is not (['{' or '[', ..]));

    /// <summary>The tool of a command.</summary>
    /// <param name="plain">A name, a CommandInfo or a script block.</param>
    /// <param name="wishes">What the user says about it.</param>
    /// <exception cref="GptChatException">There is no such command, or it cannot be a tool.</exception>
    public GptTool Make(object plain, ToolWishes wishes) => plain switch
    {
        ScriptBlock script when session is null => OfScript(script, wishes),
        ScriptBlock script => throw Unusable("A script block is not run in a session", "Name a command of the session.", script),
        string name when session is not null => OfSession(name, wishes),
        CommandInfo command when session is not null => OfSession(command.Name, wishes),
        CommandInfo command => OfCommand(Resolved(command), wishes),
        _ => OfCommand(Resolved(Find((string)plain)), wishes),
    };

    private CommandInfo Find(string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name)) throw Unusable("'" + name + "' has wildcards, and nothing runs that was not named", "Name each tool, or say which: -Tool (Get-Command " + name + ").", name);
        return cmdlet.InvokeCommand.GetCommand(name, Usable) ?? throw Unusable(
            "There is no command '" + name + "' that could be a tool", "Check its name, and that its module is installed: Get-Command " + name + ". A tool in the protocol's shape is a hashtable or JSON.", name);
    }

    private static CommandInfo Resolved(CommandInfo command)
    {
        CommandInfo? plain = command is AliasInfo alias ? alias.ResolvedCommand : command;
        return plain switch
        {
            null => throw Unusable("The alias '" + command.Name + "' leads to no command", "Name the command itself.", command),
            FunctionInfo or CmdletInfo or ExternalScriptInfo => plain,
            _ => throw Unusable("'" + command.Name + "' is a program, and PowerShell knows nothing of its arguments", "Wrap it, and say what the model may give: -Tool { param([string] $Name) " + command.Name + " $Name }.", command),
        };
    }

    private static GptTool OfCommand(CommandInfo command, ToolWishes wishes)
    {
        CommandHelp help = CommandHelp.Of(command);
        CommandShape shape = CommandShape.Of(command);
        CommandDescription description = CommandDescription.Create(shape, help, wishes.ParameterSet, wishes.Parameters, wishes.Bound);
        string name = command is ExternalScriptInfo ? System.IO.Path.GetFileNameWithoutExtension(command.Name) : command.Name;
        string kind = command switch
        {
            CmdletInfo => "PowerShell cmdlet " + command.Name,
            ExternalScriptInfo => "PowerShell script " + name,
            _ => "PowerShell function " + command.Name,
        };
        return Finish(name, help.Synopsis ?? kind, description, new CommandRunner(command, Source(command), description.Parameters, wishes.Bound, shape.HasShouldProcess), ReadOnlyVerbs.Reads(name) && !shape.HasShouldProcess, wishes);
    }

    private GptTool OfSession(string name, ToolWishes wishes)
    {
        CommandShape shape = SessionCommand.Describe(session!, name, stop);

        // What the help says here is most likely true there.
        CommandHelp help = cmdlet.InvokeCommand.GetCommand(name, Usable) is { } here ? CommandHelp.Of(here) : CommandHelp.None;
        CommandDescription description = CommandDescription.Create(shape, help, wishes.ParameterSet, wishes.Parameters, wishes.Bound);
        var runner = new SessionCommand(session!, name, description.Parameters, wishes.Bound, shape.HasShouldProcess);
        return Finish(name, help.Synopsis ?? "PowerShell command " + name, description, runner, ReadOnlyVerbs.Reads(name) && !shape.HasShouldProcess, wishes);
    }

    private static GptTool OfScript(ScriptBlock script, ToolWishes wishes)
    {
        if (wishes.Name is not { } name) throw Unusable("A script block has no name that the model could call it by", "Give it one: New-GptTool { … } -Name Get-Something.", script);
        CommandInfo command = Described(script);
        CommandHelp help = CommandHelp.OfScript(script);
        CommandShape shape = CommandShape.Of(command);
        CommandDescription description = CommandDescription.Create(shape, help, wishes.ParameterSet, wishes.Parameters, wishes.Bound);
        return Finish(name, help.Synopsis, description, new CommandRunner(script, "{" + script + "}", description.Parameters, wishes.Bound, shape.HasShouldProcess), ReadOnlyVerbs.Reads(name) && !shape.HasShouldProcess, wishes);
    }

    private static CommandInfo Described(ScriptBlock script)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(AsFunction, useLocalScope: true).AddArgument(script);
        return (CommandInfo)shell.Invoke().Single().BaseObject;
    }

    private static GptTool Finish(string name, string? text, CommandDescription description, ToolRunner runner, bool reads, ToolWishes wishes)
    {
        string finalName = wishes.Name ?? name;
        ToolDefinitions.RequireName(finalName, "-Name");
        string? shown = wishes.Description ?? text;
        return new GptTool(finalName, shown is null ? null : CommandDescription.Short(shown), description.Schema, runner)
        {
            IsReadOnly = wishes.IsReadOnly ?? reads,
            Timeout = (wishes.TimeoutSec ?? ToolDefaults.TimeoutSec) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaxResultLength = wishes.MaxResultLength ?? ToolDefaults.MaxResultLength,
        };
    }

    private static string Source(CommandInfo command) => string.IsNullOrEmpty(command.ModuleName) ? command.Name : command.ModuleName + "\\" + command.Name;

    private static GptChatException Unusable(string problem, string hint, object target) => new(GptErrorKind.ToolNotUsable, problem) { Hint = hint, Target = target };
}
