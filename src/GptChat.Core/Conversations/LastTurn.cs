using System.Collections.Generic;
using System.Linq;
using GptChat.Wire;

namespace GptChat.Conversations;

/// <summary>
/// The latest turn of a conversation: what was asked, and what was there before. A call of this session is remembered as it was; of
/// others (an imported conversation, one that was edited) the last message of the user and all behind it is the turn.
/// </summary>
/// <param name="Before">The conversation as it was before, but for what it has cost and what was taken out since.</param>
/// <param name="Question">What was asked.</param>
internal sealed record LastTurn(GptConversation.State Before, IReadOnlyList<GptMessage> Question)
{
    /// <summary>Finds it; null where nothing was asked yet.</summary>
    public static LastTurn? Of(GptConversation.State state)
    {
        MessageHistory history = state.History;
        if (state.Previous is { } previous && state.Asked > 0)
        {
            return new LastTurn(previous with { Usage = state.Usage, Redaction = state.Redaction }, history.Skip(state.Start).Take(state.Asked).ToArray());
        }

        for (int i = history.Count - 1; i >= 0; i--)
        {
            if (history[i].Role == Roles.User) return new LastTurn(state with { History = history.First(i), Previous = null, Asked = 0 }, new[] { history[i] });
        }

        return null;
    }
}
