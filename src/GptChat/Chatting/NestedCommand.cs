using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GptChat.Chatting;

/// <summary>
/// A command that runs inside the chat, in a pipeline of its own, which can be stopped by itself. So the chat has no second way to do
/// anything: what it does is what the module's cmdlets do.
/// </summary>
internal sealed class NestedCommand : IDisposable
{
    private const string Script = "param($GptChatCommand, $GptChatParameters) & $GptChatCommand @GptChatParameters";

    private readonly PowerShell _shell = PowerShell.Create(RunspaceMode.CurrentRunspace);

    /// <summary>One of the module's cmdlets, whatever else has its name.</summary>
    public static NestedCommand Of<TCmdlet>(Hashtable parameters)
        where TCmdlet : PSCmdlet
    {
        var attribute = (CmdletAttribute)Attribute.GetCustomAttribute(typeof(TCmdlet), typeof(CmdletAttribute))!;
        var command = new NestedCommand();
        command._shell.AddScript(Script, useLocalScope: true)
            .AddArgument(new CmdletInfo(attribute.VerbName + "-" + attribute.NounName, typeof(TCmdlet))).AddArgument(parameters);
        return command;
    }

    /// <summary>A line of the user's, in the user's own scope, shown as at a prompt.</summary>
    public static NestedCommand OfLine(string line)
    {
        var command = new NestedCommand();
        command._shell.AddScript(line, useLocalScope: false);
        command._shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        command._shell.AddCommand("Out-Default");
        return command;
    }

    /// <summary>Whether it was stopped, and not by itself.</summary>
    public bool IsStopped => _shell.InvocationStateInfo.State == PSInvocationState.Stopped;

    /// <summary>Runs it, and hands over what it outputs as it comes.</summary>
    /// <returns>What it said of errors that ended nothing.</returns>
    public IReadOnlyList<ErrorRecord> Run(Action<PSObject> heard)
    {
        using var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, _) =>
        {
            foreach (PSObject item in output.ReadAll()) heard(item);
        };
        _shell.Invoke(null, output);
        return new List<ErrorRecord>(_shell.Streams.Error);
    }

    /// <summary>Stops it from another thread, without waiting.</summary>
    public void Stop()
    {
        try
        {
            _shell.BeginStop(null, null);
        }
        catch (ObjectDisposedException)
        {
            // It had just ended by itself.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _shell.Dispose();
}
