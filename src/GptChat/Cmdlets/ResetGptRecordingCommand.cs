using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;
using GptChat.Recording;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Lets recordings answer from their beginning again.</para>
/// <para type="description">A session remembers which answers of a recording it has given, so that repeated requests go on where they were. A test that replays a file a second time starts over with this. Files are not touched.</para>
/// </summary>
[Cmdlet(VerbsCommon.Reset, "GptRecording", HelpUri = HelpPage.Folder + "Reset-GptRecording.md")]
public sealed class ResetGptRecordingCommand : GptCmdlet
{
    /// <summary>Recordings, as the paths of files. All that have answered in this session if not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RecordingFileCompleter))]
    public string[]? Path { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        var paths = new PathResolver(this);
        IEnumerable<ExchangeFile?> files = Path is null ? Session.Recordings.All : Path.Select(path => Session.Recordings.Find(paths.Literal(path)));
        foreach (ExchangeFile? file in files) file?.StartOver();
    }
}
