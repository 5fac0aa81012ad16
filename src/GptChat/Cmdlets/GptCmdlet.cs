using System;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Threading;
using GptChat.Hosting;

namespace GptChat.Cmdlets;

/// <summary>What every cmdlet of the module shares: its session, its stop and its way to report a failure.</summary>
[SuppressMessage("Design", "CA1063:Implement IDisposable correctly", Justification = "There is nothing to finalize; the engine calls Dispose.")]
[SuppressMessage("Usage", "CA1816:Dispose methods should call SuppressFinalize", Justification = "There is no finalizer.")]
public abstract class GptCmdlet : PSCmdlet, IDisposable
{
    // Never disposed: what still ends in the background looks at its token.
    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "It has no timer; work that is ending in the background still reads its token.")]
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Fires when the user stops, or when downstream wants no more.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>What GptChat remembers in this runspace.</summary>
    private protected GptSession Session => SessionStore.Of(this);

    /// <summary>Downstream stops (Select-Object -First) reach a cmdlet here and nowhere else.</summary>
    public void Dispose()
    {
        StopWork();
        Close();
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Report(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Report(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Report(End);

    /// <inheritdoc/>
    protected override void StopProcessing() => StopWork();

    /// <summary>Ends whatever is under way.</summary>
    private protected void StopWork() => _stop.Cancel();

    /// <summary>Closes what the command holds open; called however it ends.</summary>
    private protected virtual void Close()
    {
    }

    /// <summary>Runs before the first input.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Runs for every input.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Runs after the last input.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>
    /// A failure of ours ends the command with an error record. Everything else passes: stops, breaks and exits of the
    /// pipeline travel as exceptions through Write calls.
    /// </summary>
    private void Report(Action step)
    {
        try
        {
            step();
        }
        catch (GptChatException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure, failure.Target));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
