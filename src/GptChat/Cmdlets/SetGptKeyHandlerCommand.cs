using System.Management.Automation;
using GptChat.CommandLine;
using GptChat.Completion;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Binds a key that turns the text on the command line into a command.</para>
/// <para type="description">Needs PSReadLine. The command takes the place of the text and is never run; one undo (Ctrl+z, or Ctrl+x Ctrl+u in the Emacs mode) brings the text back, Escape and Ctrl+c end the wait. The text goes to the model with the version of PowerShell and the name of the operating system, and nothing else does.</para>
/// </summary>
[Cmdlet(VerbsCommon.Set, "GptKeyHandler", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, HelpUri = HelpPage.Folder + "Set-GptKeyHandler.md")]
public sealed class SetGptKeyHandlerCommand : GptCmdlet
{
    /// <summary>The key or keys, as Set-PSReadLineKeyHandler takes them.</summary>
    [Parameter(Position = 0)]
    [Alias("Key")]
    [ValidateNotNullOrEmpty]
    public string[] Chord { get; set; } = { "Ctrl+g" };

    /// <summary>The name of a connection, or a connection. If not given: whatever a call would use when the key is pressed.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public object? Connection { get; set; }

    /// <summary>The model to ask; that of the connection if not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ModelArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        LineEditor editor = LineEditor.Of(this);
        if (Connection is not null) ConnectionChoice.RequireModelFits(Model, NamedArgument.Connection(Connection, Session));
        string keys = string.Join(", ", Chord);
        if (!ShouldProcess(keys, "Set the key that asks for a command")) return;
        var engine = (EngineIntrinsics)SessionState.PSVariable.GetValue("ExecutionContext");
        var key = new CommandKey(editor, Host, engine, Connection, Model, keys);
        editor.Bind(Chord, key.Press, CommandKey.Function, CommandKey.Description);
    }
}
