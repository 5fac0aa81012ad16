using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using System.Threading;

namespace GptChat.Tools;

/// <summary>
/// Runs a command in a session: on another machine, or at an endpoint that allows some commands and nothing else. Only the command's
/// name and its arguments go there, which is what such an endpoint takes.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="name">The command.</param>
/// <param name="parameters">The parameters that the model may give.</param>
/// <param name="bound">The parameters that the user gives.</param>
/// <param name="asks">Whether the command has a ShouldProcess of its own.</param>
internal sealed class SessionCommand(PSSession session, string name, IReadOnlyDictionary<string, ToolParameter> parameters, IDictionary bound, bool asks) : ToolRunner
{
    /// <summary>What the session says about a command.</summary>
    /// <exception cref="GptChatException">It does not know the command, or does not answer.</exception>
    public static CommandShape Describe(PSSession session, string name, CancellationToken stop)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = session.Runspace;
        shell.AddCommand("Get-Command").AddParameter("Name", name);
        using var found = new PSDataCollection<PSObject>();
        try
        {
            ShellRun.Wait(shell, found, stop);
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            throw Unusable(session, name, failure.Message);
        }

        PSObject command = found.FirstOrDefault() ?? throw Unusable(session, name, shell.Streams.Error.FirstOrDefault()?.ToString() ?? "it does not know it");
        object? sets = (command.Properties["ParameterSets"]?.Value as PSObject)?.BaseObject ?? command.Properties["ParameterSets"]?.Value;
        ParameterSetShape[] shapes = (sets as IEnumerable ?? Array.Empty<object>()).Cast<object?>().Select((syntax, number) => SyntaxShape.Read("Set" + number, syntax?.ToString() ?? string.Empty)).ToArray();
        return new CommandShape(name, shapes.Length > 0 ? shapes : new[] { new ParameterSetShape("Set0", Array.Empty<ParameterShape>()) }, name)
        {
            HasShouldProcess = shapes.Any(set => set.Parameters.Any(parameter => parameter.Is("WhatIf"))),
        };
    }

    /// <inheritdoc/>
    public override ToolResult Run(PSCmdlet cmdlet, JsonElement arguments, ToolLimits limits, CancellationToken stop)
    {
        Hashtable values = ArgumentValue.Bind(arguments, parameters, bound, asks, out _);
        PowerShell shell = PowerShell.Create();
        try
        {
            shell.Runspace = session.Runspace;
            shell.AddCommand(name).AddParameters(values);
            return ShellRun.Run(shell, cmdlet, limits, stop);
        }
        finally
        {
            // Closing waits for the other side, and whoever stopped does not.
            if (stop.IsCancellationRequested) ThreadPool.QueueUserWorkItem(_ => shell.Dispose());
            else shell.Dispose();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => name + " in the session " + session.Name;

    private static GptChatException Unusable(PSSession session, string name, string why) => new(GptErrorKind.ToolNotUsable, "The session '" + session.Name + "' has no command '" + name + "' that could be a tool: " + why)
    {
        Hint = "See what it allows: Invoke-Command -Session $session { Get-Command }. Script blocks are not run in sessions.",
        Target = session,
    };
}
