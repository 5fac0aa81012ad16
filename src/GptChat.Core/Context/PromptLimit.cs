using System;
using System.Globalization;
using GptChat.Tokens;

namespace GptChat.Context;

/// <summary>How much a prompt may have.</summary>
/// <param name="Window">How many tokens prompt and answer may have together.</param>
/// <param name="Answer">How many of them the call asks for the answer; null where it does not say.</param>
internal sealed record PromptLimit(long Window, long? Answer)
{
    // What an answer usually needs; a small model keeps a quarter of its context for it.
    private const long UsualAnswer = 4096;

    /// <summary>The most tokens that a server takes as prompt. A limit beyond the whole context is meant as none.</summary>
    public long Most => Answer < Window ? Window - Answer.Value : Window;

    /// <summary>The most that leave the answer room, for policies that choose what to send.</summary>
    public long Comfortable => Answer < Window ? Most : Window - Math.Min(UsualAnswer, Window / 4);

    /// <summary>The failure of a prompt that has more.</summary>
    /// <param name="count">What it has.</param>
    /// <param name="most">What it may have.</param>
    /// <param name="what">What has so many tokens, as the subject of a sentence in the singular.</param>
    /// <param name="model">The model; null where not known.</param>
    /// <param name="hint">What to do.</param>
    public GptChatException Exceeded(TokenCount count, long most, string what, string? model, string hint)
    {
        string room = most < Window ? Text(", of which {0} are kept for the answer", Window - most) : string.Empty;
        return new GptChatException(
            GptErrorKind.ContextLengthExceeded,
            Text("{0} has {1}{2} tokens, {3} too many: the context of {4} holds {5}{6}", what, count.IsExact ? string.Empty : "about ", count.Tokens, count.Tokens - most, model ?? "the model", Window, room))
        {
            Hint = hint + " Nothing was sent.",
        };
    }

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
