using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Recording;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Tells how much of a recording has answered in this session.</para>
/// <para type="description">Unused lists the recorded requests that nobody made: a test asserts that there are none. Without -Path: all recordings that have answered in this session.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "GptRecording", HelpUri = HelpPage.Folder + "Get-GptRecording.md")]
[OutputType(typeof(GptRecording))]
public sealed class GetGptRecordingCommand : GptCmdlet
{
    /// <summary>Recordings, as the paths of files. Those that this session has not used yet are read, with nothing of them used.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecordingFileCompleter))]
    public string[]? Path { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        var role = new FileRole(GptErrorKind.RecordingNotUsable, "recording", "-Path");
        foreach (ExchangeFile file in Files()) WriteObject(GptRecording.Of(Read(file, role), role));
    }

    private IEnumerable<ExchangeFile> Files()
    {
        var paths = new PathResolver(this);
        return Path is null ? Session.Recordings.All : Path.Select(path => paths.Literal(path)).Select(path => Session.Recordings.Find(path) ?? new ExchangeFile(path));
    }

    /// <summary>A file that is in use is counted as it was read; what others have done to it since is for the next call to find.</summary>
    private ExchangeFile Read(ExchangeFile file, FileRole role)
    {
        if (file.Entries.Length == 0) file.Refresh(role, startsOver: true, StopToken);
        return file;
    }
}
