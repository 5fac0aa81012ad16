using System.Linq;
using System.Management.Automation;
using GptChat.CommandLine;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Removes the key that Set-GptKeyHandler has bound.</para>
/// <para type="description">The key is free then: what PSReadLine had bound to it comes back with Set-PSReadLineKeyHandler or Set-PSReadLineOption -EditMode.</para>
/// </summary>
[Cmdlet(VerbsCommon.Remove, "GptKeyHandler", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, HelpUri = HelpPage.Folder + "Remove-GptKeyHandler.md")]
public sealed class RemoveGptKeyHandlerCommand : GptCmdlet
{
    /// <inheritdoc/>
    private protected override void End()
    {
        LineEditor editor = LineEditor.Of(this);
        string[] chords = editor.ChordsOf(CommandKey.Function);
        if (chords.Length == 0)
        {
            WriteVerbose("No key asks for a command.");
            return;
        }

        foreach (string chord in chords.Where(chord => ShouldProcess(chord, "Remove the key that asks for a command"))) editor.Unbind(new[] { chord });
    }
}
