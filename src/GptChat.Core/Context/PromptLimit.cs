using System;
using System.Globalization;
using GptChat.Tokens;
using GptChat.Wire;

namespace GptChat.Context;

/// <summary>How much a prompt may have.</summary>
/// <param name="Window">How many tokens prompt and answer may have together.</param>
/// <param name="Answer">How many of them the call asks for the answer; null where it does not say.</param>
/// <param name="LongestAnswer">How many the model can say; null where not known.</param>
internal sealed record PromptLimit(long Window, long? Answer, long? LongestAnswer = null)
{
    // What an answer usually needs; a small model keeps a quarter of its context for it.
    private const long UsualAnswer = 4096;

    // An answer about a part may be long; but a model whose longest answer would take half of its context does not need that for it.
    private const int LargestShareOfAnswer = 4;

    /// <summary>The most tokens that a server takes as prompt. A limit beyond the whole context is meant as none.</summary>
    public long Most => Answer < Window ? Window - Answer.Value : Window;

    /// <summary>The most that leave the answer room, for policies that choose what to send.</summary>
    public long Comfortable => Answer < Window ? Most : Window - Math.Min(UsualAnswer, Window / 4);

    /// <summary>The most that leave room for an answer about a part of a larger input.</summary>
    public long OfPart => Answer < Window ? Most : Window - Math.Min(LongestAnswer ?? Window, Window / LargestShareOfAnswer);

    /// <summary>What a request may have; null where nobody knows.</summary>
    /// <param name="window">What the user says that prompt and answer may have together, which counts more than what is known; null for nothing.</param>
    /// <param name="price">What is known of the model; null for nothing.</param>
    /// <param name="parameters">What else is sent.</param>
    public static PromptLimit? Of(long? window, GptPrice? price, ChatParameters parameters)
    {
        if ((window ?? price?.ContextWindow) is not { } most) return null;

        // A limit beyond what the model can say is no wish for that much room.
        long? answer = AnswerLimit.Of(parameters);
        return new PromptLimit(most, answer > price?.MaxOutputTokens ? price.MaxOutputTokens : answer, price?.MaxOutputTokens);
    }

    /// <summary>The failure of a prompt that has more.</summary>
    /// <param name="count">What it has.</param>
    /// <param name="most">What it may have.</param>
    /// <param name="what">What has so many tokens, as the subject of a sentence in the singular.</param>
    /// <param name="model">The model; null where not known.</param>
    /// <param name="hint">What to do.</param>
    /// <param name="isFollowUp">Whether something was sent before.</param>
    public GptChatException Exceeded(TokenCount count, long most, string what, string? model, string hint, bool isFollowUp = false)
    {
        string room = most < Window ? Text(", of which {0:N0} are kept for the answer", Window - most) : string.Empty;
        return new GptChatException(
            GptErrorKind.ContextLengthExceeded,
            Text("{0} has {1}{2:N0} tokens, {3:N0} too many: the context of {4} holds {5:N0}{6}", what, count.IsExact ? string.Empty : "about ", count.Tokens, count.Tokens - most, model ?? "the model", Window, room))
        {
            Hint = isFollowUp ? hint : hint + " Nothing was sent.",
        };
    }

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
