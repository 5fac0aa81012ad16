namespace GptChat.Chatting.Commands;

/// <summary>Ends the chat.</summary>
internal sealed class ExitCommand() : ChatCommand("exit", string.Empty, "end the chat; Invoke-GptChat -Continue goes on with the conversation")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument) => talk.IsOver = true;
}
