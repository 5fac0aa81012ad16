using System.Management.Automation;
using System;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Recording;
using GptChat.Transport;

namespace GptChat.Cmdlets;

/// <content>Files that answer instead of a server, and files that keep what a server answered.</content>
public sealed partial class InvokeGptChatCommand
{
    private RecordingChoice? _ownRecording;
    private RecordingChoice? _environmentRecording;
    private RecordingChoice? _recording;
    private string? _ownCache;
    private CacheChoice? _cache;
    private IChatTransport? _transport;

    /// <summary>A file to which the exchange is added, for -Replay. It holds no key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecordingFileCompleter))]
    [TextArgument(IsPath = true)]
    public string? Record { get; set; }

    /// <summary>A recording that answers instead of a server; no network and no key is needed.</summary>
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

    /// <summary>How fast a recorded stream is played: 1 as it came, 2 twice as fast, 0 (the default) without waiting.</summary>
    [Parameter]
    [ValidateRange(0.0, 1000.0)]
    [NumberArgument]
    public double ReplaySpeed { get; set; }

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

    /// <summary>Whether a recording is all that answers, as far as is known before the connection is.</summary>
    private RecordingMode? EarlyMode => (_ownRecording ?? _environmentRecording)?.Mode;

    /// <summary>Whether nothing can be sent.</summary>
    private bool IsReplayed => _recording?.Mode == RecordingMode.Replay;

    /// <summary>Reads what the call and the environment say, before anything is read from the pipe.</summary>
    private void ReadRecording(PathResolver paths)
    {
        if (_run is not null)
        {
            (_recording, _cache) = (_run.Recording, _run.Cache);
            return;
        }

        _ownRecording = RecordingArguments.Recording(paths, Record, Replay, ReplayOrRecord);
        if (_ownRecording is null) _environmentRecording = RecordingArguments.FromEnvironment(paths);
        _ownCache = Cache is null ? null : paths.Literal(Cache);
        if (IsBound(nameof(CacheExpiry))) RecordingArguments.RequireTime(CacheExpiry, nameof(CacheExpiry));
    }

    /// <summary>The call's own word comes first, then its connection's, then the environment's.</summary>
    private void ChooseRecording(GptConnection connection)
    {
        _recording = _ownRecording ?? connection.Recording ?? _environmentRecording;
        _cache = _ownCache is not null ? new CacheChoice(_ownCache, null, "-Cache") : connection.CacheOfCalls;
        if (_cache is not null && IsBound(nameof(CacheExpiry))) _cache = _cache with { Expiry = CacheExpiry };
        RequireOneOf(nameof(ReplaySpeed), _recording is { Mode: not RecordingMode.Record }, "-Replay or -ReplayOrRecord", "It applies to recorded answers.");
        RequireOneOf(nameof(CacheExpiry), _cache is not null, "-Cache", "It says how long an answer of the cache is good for.");
        if (_recording is null) return;
        WriteVerbose(_recording + ", as " + _recording.Source + " says.");

        // A recording is to have all that is asked, and one that answers is to have the only word.
        if (_cache is not null) WriteVerbose("The cache " + _cache.Path + " is not used beside a recording.");
        _cache = null;
    }

    /// <summary>What the table of rules cannot know: a connection or the environment may have given the other one.</summary>
    private void RequireOneOf(string parameter, bool isThere, string needs, string why)
    {
        if (isThere || !IsBound(parameter)) return;
        throw new GptChatException(GptErrorKind.InvalidParameter, "-" + parameter + " needs " + needs) { Hint = why + " Neither the call nor its connection names one. Nothing was sent." };
    }

    /// <summary>Whether a file has the answer, so that nothing will be sent.</summary>
    private bool IsHeld(ChatCall call) => Transport() is IAnswerFile file && file.Holds(call);

    private IChatTransport Transport() => _transport ??= ChooseTransport();

    private IChatTransport ChooseTransport()
    {
        if (_cache is not null) return new CacheTransport(HttpTransport.Instance, Session.Caches.Of(_cache.Path), _cache.Role, _cache.Expiry);
        if (_recording is null) return HttpTransport.Instance;
        if (_recording.Mode == RecordingMode.Record)
        {
            RecordingFile.RequireWritable(_recording.Path, _recording.Role, StopToken);
            return new RecordingTransport(HttpTransport.Instance, _recording.Path, _recording.Role);
        }

        ExchangeFile file = Session.Recordings.Of(_recording.Path);
        FileRole role = _recording.Role;
        file.Refresh(role, startsOver: IsReplayed, StopToken);
        if (IsReplayed) return new ReplayTransport(file, role) { Speed = ReplaySpeed };
        return new ReplayTransport(file, role, new MissTransport(file, role, HttpTransport.Instance)) { Speed = ReplaySpeed };
    }
}
