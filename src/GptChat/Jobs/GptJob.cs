using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;

namespace GptChat;

/// <summary>
/// A call that goes on in the background: what <c>Invoke-GptChat -AsJob</c> outputs. It lives in the process, so what comes out of
/// it are the very objects that the call would have output.
/// </summary>
public sealed class GptJob : Job
{
    private readonly object _gate = new();
    private readonly PowerShell _shell;
    private readonly Runspace _owner;
    private bool _isOver;

    /// <summary>A job that is ready to start.</summary>
    /// <param name="command">What it does, for people.</param>
    /// <param name="name">Its name; null for one that the engine makes up.</param>
    /// <param name="location">Where it asks.</param>
    /// <param name="shell">What runs, in an open runspace of its own.</param>
    /// <param name="owner">The runspace whose job it is; the job ends with it.</param>
    internal GptJob(string command, string? name, string location, PowerShell shell, Runspace owner)
        : base(command, name)
    {
        PSJobTypeName = "GptChatJob";
        Location = location;
        _shell = shell;
        _owner = owner;

        // Who enumerates a stream gets what there is, as Receive-Job does.
        Output.EnumeratorNeverBlocks = true;
        shell.Streams.Error = Error;
        shell.Streams.Warning = Warning;
        shell.Streams.Verbose = Verbose;
        shell.Streams.Debug = Debug;
        shell.Streams.Progress = Progress;
        shell.Streams.Information = Information;
        shell.InvocationStateChanged += OnShellState;
    }

    /// <summary>Where it asks: the host of the connection.</summary>
    public override string Location { get; }

    /// <summary>Why it failed: what the call would have thrown; else null. Receive-Job writes it as the call would have.</summary>
    public ErrorRecord? Reason { get; private set; }

    /// <summary>Why it failed; else empty.</summary>
    public override string StatusMessage => Reason?.Exception.Message ?? string.Empty;

    /// <summary>Whether there is something that Receive-Job has not taken yet.</summary>
    public override bool HasMoreData =>
        Output.Count > 0 || Error.Count > 0 || Warning.Count > 0 || Verbose.Count > 0 || Debug.Count > 0 || Progress.Count > 0 || Information.Count > 0;

    /// <summary>Ends the call and waits until it has ended.</summary>
    public override void StopJob()
    {
        // Not with Stop, which looks at the shell again after its end, when it may be disposed already.
        lock (_gate)
        {
            if (_isOver) return;
            _shell.BeginStop(null, null);
        }

        Finished.WaitOne();
    }

    /// <summary>Starts it.</summary>
    /// <param name="input">What goes into the pipeline of the job.</param>
    internal void Start(PSDataCollection<object> input)
    {
        _owner.StateChanged += OnOwnerState;
        _shell.BeginInvoke(input, Output);
    }

    /// <summary>Ends it if it still runs, and gives up what it holds.</summary>
    /// <param name="disposing">Whether it is disposed rather than finalized.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing) StopJob();
        base.Dispose(disposing);
    }

    private void OnShellState(object? sender, PSInvocationStateChangedEventArgs changed)
    {
        switch (changed.InvocationStateInfo.State)
        {
            case PSInvocationState.Running:
                SetJobState(JobState.Running);
                break;
            case PSInvocationState.Completed:
                End(JobState.Completed);
                break;
            case PSInvocationState.Stopped:
                End(JobState.Stopped);
                break;
            case PSInvocationState.Failed:
                // In the stream it keeps the id that scripts compare with; as the state's reason it would be JobStateFailed, as
                // whatever fails a job.
                Reason = (changed.InvocationStateInfo.Reason as IContainsErrorRecord)?.ErrorRecord
                    ?? new ErrorRecord(changed.InvocationStateInfo.Reason, "GptChat.Job", ErrorCategory.NotSpecified, this);
                Error.Add(Reason);
                End(JobState.Failed);
                break;
            default:
                break;
        }
    }

    private void End(JobState state)
    {
        lock (_gate) _isOver = true;
        _owner.StateChanged -= OnOwnerState;
        SetJobState(state);

        // A runspace cannot be closed on the thread that tells of its pipeline's end.
        _ = Task.Run(() =>
        {
            Runspace runspace = _shell.Runspace;
            _shell.Dispose();
            runspace.Dispose();
        });
    }

    /// <summary>The engine ends only its own kinds of jobs with a session.</summary>
    private void OnOwnerState(object? sender, RunspaceStateEventArgs changed)
    {
        if (changed.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken) _ = Task.Run(StopJob);
    }
}
