using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GptChat.Tests;

/// <summary>All that came out of a script.</summary>
internal sealed class Outcome
{
    public Outcome(PowerShell shell, IEnumerable<PSObject> output, RuntimeException? failure)
    {
        Output = [.. output];
        Failure = failure;
        Errors = [.. shell.Streams.Error];
        Warnings = shell.Streams.Warning.Select(record => record.Message).ToArray();
        Verbose = shell.Streams.Verbose.Select(record => record.Message).ToArray();
        Debug = shell.Streams.Debug.Select(record => record.Message).ToArray();
        Information = [.. shell.Streams.Information];
        Progress = [.. shell.Streams.Progress];
    }

    public IReadOnlyList<PSObject> Output { get; }

    /// <summary>What ended the script; null if it ran to its end.</summary>
    public RuntimeException? Failure { get; }

    public IReadOnlyList<ErrorRecord> Errors { get; }

    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<string> Verbose { get; }

    public IReadOnlyList<string> Debug { get; }

    public IReadOnlyList<InformationRecord> Information { get; }

    public IReadOnlyList<ProgressRecord> Progress { get; }

    /// <summary>The outcome itself, or an exception that says what went wrong in the script.</summary>
    public Outcome RequireSuccess()
    {
        if (Failure is not null) throw new InvalidOperationException("The script failed: " + Failure.ErrorRecord, Failure);
        if (Errors.Count > 0) throw new InvalidOperationException("The script wrote an error: " + Errors[0], Errors[0].Exception);
        return this;
    }
}
