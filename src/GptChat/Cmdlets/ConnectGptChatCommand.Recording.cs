using System.Linq;
using System.Management.Automation;
using System;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Recording;

namespace GptChat.Cmdlets;

/// <content>Files that answer the calls of a connection, or keep what they were answered. A call's own parameters come first.</content>
public sealed partial class ConnectGptChatCommand
{
    // What a connection can say of itself without a server.
    private static readonly string[] OfNoServer = { nameof(Replay), nameof(Name), nameof(Model), nameof(PassThru) };

    /// <summary>A file to which every exchange is added, for -Replay. It holds no key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecordingFileCompleter))]
    [TextArgument(IsPath = true)]
    public string? Record { get; set; }

    /// <summary>A recording that answers instead of the server. No key is needed then, and no address either.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecordingFileCompleter))]
    [TextArgument(IsPath = true)]
    public string? Replay { get; set; }

    /// <summary>A recording that answers what it holds. Everything else is sent, and its answer is added to it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecordingFileCompleter))]
    [TextArgument(IsPath = true)]
    public string? ReplayOrRecord { get; set; }

    /// <summary>A file that keeps whole answers: the same request is answered from it the next time, and nothing is sent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecordingFileCompleter))]
    [TextArgument(IsPath = true)]
    public string? Cache { get; set; }

    /// <summary>How long an answer of the cache is good for, such as 12h, '30 days' or a TimeSpan; for ever if not given.</summary>
    [Parameter]
    [TimeSpanArgument]
    [ArgumentCompleter(typeof(TimeSpanCompleter))]
    public TimeSpan CacheExpiry { get; set; }

    /// <summary>Whether nothing is said but which recording answers.</summary>
    private bool IsRecordingAlone => Replay is not null
        && MyInvocation.BoundParameters.Keys.All(name => OfNoServer.Contains(name, StringComparer.OrdinalIgnoreCase) || CommonParameters.Contains(name) || OptionalCommonParameters.Contains(name));

    private RecordingChoice? Recording(string? name) => RecordingArguments.Recording(new PathResolver(this), Record, Replay, ReplayOrRecord, Source(name));

    private CacheChoice? CacheOf(string? name)
    {
        TimeSpan? expiry = MyInvocation.BoundParameters.ContainsKey(nameof(CacheExpiry)) ? CacheExpiry : null;
        RecordingArguments.RequireTime(expiry, nameof(CacheExpiry));
        return Cache is null ? null : new CacheChoice(new PathResolver(this).Literal(Cache), expiry, Source(name));
    }

    private static string Source(string? name) => name is null ? "Connect-GptChat" : "the connection '" + name + "'";
}
