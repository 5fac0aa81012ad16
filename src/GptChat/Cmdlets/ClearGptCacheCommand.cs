using System.Globalization;
using System.Management.Automation;
using System;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Recording;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Takes answers out of a cache that -Cache has written.</para>
/// <para type="description">The file stays, and with it exchanges that -Record has added to it. It is replaced as a whole, so that a kill leaves the old one or the new one.</para>
/// </summary>
[Cmdlet(VerbsCommon.Clear, "GptCache", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpPage.Folder + "Clear-GptCache.md")]
public sealed class ClearGptCacheCommand : GptCmdlet
{
    /// <summary>The caches, as the paths of files.</summary>
    [Parameter(Position = 0)]
    [AllowNull]
    [ArgumentCompleter(typeof(RecordingFileCompleter))]
    public string[]? Path { get; set; }

    /// <summary>Take out only answers that are older, such as 12h, '30 days' or a TimeSpan.</summary>
    [Parameter]
    [TimeSpanArgument]
    [ArgumentCompleter(typeof(TimeSpanCompleter))]
    public TimeSpan OlderThan { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (Path is not { Length: > 0 }) throw new GptChatException(GptErrorKind.InvalidParameter, "-Path says which cache is to be cleared, and it is missing") { Hint = "Give the file that -Cache was given. Nothing was changed." };
        bool isLimited = MyInvocation.BoundParameters.ContainsKey(nameof(OlderThan));
        if (isLimited) RecordingArguments.RequireTime(OlderThan, nameof(OlderThan));
        var paths = new PathResolver(this);
        foreach (string path in Path) Clear(paths.Literal(path), isLimited ? OlderThan : null);
    }

    private void Clear(string path, TimeSpan? olderThan)
    {
        CacheCleaner cleaner = CacheCleaner.Look(path, olderThan, FileRole.Cache("-Path"), StopToken);
        string what = string.Format(CultureInfo.InvariantCulture, "Take {0} of {1} answers out of {2}", cleaner.Removed, cleaner.Removed + cleaner.Kept, path);
        if (ShouldProcess(what, what + "?", "Clear-GptCache")) cleaner.Clear(StopToken);
    }
}
