using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using GptChat.Tokens;

namespace GptChat.Chunking;

/// <summary>What fits into a model's context, prompt and answer together, where the model is known.</summary>
internal static class ContextLimit
{
    // No model holds less; for a short request the list of models is not even read.
    private const long SmallestWindow = 4096;

    // A model whose longest answer would take half of its context does not need that for answers about a part.
    private const int LargestShareOfAnswer = 4;

    /// <summary>Throws if a request cannot fit.</summary>
    /// <param name="find">Finds what is known of the model; null for nothing, and then nothing is refused.</param>
    /// <param name="messages">What is sent.</param>
    /// <param name="bytes">The length of the request, which no number of tokens exceeds.</param>
    /// <param name="answer">The most tokens of the answer, where the call says it.</param>
    /// <param name="stop">Fires when the user stops.</param>
    /// <exception cref="GptChatException">Says by how much.</exception>
    public static void Require(Func<GptPrice?> find, IReadOnlyList<GptMessage> messages, long bytes, long? answer, CancellationToken stop)
    {
        if (bytes + (answer ?? 0) <= SmallestWindow || find() is not { ContextWindow: { } window } price) return;

        // A limit beyond what the model can say is no wish for that much room.
        answer = answer is { } said && price.MaxOutputTokens is { } longest ? Math.Min(said, longest) : answer;
        if (bytes + (answer ?? 0) <= window) return;

        // Only what is sure to count: an image may take fewer tokens than its most.
        long tokens = new RequestTokens(price.Model, 0, stop).Count(messages, null).Tokens;
        long over = tokens + (answer ?? 0) - window;
        if (over <= 0) return;
        throw new GptChatException(GptErrorKind.ContextLengthExceeded, string.Format(
            CultureInfo.InvariantCulture,
            "The request has {0:N0} tokens{1}, {2:N0} more than the {3:N0} that {4} holds",
            tokens,
            answer is { } most ? string.Format(CultureInfo.InvariantCulture, ", and {0:N0} are kept for the answer", most) : string.Empty,
            over,
            window,
            price.Model))
        {
            Hint = "-Chunk splits the input into parts that fit, and -Combine 'prompt' makes one answer of the answers; or send less. Nothing was sent.",
        };
    }

    /// <summary>How many tokens of a text fit into one request.</summary>
    /// <param name="price">What is known of the model.</param>
    /// <param name="around">Tokens of the request without the text.</param>
    /// <param name="answer">The most tokens of the answer, where the call says it.</param>
    /// <returns>A number that may be negative; null where the model's context is not known.</returns>
    public static long? Room(GptPrice? price, long around, long? answer)
    {
        if (price?.ContextWindow is not { } window) return null;
        long kept = answer is { } said ? Math.Min(said, price.MaxOutputTokens ?? said) : Math.Min(price.MaxOutputTokens ?? window, window / LargestShareOfAnswer);
        return window - kept - around - PartPrompt.Overhead;
    }
}
