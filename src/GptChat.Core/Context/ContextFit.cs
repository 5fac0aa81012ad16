using System.Collections.Generic;
using System.Linq;
using GptChat.Conversations;
using GptChat.Tokens;

namespace GptChat.Context;

/// <summary>Decides what of a conversation is sent, so that it fits into the model's context.</summary>
/// <param name="everything">What was said before, and what is asked now, which is always sent.</param>
/// <param name="start">Where the latter begins.</param>
/// <param name="limit">What the context holds.</param>
/// <param name="meter">Counts.</param>
/// <param name="model">The model, for errors.</param>
internal sealed class ContextFit(MessageHistory everything, int start, PromptLimit limit, ContextMeter meter, string? model)
{
    /// <summary>What was said before.</summary>
    public MessageHistory History { get; } = everything.First(start);

    /// <summary>What a prompt may have that is chosen here.</summary>
    public long Room => limit.Comfortable;

    /// <summary>Whether all of it fits.</summary>
    public bool FitsWhole() => meter.CertainlyFits(everything, Room) || meter.Count(everything).Tokens <= Room;

    /// <summary>The place from which on the conversation fits, beside its instructions: as early as can be, at the beginning of a turn.</summary>
    /// <param name="room">How much it may have.</param>
    /// <returns>The place, and how many tokens there are from it on; too many where even the question does not fit.</returns>
    public (int From, TokenCount Tokens) Cut(long room)
    {
        TokenCount total = meter.Count(everything);
        int at = 0;
        foreach (int next in ContextTurns.Beginnings(everything, start))
        {
            if (total.Tokens <= room) break;
            for (; at < next; at++)
            {
                if (!History[at].IsInstruction) total = new TokenCount(total.Tokens - meter.Count(History[at]).Tokens, total.IsExact);
            }
        }

        return (at, total);
    }

    /// <summary>The same, for all the room there is.</summary>
    /// <exception cref="GptChatException">Not even the question fits.</exception>
    public int Cut()
    {
        (int from, TokenCount tokens) = Cut(Room);
        return tokens.Tokens <= Room ? from : throw TooLong(tokens);
    }

    /// <summary>The failure of a question that does not fit, whatever is left out.</summary>
    public GptChatException TooLong(TokenCount tokens, string with = "its instructions") => limit.Exceeded(tokens, Room, "The question with " + with, model, ContextTerms.Shorten);

    /// <summary>What is sent without the turns before a place.</summary>
    /// <param name="policy">The policy that chose it.</param>
    /// <param name="from">The place.</param>
    /// <param name="summary">What is sent instead; null for nothing.</param>
    /// <param name="summaryUsage">What it used just now.</param>
    public ContextView Without(GptContextPolicy policy, int from, ContextSummary? summary = null, GptUsage? summaryUsage = null)
    {
        IReadOnlyList<GptMessage> messages = ContextView.Before(History, from);
        long tokens = messages.Sum(message => meter.Count(message).Tokens);
        return ContextView.From(History, from, summary?.Message, new GptLeftOut(policy, messages, tokens, limit.Window) { Summary = summary?.Text, SummaryUsage = summaryUsage });
    }

    /// <summary>What there is with a summary in place of what it stands for.</summary>
    public TokenCount CountWith(ContextSummary summary) =>
        meter.Count(ContextView.From(History, summary.Covers, summary.Message, new GptLeftOut(GptContextPolicy.Summarize, History, 0, limit.Window)).Of(everything));

    /// <summary>Throws if a request for a summary does not fit.</summary>
    /// <exception cref="GptChatException">It does not fit.</exception>
    public void RequireSummaryFits(IReadOnlyList<GptMessage> request)
    {
        if (meter.CertainlyFits(request, Room)) return;
        TokenCount count = meter.Count(request);
        if (count.Tokens > Room) throw limit.Exceeded(count, Room, "The part of the conversation that would have to be summarised", model, "Leave it out (-ContextPolicy TrimOldest), or ask a model with a larger context (-Model).");
    }
}
