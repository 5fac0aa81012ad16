using System.Collections.Generic;
using GptChat.Conversations;

namespace GptChat.Chatting.Commands;

/// <summary>Asks the last question again.</summary>
internal sealed class RetryCommand() : ChatCommand("retry", "[MODEL]", "ask the last question again, perhaps of another model; its answer takes the old one's place")
{
    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        if (talk.Unanswered is null && LastTurn.Of(talk.Conversation.Current) is null) throw Problem("There is no question to ask again", "Ask one first. Nothing was sent.");
        talk.Ask(talk.Unanswered, argument.Length == 0 ? null : argument);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Candidates(ChatTalk talk) => talk.Session.Models;
}
