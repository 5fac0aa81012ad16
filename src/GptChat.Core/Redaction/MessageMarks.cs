using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace GptChat.Redaction;

/// <summary>Remembers which messages were looked through, so that a turn of a long conversation costs what it adds.</summary>
internal sealed class MessageMarks
{
    private readonly ConditionalWeakTable<GptMessage, Mark> _marks = new();

    /// <summary>What is known of a message that holds nothing to take out; null if it must be looked through.</summary>
    /// <param name="message">The message.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="stamp">Which known values were looked for; null if that does not matter.</param>
    public Mark? Of(GptMessage message, RedactionRules rules, long? stamp) =>
        _marks.TryGetValue(message, out Mark? mark) && mark.Rules == rules.Key && (stamp is null || mark.Stamp == stamp) ? mark : null;

    /// <summary>Remembers a message that holds nothing any more.</summary>
    public void Set(GptMessage message, Mark mark)
    {
        lock (_marks)
        {
            _marks.Remove(message);
            _marks.Add(message, mark);
        }
    }

    /// <summary>What is known of a message.</summary>
    /// <param name="Rules">The rules it was looked through by.</param>
    /// <param name="Stamp">The known values that were looked for.</param>
    /// <param name="Placeholders">The placeholders it holds, each with the member it stands in.</param>
    /// <param name="HasForeign">Whether it holds what reads like a placeholder and is none of this conversation.</param>
    internal sealed record Mark(string Rules, long Stamp, IReadOnlyList<(string Placeholder, string Member)> Placeholders, bool HasForeign);
}
