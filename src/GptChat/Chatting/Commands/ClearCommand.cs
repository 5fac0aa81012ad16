using System.Collections;
using GptChat.Cmdlets;

namespace GptChat.Chatting.Commands;

/// <summary>Starts over.</summary>
internal sealed class ClearCommand() : ChatCommand("clear", string.Empty, "start over; the instructions stay")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        if (talk.Run<ClearGptConversationCommand>(new Hashtable { ["Name"] = talk.Conversation }) is null) return;
        talk.Files.Clear();
        talk.Unanswered = null;
        talk.IsUnsaved = false;
        talk.Screen.Note("Starts over." + (talk.Instructions() is null ? string.Empty : " The instructions stay."));
    }
}
