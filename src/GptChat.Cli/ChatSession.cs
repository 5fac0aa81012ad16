using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace GptChat.Cli;

/// <summary>One call of Invoke-GptChat in an engine of its own: standard input in, text out as it arrives.</summary>
internal sealed class ChatSession(string[] arguments, TextOutput output)
{
    private static readonly string[] OwnOutput = ["Stream", "Live", "WhatIf", "Repair"];
    private static readonly string[] UsageErrors = ["GptChat.InvalidParameter", "GptChat.NoPrompt"];

    private volatile bool _isInterrupted;
    private bool _hasFailed;
    private bool _isUsage;

    /// <summary>Runs the call.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        if (ModuleLocation.Find() is not { } manifest)
        {
            Console.Error.WriteLine("gptchat: the module GptChat is neither beside this program nor above its folder: build the solution, or install the program again.");
            return ExitCode.Failure;
        }

        using PowerShell shell = PowerShell.Create();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, shell));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, shell));

        // Read before the engine starts: a stop ends the program at once while it waits for input.
        string[]? lines = StandardInput.IsGiven ? StandardInput.ReadLines() : null;
        using Runspace runspace = Open(manifest);
        Runspace.DefaultRunspace = runspace;
        shell.Runspace = runspace;
        Compose(shell, hasInput: lines is not null);
        Pump(shell, lines ?? []);
        output.EndLine();
        if (output.Problem is { } problem)
        {
            output.Say("The answer cannot be written to standard output: " + problem);
            return ExitCode.Failure;
        }

        if (_isInterrupted) return ExitCode.Interrupted;
        return _isUsage ? ExitCode.Usage : _hasFailed ? ExitCode.Failure : ExitCode.Success;
    }

    private Runspace Open(string manifest)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule([manifest]);
        Runspace runspace = RunspaceFactory.CreateRunspace(new CliHost(output), state);
        runspace.Open();
        return runspace;
    }

    private void Compose(PowerShell shell, bool hasInput)
    {
        string command = CommandLine.Compose(arguments);
        HashSet<string> bound = CommandLine.BoundParameters(command);
        if (!bound.Overlaps(OwnOutput)) command += " -Stream";

        // Who looks at a recording sees it come as it came; a script wants it at once.
        if (bound.Contains("Replay") && !bound.Contains("ReplaySpeed") && !Console.IsOutputRedirected) command += " -ReplaySpeed 1";
        shell.AddScript(hasInput ? "$input | " + command : command);
    }

    private void Pump(PowerShell shell, string[] lines)
    {
        using var input = new PSDataCollection<string>(lines);
        input.Complete();
        using var results = new PSDataCollection<PSObject>();

        // Written where it is output, on the pipeline's thread: so it stays in order with what the host says in between.
        results.DataAdded += (_, _) =>
        {
            foreach (PSObject result in results.ReadAll()) Write(shell, result);
        };
        shell.Streams.Error.DataAdded += (_, added) => Fail(shell.Streams.Error[added.Index]);
        IAsyncResult running = shell.BeginInvoke(input, results);
        try
        {
            shell.EndInvoke(running);
        }
        catch (PipelineStoppedException)
        {
            // Ours: the user's Ctrl+C, or a reader that wants no more.
        }
        catch (RuntimeException failure)
        {
            Fail(failure.ErrorRecord);
        }
    }

    private void Write(PowerShell shell, PSObject result)
    {
        // A piece of a stream goes on where the last one ended, up to the piece that ends the answer; everything else is a line.
        // Of several answers to one question the first is shown, as in a reply.
        if (!result.TypeNames.Contains("GptChat.GptChunk")) output.WriteLine(JsonLine.Of(result) ?? result.ToString());
        else if (result.Properties["Response"].Value is not null) EndAnswer(result.ToString());
        else if (result.Properties["Index"].Value is 0) output.Write(result.ToString());
        if (output.IsClosed) shell.BeginStop(null, null);
    }

    private void EndAnswer(string rest)
    {
        output.Write(rest);
        output.EndLine();
    }

    private void Fail(ErrorRecord error)
    {
        if (_isInterrupted || output.IsClosed) return;
        _hasFailed = true;
        _isUsage |= error.Exception is ParameterBindingException or ParseException || UsageErrors.Any(id => error.FullyQualifiedErrorId.StartsWith(id, StringComparison.Ordinal));
        if (error.FullyQualifiedErrorId.StartsWith("GptChat.NoConnection", StringComparison.Ordinal))
        {
            // The cmdlet's own advice is for PowerShell.
            output.Say(HelpText.NoConnection);
            return;
        }

        bool isUnquoted = error.FullyQualifiedErrorId.StartsWith("PositionalParameterNotFound", StringComparison.Ordinal);
        output.Say(error + (isUnquoted ? " Put a prompt of several words in quotes." : string.Empty));
    }

    private void Stop(PosixSignalContext signal, PowerShell shell)
    {
        _isInterrupted = true;
        if (shell.InvocationStateInfo.State != PSInvocationState.Running)
        {
            // Nothing runs yet: it waits for standard input, or the engine starts.
            Environment.Exit(ExitCode.Interrupted);
        }

        signal.Cancel = true;
        shell.BeginStop(null, null);
    }
}
