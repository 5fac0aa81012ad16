using System.Collections.Generic;
using GptChat.Wire;

namespace GptChat.Context;

/// <summary>
/// Where turns begin: at a message of the user that follows none of the user's. So a question and everything that came of it, calls of
/// tools and their answers included, is one turn.
/// </summary>
internal static class ContextTurns
{
    /// <summary>How many messages at the head are instructions.</summary>
    public static int Head(IReadOnlyList<GptMessage> history)
    {
        int head = 0;
        while (head < history.Count && history[head].IsInstruction) head++;
        return head;
    }

    /// <summary>
    /// The places before which a conversation may be cut, oldest first. What is asked now stays, and so does the turn that it belongs to, as the answer
    /// of a tool does.
    /// </summary>
    /// <param name="messages">What was said before, and what is asked now.</param>
    /// <param name="start">Where the latter begins.</param>
    public static IEnumerable<int> Beginnings(IReadOnlyList<GptMessage> messages, int start)
    {
        for (int i = Head(messages) + 1; i <= start && i < messages.Count; i++)
        {
            if (messages[i].Role == Roles.User && messages[i - 1].Role != Roles.User) yield return i;
        }
    }
}
