using System.Collections.Generic;
using System.Globalization;

namespace GptChat;

/// <summary>What of a conversation the model was not shown, because it did not fit. The conversation itself has it all.</summary>
public sealed class GptLeftOut
{
    internal GptLeftOut(GptContextPolicy policy, IReadOnlyList<GptMessage> messages, long tokens, long contextWindow)
    {
        Policy = policy;
        Messages = messages;
        Tokens = tokens;
        ContextWindow = contextWindow;
    }

    /// <summary>Why they were chosen.</summary>
    public GptContextPolicy Policy { get; }

    /// <summary>The messages, oldest first.</summary>
    public IReadOnlyList<GptMessage> Messages { get; }

    /// <summary>How many tokens they have.</summary>
    public long Tokens { get; }

    /// <summary>How many tokens prompt and answer may have together.</summary>
    public long ContextWindow { get; }

    /// <summary>The summary that was sent in their place; null where there was none.</summary>
    public string? Summary { get; internal init; }

    /// <summary>What the summary used, where this call asked for it; null where an earlier one did.</summary>
    public GptUsage? SummaryUsage { get; internal init; }

    /// <summary>For people: <c>12 messages (34567 tokens), in their place a summary</c>.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0} {1} ({2} tokens){3}", Messages.Count, Messages.Count == 1 ? "message" : "messages", Tokens, Summary is null ? string.Empty : ", in their place a summary");
}
