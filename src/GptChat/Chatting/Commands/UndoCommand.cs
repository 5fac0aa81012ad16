using System.Collections;
using System.Linq;
using GptChat.Cmdlets;
using GptChat.Conversations;

namespace GptChat.Chatting.Commands;

/// <summary>Takes the last turn back.</summary>
internal sealed class UndoCommand() : ChatCommand("undo", string.Empty, "take the last question and its answer out of the conversation")
{
    private const int LongestShown = 60;

    /// <inheritdoc/>
    public override void Run(ChatTalk talk, string argument)
    {
        if (talk.Unanswered is not null)
        {
            talk.Unanswered = null;
            talk.Screen.Note("The last question was not answered, and is forgotten. /undo once more takes back the turn before it.");
            return;
        }

        if (LastTurn.Of(talk.Conversation.Current) is not { } last) throw Problem("There is nothing to take back", "Nothing was asked in this conversation yet.");
        if (talk.Run<RemoveGptMessageCommand>(new Hashtable { ["Conversation"] = talk.Conversation, ["LastTurn"] = true }) is null) return;
        talk.IsUnsaved = true;
        talk.Screen.Note("Taken back: " + Short(last.Question.Select(message => message.Content).LastOrDefault(text => !string.IsNullOrEmpty(text)) ?? "a turn"));
    }

    private static string Short(string text)
    {
        string line = text.Replace('\r', ' ').Replace('\n', ' ');
        return line.Length <= LongestShown ? line : line.Substring(0, LongestShown) + "…";
    }
}
