using System.Management.Automation;
using GptChat.Completion;
using GptChat.Input;

namespace GptChat.Cmdlets;

/// <summary>
/// <para type="synopsis">Makes a fork of a conversation under another name.</para>
/// <para type="description">Both have the same past and go on separately. What was said is shared, not copied. The current conversation is copied if none is named, which gives a name to one that has none.</para>
/// </summary>
[Cmdlet(VerbsCommon.Copy, "GptConversation", HelpUri = HelpPage.Folder + "Copy-GptConversation.md")]
[OutputType(typeof(GptConversation))]
public sealed class CopyGptConversationCommand : GptConversationCmdlet
{
    /// <summary>The conversation: its name, itself or one of its replies.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Conversation")]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    public PSObject? Name { get; set; }

    /// <summary>The name of the copy.</summary>
    [Parameter(Position = 1)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(NoCompleter))]
    [TextArgument]
    public string? NewName { get; set; }

    /// <summary>Replace the conversation that has the new name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Output the copy.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (!string.IsNullOrWhiteSpace(NewName)) return;
        throw new GptChatException(GptErrorKind.InvalidParameter, "The copy needs a name") { Hint = "Copy-GptConversation NAME -NewName OTHER." };
    }

    /// <inheritdoc/>
    private protected override void Process() => Try(Name, () =>
    {
        foreach (GptConversation conversation in Resolve(Name is null ? null : [Name]))
        {
            GptConversation copy = conversation.Fork(NewName!);
            Keep(copy, Force, "Choose another name");
            if (PassThru) WriteObject(copy);
        }
    });
}
