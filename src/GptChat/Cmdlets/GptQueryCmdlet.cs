using System.Management.Automation;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Recording;
using GptChat.Transport;

namespace GptChat.Cmdlets;

/// <summary>What cmdlets share that ask a server about itself: which one, and how long each stage may take.</summary>
public abstract class GptQueryCmdlet : GptCmdlet
{
    /// <summary>Seconds (or a time such as 2m) until the connection must stand; 0 means no limit.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double ConnectionTimeoutSeconds { get; set; } = 10;

    /// <summary>Seconds (or a time such as 2m) until the answer must begin; 0 means no limit.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double ResponseTimeoutSeconds { get; set; } = 100;

    /// <summary>Seconds (or a time such as 2m) for which an answer that has begun may fall silent; 0 means no limit.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double OperationTimeoutSeconds { get; set; } = 30;

    private RecordingChoice? _environmentRecording;

    /// <summary>The limits as they are used.</summary>
    private protected ChatTimeouts Timeouts => new(TimeLimit.From(ConnectionTimeoutSeconds), TimeLimit.From(ResponseTimeoutSeconds), TimeLimit.From(OperationTimeoutSeconds));

    /// <summary>The connection that is meant.</summary>
    /// <param name="given">The value of <c>-Connection</c>.</param>
    /// <param name="warns">Whether something that is odd about the environment is said.</param>
    /// <exception cref="GptChatException">There is none.</exception>
    private protected GptConnection ResolveConnection(object? given, bool warns = true)
    {
        _environmentRecording = RecordingArguments.FromEnvironment(new PathResolver(this));
        GptConnection connection = ConnectionChoice.Resolve(given, null, _environmentRecording?.Mode, Session);
        if (warns && Session.TakeEnvironmentRemark() is { } remark) WriteWarning(remark);
        return connection;
    }

    /// <summary>The recording that answers the calls of a connection instead of its server; null where the server does.</summary>
    private protected RecordingChoice? ReplayOf(GptConnection connection)
    {
        RecordingChoice? recording = connection.Recording ?? _environmentRecording;
        return recording?.Mode == RecordingMode.Replay || connection.IsNowhere ? recording : null;
    }

    /// <summary>
    /// Fails for one of several that are piped in: the others still have their turn. Alone, it ends the command as any failure does.
    /// </summary>
    private protected void ReportFailure(GptChatException failure, object? target)
    {
        if (!MyInvocation.ExpectingInput) throw failure;
        WriteError(ErrorRecords.From(failure, target));
    }
}
