using System.Management.Automation;
using GptChat.Completion;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Forgets a conversation.</para>
/// <para type="description">Its name is free again, and -Continue no longer goes on with it. Variables that hold it, and a call that is using it, keep it.</para>
/// </summary>
[Cmdlet(VerbsCommon.Remove, "GptConversation", SupportsShouldProcess = true, HelpUri = HelpPage.Folder + "Remove-GptConversation.md")]
public sealed class RemoveGptConversationCommand : GptConversationCmdlet
{
    /// <summary>The conversations: names (wildcards are resolved), conversations or replies.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Conversation")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public PSObject[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (Name is null)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "Which conversation?") { Hint = "Remove-GptConversation NAME, or Get-GptConversation -Current | Remove-GptConversation." };
        }

        foreach (GptConversation conversation in Resolve(Name))
        {
            if (ShouldProcess("The conversation " + Label(conversation) + ", " + conversation.Messages.Count + " messages", "Remove-GptConversation")) Session.Remove(conversation);
        }
    }
}
