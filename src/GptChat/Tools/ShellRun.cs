using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Threading;

namespace GptChat.Tools;

/// <summary>Runs a prepared pipeline to its end, to the end of its time, or until it has said enough, and puts in words what came of it.</summary>
internal static class ShellRun
{
    private const int MostErrors = 20;
    private const int LongestError = 2000;
    private static readonly TimeSpan StopIsNear = TimeSpan.FromSeconds(2);

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
        bool isEnded = false;
        try
        {
            Wait(shell, output, stop);
        }
        catch (PipelineStoppedException)
        {
            // Elsewhere the end comes as an exception, and a script can throw it.
            isEnded = true;
        }
        catch (Exception thrown) when (thrown is IContainsErrorRecord and not PipelineStoppedException)
        {
            failure = thrown;
        }

        stop.ThrowIfCancellationRequested();

        // Ended from here, it is late or has said enough. Else the user stops, and the engine stops what runs inside a moment before it
        // tells the command that runs it; where that moment passes, the tool has stopped itself.
        isEnded |= shell.InvocationStateInfo.State == PSInvocationState.Stopped;
        if (isEnded && !Volatile.Read(ref isLate) && !heard.IsCut)
        {
            if (stop.WaitHandle.WaitOne(StopIsNear)) throw new PipelineStoppedException();
            failure = new RuntimeException("The tool stopped itself.");
        }

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

    /// <summary>What the model is told: the output, cut where it is too long, and the errors behind it, which no cut takes away.</summary>
    private static ToolResult Told(PowerShell shell, ToolOutput heard, ToolLimits limits, bool isLate, Exception? failure, CancellationToken stop)
    {
        string output = heard.Text(stop);
        bool hasOutput = output.Length > 0;
        var text = new StringBuilder(ToolText.Cut(output, limits.MaxLength, heard.IsCut));
        foreach (ErrorRecord error in shell.Streams.Error.Take(MostErrors)) Line(text, Message(error));
        if (failure is not null) Line(text, Message(((IContainsErrorRecord)failure).ErrorRecord ?? new ErrorRecord(failure, "Tool", ErrorCategory.NotSpecified, null)));
        if (isLate)
        {
            Line(text, "The tool was ended: it took longer than " + limits.Timeout!.Value.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s.");
            return new ToolResult(GptToolOutcome.TimedOut, text.ToString());
        }

        // Nobody ran anything where the arguments could not be bound.
        bool isUnbound = failure is ParameterBindingException || (!hasOutput && shell.Streams.Error.FirstOrDefault()?.Exception is ParameterBindingException);
        bool isFailed = failure is not null || (!hasOutput && shell.Streams.Error.Count > 0);
        if (text.Length == 0) text.Append("The command ended and returned nothing.");
        return new ToolResult(isUnbound ? GptToolOutcome.Invalid : isFailed ? GptToolOutcome.Failed : GptToolOutcome.Succeeded, text.ToString());
    }

    private static string Message(ErrorRecord error) => error.ErrorDetails?.Message ?? error.Exception?.Message ?? error.ToString();

    private static void Line(StringBuilder text, string error)
    {
        if (text.Length > 0) text.Append('\n');
        text.Append("ERROR: ").Append(ToolText.Cut(error, LongestError));
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
