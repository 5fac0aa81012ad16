using System;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;

namespace GptChat.Tools;

/// <summary>Runs a prepared pipeline to its end, to the end of its time, or until it has said enough, and puts in words what came of it.</summary>
internal static class ShellRun
{
    /// <summary>Runs it on this thread.</summary>
    public static ToolResult Run(PowerShell shell, PSCmdlet cmdlet, ToolLimits limits, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var output = new PSDataCollection<PSObject>();
        bool isLate = false;
        var heard = new ToolOutput(limits, () => End(shell));
        output.DataAdded += (_, added) => heard.Take(output, added.Index);
        using CancellationTokenRegistration stopping = stop.Register(() => End(shell));
        using var clock = new Timer(
            _ =>
            {
                Volatile.Write(ref isLate, true);
                End(shell);
            },
            null,
            limits.Timeout ?? Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        Exception? failure = null;
        try
        {
            Wait(shell, output, stop);
        }
        catch (PipelineStoppedException) when (Volatile.Read(ref isLate) || heard.IsCut)
        {
            // Elsewhere the end comes as an exception.
        }
        catch (Exception thrown) when (thrown is IContainsErrorRecord and not PipelineStoppedException)
        {
            failure = thrown;
        }

        stop.ThrowIfCancellationRequested();

        // The engine stops what runs inside before it tells the command that runs it. Ended from here, it is late or has said enough.
        bool isEnded = shell.InvocationStateInfo.State == PSInvocationState.Stopped;
        if (isEnded && !Volatile.Read(ref isLate) && !heard.IsCut) throw new PipelineStoppedException();
        heard.Forward(cmdlet);
        foreach (WarningRecord warning in shell.Streams.Warning) cmdlet.WriteWarning(warning.Message);
        return Told(shell, heard, limits, isEnded && Volatile.Read(ref isLate) && !heard.IsCut, failure, stop);
    }

    /// <summary>
    /// Runs it, here on this thread; elsewhere this thread waits, and no longer than until the user stops: a machine that has fallen
    /// silent would not even end what it does.
    /// </summary>
    public static void Wait(PowerShell shell, PSDataCollection<PSObject> output, CancellationToken stop)
    {
        if (shell.Runspace?.ConnectionInfo is null)
        {
            shell.Invoke(null, output);
            return;
        }

        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        WaitHandle.WaitAny(new[] { running.AsyncWaitHandle, stop.WaitHandle });
        stop.ThrowIfCancellationRequested();
        shell.EndInvoke(running);
    }

    private static ToolResult Told(PowerShell shell, ToolOutput heard, ToolLimits limits, bool isLate, Exception? failure, CancellationToken stop)
    {
        var text = new StringBuilder(heard.Text(stop));
        bool hasOutput = text.Length > 0;
        foreach (ErrorRecord error in shell.Streams.Error.Take(20)) Line(text, "ERROR: " + Message(error));
        if (failure is not null) Line(text, "ERROR: " + Message(((IContainsErrorRecord)failure).ErrorRecord ?? new ErrorRecord(failure, "Tool", ErrorCategory.NotSpecified, null)));
        if (isLate)
        {
            Line(text, "ERROR: The tool was ended: it took longer than " + limits.Timeout!.Value.TotalSeconds.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + " s.");
            return new ToolResult(GptToolOutcome.TimedOut, ToolText.Cut(text.ToString(), limits.MaxLength));
        }

        // Nobody ran anything where the arguments could not be bound.
        if (failure is ParameterBindingException || (!hasOutput && shell.Streams.Error.FirstOrDefault()?.Exception is ParameterBindingException)) return new ToolResult(GptToolOutcome.Invalid, ToolText.Cut(text.ToString(), limits.MaxLength));
        bool isFailed = failure is not null || (!hasOutput && shell.Streams.Error.Count > 0);
        if (text.Length == 0) text.Append("The command ended and returned nothing.");
        return new ToolResult(isFailed ? GptToolOutcome.Failed : GptToolOutcome.Succeeded, ToolText.Cut(text.ToString(), limits.MaxLength, heard.IsCut));
    }

    private static string Message(ErrorRecord error) => error.ErrorDetails?.Message ?? error.Exception?.Message ?? error.ToString();

    private static void Line(StringBuilder text, string line)
    {
        if (text.Length > 0) text.Append('\n');
        text.Append(line);
    }

    /// <summary>Ends it from another thread, without waiting: a tool inside a call that blocks ends when that returns.</summary>
    private static void End(PowerShell shell)
    {
        try
        {
            shell.BeginStop(null, null);
        }
        catch (ObjectDisposedException)
        {
            // It had just ended by itself.
        }
    }
}
