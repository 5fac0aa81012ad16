using System;
using System.Collections.Generic;
using GptChat.Context;
using GptChat.Conversations;

namespace GptChat;

/// <content>What a conversation holds beside its turns, and how it is changed by hand.</content>
public sealed partial class GptConversation
{
    /// <summary>What its turns send unless a call says otherwise, by the names of the parameters of Invoke-GptChat.</summary>
    public IReadOnlyDictionary<string, object> Defaults => Settings.ToDictionary();

    /// <summary>The same, typed.</summary>
    internal ConversationDefaults Settings { get; init; } = ConversationDefaults.None;

    /// <summary>
    /// The summary of older turns that was sent in their place last; null where none was. It is no part of the conversation. Only who
    /// has a turn open may touch it.
    /// </summary>
    internal ContextSummary? Summary { get; set; }

    /// <summary>Changes what was said, unless a call has a turn open.</summary>
    /// <param name="change">Makes the new state of the old one; null for no change.</param>
    /// <returns>Whether it could; false while a call uses the conversation.</returns>
    internal bool TryChange(Func<State, State?> change)
    {
        using Turn? turn = TryBeginTurn();
        if (turn is null) return false;
        if (change(Current) is not { } changed) return true;
        Summary = null;
        Commit(changed);
        return true;
    }

    /// <summary>The same conversation under another name. What was said is shared; what either says next is its own.</summary>
    internal GptConversation Fork(string name) => new(name, Current) { Settings = Settings };
}
