using System.Collections.Generic;
using System.Linq;

namespace GptChat.Conversations;

/// <summary>Changes of a conversation by hand. Each makes a new list; whoever holds the old one keeps it.</summary>
internal static class HistoryEdit
{
    /// <summary>The history without some of its messages.</summary>
    public static MessageHistory Without(MessageHistory history, ISet<int> indexes) =>
        MessageHistory.Empty.Append(history.Where((_, index) => !indexes.Contains(index)).ToArray());

    /// <summary>The history with another message in a place.</summary>
    public static MessageHistory With(MessageHistory history, int index, GptMessage message)
    {
        GptMessage[] messages = history.ToArray();
        messages[index] = message;
        return MessageHistory.Empty.Append(messages);
    }

    /// <summary>The instructions at its head, which stay when a conversation starts over.</summary>
    public static MessageHistory Instructions(MessageHistory history) => history.First(history.TakeWhile(message => message.IsInstruction).Count());

    /// <summary>
    /// The calls of tools that have no answer behind them, and the answers that have no call before them, in words; null where there are
    /// none. Providers refuse both, unless the next message brings what is missing.
    /// </summary>
    public static string? Incomplete(IReadOnlyList<GptMessage> history)
    {
        var open = new HashSet<string>();
        int orphans = 0;
        foreach (GptMessage message in history)
        {
            if (message.ToolCallId is { } answered && !open.Remove(answered)) orphans++;
            foreach (GptToolCall call in message.ToolCalls) open.Add(call.Id);
        }

        if (open.Count == 0 && orphans == 0) return null;
        return open.Count > 0 ? "a call of a tool without its answer" : "an answer of a tool without its call";
    }
}
