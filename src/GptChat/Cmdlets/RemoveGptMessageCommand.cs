using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GptChat.Completion;
using GptChat.Conversations;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Takes messages out of a conversation: the last ones, the last turn, or some of them.</para>
/// <para type="description">The current conversation is meant if none is named. What it has cost stays counted.</para>
/// </summary>
/// <output cref="GptConversation">With -PassThru, the conversation without the messages.</output>
[Cmdlet(VerbsCommon.Remove, "GptMessage", SupportsShouldProcess = true, HelpUri = HelpPage.Folder + "Remove-GptMessage.md")]
[OutputType(typeof(GptConversation))]
public sealed class RemoveGptMessageCommand : GptConversationCmdlet
{
    private static readonly string[] Choices = { nameof(Last), nameof(Index), nameof(LastTurn) };

    /// <summary>The conversations: names (wildcards are resolved), conversations or replies.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public PSObject[]? Conversation { get; set; }

    /// <summary>How many messages to take from the end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberArgument]
    public int Last { get; set; }

    /// <summary>Which messages to take, from 0; -1 is the last one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MessageIndexCompleter))]
    [WholeNumberArgument(IsList = true)]
    public int[]? Index { get; set; }

    /// <summary>Undo the last turn: the question, its answer, and the calls of tools between them.</summary>
    [Parameter]
    public SwitchParameter LastTurn { get; set; }

    /// <summary>Output the conversations.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        string[] given = Choices.Where(choice => MyInvocation.BoundParameters.TryGetValue(choice, out object? value) && value is not SwitchParameter { IsPresent: false }).ToArray();
        if (given.Length == 1) return;
        throw new GptChatException(GptErrorKind.InvalidParameter, given.Length == 0 ? "Which messages?" : string.Join(" and ", given.Select(choice => "-" + choice)) + " cannot be used together")
        {
            Hint = "Give -Last 2, -Index 3 or -LastTurn. Nothing was removed.",
        };
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (GptConversation conversation in Resolve(Conversation, "-" + nameof(Conversation))) Try(conversation, () => Remove(conversation));
    }

    private void Remove(GptConversation conversation)
    {
        int count = conversation.Messages.Count;
        int removed = count - After(conversation, conversation.Current).History.Count;
        if (!ShouldProcess("The conversation " + Label(conversation) + ", " + removed + " of " + count + " messages", "Remove-GptMessage")) return;
        Change(conversation, state => After(conversation, state));
        if (HistoryEdit.Incomplete(conversation.Messages) is { } gap) WriteWarning("The conversation " + Label(conversation) + " now has " + gap + ", which providers refuse.");
        if (PassThru) WriteObject(conversation);
    }

    /// <summary>What the conversation is without them.</summary>
    private GptConversation.State After(GptConversation conversation, GptConversation.State state)
    {
        MessageHistory history = state.History;
        if (LastTurn)
        {
            return Conversations.LastTurn.Of(state)?.Before ?? throw Invalid(conversation, "The conversation " + Label(conversation) + " has no turn to undo", "Nothing was asked in it yet.");
        }

        MessageHistory left = Index is null ? history.First(RequireCount(conversation, history.Count)) : HistoryEdit.Without(history, Places(conversation, history.Count));
        return state with { History = left, Previous = null, Asked = 0 };
    }

    private int RequireCount(GptConversation conversation, int count) => Last <= count
        ? count - Last
        : throw Invalid(conversation, "The conversation " + Label(conversation) + " has " + count + " messages, fewer than -Last " + Last, "Clear-GptConversation removes all. Nothing was removed.");

    private HashSet<int> Places(GptConversation conversation, int count) => new(Index!.Select(index => MessageIndex.Resolve(index, count, Label(conversation), conversation)));

    private static GptChatException Invalid(GptConversation conversation, string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint, Target = conversation };
}
