using System.Collections.Generic;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using GptChat.Cmdlets;
using GptChat.Connections;
using GptChat.Recording;
using GptChat.Wire;

namespace GptChat.Jobs;

/// <summary>
/// What the call that starts a job has settled for it: the job must not read parameters again whose values may run script, and
/// must go where the session stood when it was called.
/// </summary>
/// <param name="Destination">Where requests go.</param>
/// <param name="Parameters">Their members beside the messages.</param>
/// <param name="Headers">Their own headers.</param>
/// <param name="GatewayOption">What a gateway is told.</param>
internal sealed record JobRun(Destination Destination, ChatParameters Parameters, IReadOnlyList<HeldHeader> Headers, GptGatewayOption? GatewayOption)
{
    private static readonly ConditionalWeakTable<Runspace, JobRun> Runs = new();

    /// <summary>The recording that it uses; null for none. Its path is the caller's: the job has a location of its own.</summary>
    public RecordingChoice? Recording { get; init; }

    /// <summary>The cache that it uses; null for none.</summary>
    public CacheChoice? Cache { get; init; }

    /// <summary>How many items it asks about; null for a job that is one request.</summary>
    public int? Items { get; init; }

    /// <summary>That of the job in whose runspace this thread works; null outside jobs.</summary>
    public static JobRun? Current => Runspace.DefaultRunspace is { } runspace && Runs.TryGetValue(runspace, out JobRun? run) ? run : null;

    /// <summary>Makes it that of a runspace.</summary>
    public void Settle(Runspace runspace) => Runs.Add(runspace, this);
}
