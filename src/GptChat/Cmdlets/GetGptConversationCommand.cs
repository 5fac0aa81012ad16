using System.Management.Automation;
using GptChat.Completion;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Gets the conversations of this session.</para>
/// <para type="description">Named ones, or the current one: that which -Continue goes on with.</para>
/// </summary>
[Cmdlet(VerbsCommon.Get, "GptConversation", DefaultParameterSetName = "Name", HelpUri = HelpPage.Folder + "Get-GptConversation.md")]
[OutputType(typeof(GptConversation))]
public sealed class GetGptConversationCommand : GptConversationCmdlet
{
    /// <summary>Names; wildcards are resolved. All named conversations if not given.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name", ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public PSObject[]? Name { get; set; }

    /// <summary>The conversation of the latest successful call, named or not. Nothing if there is none.</summary>
    [Parameter(ParameterSetName = "Current", Mandatory = true)]
    public SwitchParameter Current { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (Current)
        {
            if (Session.CurrentConversation is { } current) WriteObject(current);
            return;
        }

        WriteObject(Name is null ? Session.Conversations : Resolve(Name), enumerateCollection: true);
    }
}
