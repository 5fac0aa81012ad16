using System.Linq;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Conversations;
using GptChat.Copies;
using GptChat.Input;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Changes a message of a conversation.</para>
/// <para type="description">A text takes the place of the message's content; its role, name and calls of tools stay. A message takes its whole place. The current conversation is meant if none is named.</para>
/// </summary>
/// <output cref="GptConversation">With -PassThru, the conversation with the changed message.</output>
[Cmdlet(VerbsCommon.Set, "GptMessage", SupportsShouldProcess = true, HelpUri = HelpPage.Folder + "Set-GptMessage.md")]
[OutputType(typeof(GptConversation))]
public sealed class SetGptMessageCommand : GptConversationCmdlet
{
    /// <summary>The conversation: its name, itself or one of its replies.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Name")]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public PSObject? Conversation { get; set; }

    /// <summary>Which message, from 0; -1 is the last one.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(MessageIndexCompleter))]
    [WholeNumberArgument]
    public int? Index { get; set; }

    /// <summary>What it says from now on: text (lines are joined), or a message, also as a hashtable or an object with role and content.</summary>
    [Parameter(Position = 2)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject[]? Content { get; set; }

    /// <summary>Output the conversation.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (Index is null) throw Invalid("Which message?", "Set-GptMessage NAME -Index 3 -Content 'text'; -1 is the last one.");
        if (Content is null || Content.Length == 0 || Content.All(item => item?.BaseObject is null or "")) throw Invalid("-Content is empty", "Is the variable set? Remove-GptMessage removes a message. Nothing was changed.");
    }

    /// <inheritdoc/>
    private protected override void Process() => Try(Conversation, () =>
    {
        foreach (GptConversation conversation in Resolve(Conversation is null ? null : [Conversation], "-" + nameof(Conversation))) Set(conversation);
    });

    private void Set(GptConversation conversation)
    {
        int place = MessageIndex.Resolve(Index!.Value, conversation.Messages.Count, Label(conversation), conversation);
        if (!ShouldProcess("The conversation " + Label(conversation) + ", message " + place, "Set-GptMessage")) return;
        Change(conversation, state =>
        {
            int index = MessageIndex.Resolve(Index.Value, state.History.Count, Label(conversation), conversation);
            return state with { History = HistoryEdit.With(state.History, index, Changed(state.History[index])), Previous = null, Asked = 0 };
        });
        if (PassThru) WriteObject(conversation);
    }

    private GptMessage Changed(GptMessage message)
    {
        object?[] given = Content!.Select(Copy.BaseOf).ToArray();
        if (given.Length == 1 && (given[0] is GptMessage || NamedValues.Of(Content![0]) is not null)) return MessageArgument.Read(Content![0], "-" + nameof(Content));
        if (given.FirstOrDefault(item => item is not (null or string)) is { } unfit) throw Invalid("-Content takes text or one message, not " + Kind.Of(unfit), "New-GptMessage makes a message of anything. Nothing was changed.");
        return message.With(new MessageContent(string.Join("\n", given)));
    }

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };
}
