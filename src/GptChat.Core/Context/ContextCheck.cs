using System.Threading;
using GptChat.Tokens;
using GptChat.Wire;

namespace GptChat.Context;

/// <summary>Whether a request fits into its model's context. Every request is asked, whatever it was made of.</summary>
internal static class ContextCheck
{
    /// <summary>Throws if it does not fit.</summary>
    /// <param name="terms">What the user says.</param>
    /// <param name="price">What is known of the model; null for nothing.</param>
    /// <param name="parameters">The request without its messages.</param>
    /// <param name="body">All of it.</param>
    /// <param name="stop">Fires when the user stops.</param>
    /// <returns>What was counted and not refused because it is an estimate; null where it fits, or where nobody knows.</returns>
    /// <exception cref="GptChatException">Says by how much.</exception>
    public static TokenCount? Require(ContextTerms terms, GptPrice? price, ChatParameters parameters, RequestBody body, CancellationToken stop)
    {
        if (PromptLimit.Of(terms.Window, price, parameters) is not { } limit) return null;
        var meter = new ContextMeter(parameters.Model, parameters, price?.ImageTokens, stop);
        if (meter.CertainlyFits(body, limit.Most)) return null;
        TokenCount count = meter.Count(body.Messages);
        if (count.Tokens <= limit.Most) return null;
        if (!count.IsExact && !terms.CountsEstimates && !meter.CertainlyExceeds(body.Messages, limit.Most)) return count;
        throw limit.Exceeded(count, limit.Most, "The prompt", parameters.Model, terms.IsFollowUp ? ContextTerms.TakeLess : terms.Hint, terms.IsFollowUp);
    }
}
