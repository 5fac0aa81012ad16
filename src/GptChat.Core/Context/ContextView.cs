using System.Collections.Generic;
using System.Linq;

namespace GptChat.Context;

/// <summary>What of a conversation is sent: all of it, or its instructions, perhaps a summary, and its later part.</summary>
internal sealed class ContextView
{
    /// <summary>All of it.</summary>
    public static readonly ContextView Whole = new(new List<GptMessage>(), 0, null);

    private readonly List<GptMessage> _kept;
    private readonly int _from;

    private ContextView(List<GptMessage> kept, int from, GptLeftOut? leftOut)
    {
        _kept = kept;
        _from = from;
        LeftOut = leftOut;
    }

    /// <summary>What is not sent; null where all is.</summary>
    public GptLeftOut? LeftOut { get; }

    /// <summary>A view that leaves out what stands before a place, instructions aside.</summary>
    /// <param name="history">The conversation.</param>
    /// <param name="from">The first message that is sent.</param>
    /// <param name="summary">What is sent in place of the others; null for nothing.</param>
    /// <param name="leftOut">What is told of it.</param>
    public static ContextView From(IReadOnlyList<GptMessage> history, int from, GptMessage? summary, GptLeftOut leftOut)
    {
        List<GptMessage> kept = history.Take(from).Where(message => message.IsInstruction).ToList();
        if (summary is not null) kept.Add(summary);
        return new ContextView(kept, from, leftOut);
    }

    /// <summary>The messages that are left out where the view begins at a place.</summary>
    public static IReadOnlyList<GptMessage> Before(IReadOnlyList<GptMessage> history, int from) => history.Take(from).Where(message => !message.IsInstruction).ToArray();

    /// <summary>What is sent of a conversation, also when it has grown since.</summary>
    public IReadOnlyList<GptMessage> Of(IReadOnlyList<GptMessage> messages)
    {
        if (LeftOut is null) return messages;
        var sent = new List<GptMessage>(_kept.Count + messages.Count - _from);
        sent.AddRange(_kept);
        for (int i = _from; i < messages.Count; i++) sent.Add(messages[i]);
        return sent;
    }
}
