using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;

namespace GptChat.Tools;

/// <summary>
/// Runs a command or a script block in the caller's own runspace, on its thread. A pipeline of its own with a scope of its own is
/// what keeps exit, break, continue and throw inside.
/// </summary>
/// <param name="command">A CommandInfo or a ScriptBlock.</param>
/// <param name="source">What it is, for people.</param>
/// <param name="parameters">The parameters that the model may give.</param>
/// <param name="bound">The parameters that the user gives.</param>
/// <param name="asks">Whether the command has a ShouldProcess of its own, which would ask a second time.</param>
internal sealed class CommandRunner(object command, string source, IReadOnlyDictionary<string, ToolParameter> parameters, IDictionary bound, bool asks) : ToolRunner
{
    // The command and its arguments come in as values. Warnings and what is written to the host are taken along, so that they go the
    // caller's way: what the caller redirects or silences stays redirected and silent.
    private const string Script = """
        param($GptToolCommand, $GptToolParameters, $GptToolInput)
        if ($null -eq $GptToolInput) { & $GptToolCommand @GptToolParameters 3>&1 6>&1 } else { $GptToolInput | & $GptToolCommand @GptToolParameters 3>&1 6>&1 }
        """;

    /// <inheritdoc/>
    public override ToolResult Run(PSCmdlet cmdlet, JsonElement arguments, ToolLimits limits, CancellationToken stop)
    {
        Hashtable values = ArgumentValue.Bind(arguments, parameters, bound, asks, out object? input);
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(Script, useLocalScope: true).AddArgument(command).AddArgument(values).AddArgument(input);
        return ShellRun.Run(shell, cmdlet, limits, stop);
    }

    /// <inheritdoc/>
    public override string ToString() => source;
}
