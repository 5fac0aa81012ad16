using System.Management.Automation;
using GptChat.Completion;
using GptChat.Conversations;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Lets a conversation start over: everything that was said is forgotten but the instructions at its head.</para>
/// <para type="description">Its name, its model and its defaults stay; its usage is counted anew. The current conversation is meant if none is named.</para>
/// </summary>
/// <output cref="GptConversation">With -PassThru, the conversation, emptied.</output>
[Cmdlet(VerbsCommon.Clear, "GptConversation", SupportsShouldProcess = true, HelpUri = HelpPage.Folder + "Clear-GptConversation.md")]
[OutputType(typeof(GptConversation))]
public sealed class ClearGptConversationCommand : GptConversationCmdlet
{
    /// <summary>The conversations: names (wildcards are resolved), conversations or replies.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Conversation")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public PSObject[]? Name { get; set; }

    /// <summary>Output the conversations.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (GptConversation conversation in Resolve(Name)) Try(conversation, () => Clear(conversation));
    }

    private void Clear(GptConversation conversation)
    {
        if (!ShouldProcess("The conversation " + Label(conversation) + ", " + conversation.Messages.Count + " messages", "Clear-GptConversation")) return;
        Change(conversation, state => state with { History = HistoryEdit.Instructions(state.History), Usage = null, Previous = null, Asked = 0 });
        if (PassThru) WriteObject(conversation);
    }
}
