using System.Management.Automation;
using GptChat.Completion;
using GptChat.Hosting;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Gets the conversations of this session.</para>
/// <para type="description">Named ones, or the current one: that which -Continue goes on with.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "GptConversation", DefaultParameterSetName = "Name")]
[OutputType(typeof(GptConversation))]
public sealed class GetGptConversationCommand : GptCmdlet
{
    /// <summary>Names; wildcards are resolved. All named conversations if not given.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public string[]? Name { get; set; }

    /// <summary>The conversation of the latest successful call, named or not. Nothing if there is none.</summary>
    [Parameter(ParameterSetName = "Current", Mandatory = true)]
    public SwitchParameter Current { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (Current)
        {
            if (Session.CurrentConversation is { } current) WriteObject(current);
            return;
        }

        WriteObject(NamedOutput.Choose(Session.Conversations, known => known.Name!, Name, WriteMissing), enumerateCollection: true);
    }

    private void WriteMissing(string name) => WriteError(ErrorRecords.From(
        new GptChatException(GptErrorKind.ConversationNotFound, "There is no conversation named '" + name + "' in this session") { Hint = "New-GptConversation -Name " + name + " makes one." }, name));
}
