namespace GptChat.Chatting.Commands;

/// <summary>Shows or replaces the instructions.</summary>
internal sealed class SystemCommand() : ChatCommand("system", "[TEXT]", "show the instructions, or give others from the next message on")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        if (argument.Length == 0)
        {
            talk.Screen.Line(talk.Instructions() ?? "There are no instructions. /system TEXT gives some.");
            return;
        }

        talk.System = argument;
        talk.Screen.Note("From the next message on, in place of earlier instructions.");
    }
}
