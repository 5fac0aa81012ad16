using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GptChat.Transport;

/// <summary>A failure never looks like an answer: what an answer must hold to count as one, and when to warn of it.</summary>
internal static class AnswerCheck
{
    /// <summary>Throws if the answer holds nothing that answers.</summary>
    /// <exception cref="GptChatException">A refusal, a filtered answer without text, or nothing at all; it carries the response.</exception>
    public static void Require(GptResponse response)
    {
        if (response.Message is not { } message)
        {
            throw Unusable(GptErrorKind.EmptyResponse, "The server sent an answer without a single choice", "Send again; if it stays so, ask the provider.", response);
        }

        bool hasText = !string.IsNullOrEmpty(message.Content);
        bool hasMore = message.ToolCalls.Count > 0 || message.FunctionCall is not null || message.Audio is not null || message.Body is { IsParts: true, Parts.Count: > 0 };
        if (!string.IsNullOrEmpty(message.Refusal) && !hasText)
        {
            throw Unusable(GptErrorKind.Refused, "The model declined: " + message.Refusal, "Ask differently. The whole answer is in the error's Response.", response);
        }

        if (hasText || hasMore) return;
        if (response.FinishReason == "content_filter")
        {
            throw Unusable(GptErrorKind.ContentFiltered, "A filter of the provider removed the whole answer", "Change the prompt, or the filter at the provider.", response);
        }

        throw Unusable(GptErrorKind.EmptyResponse, EmptyText(response), EmptyHint(response), response);
    }

    /// <summary>What the user must know about an answer that counts, of the first choice and of those beside it.</summary>
    public static IEnumerable<string> Warnings(GptResponse response)
    {
        foreach (GptChoice choice in response.Choices)
        {
            if (Warning(choice, response) is not { } warning) continue;
            yield return ReferenceEquals(choice.Message, response.Message) ? warning : string.Format(CultureInfo.InvariantCulture, "Choice {0}: {1}", choice.Index, warning);
        }
    }

    private static string? Warning(GptChoice choice, GptResponse response)
    {
        string? reason = choice.FinishReason;
        switch (reason)
        {
            case "length":
                return "The answer is cut off: it reached the limit of tokens" + Tokens(response) + ". Raise -MaxCompletionTokens, or ask for less.";
            case "content_filter":
                return "The answer is cut off: a content filter of the provider stopped it.";
            case null or "" or "stop" or "tool_calls" or "function_call":
                return choice.Message is not { ToolCalls.Count: > 0 } message
                    ? null
                    : string.Format(
                        CultureInfo.InvariantCulture,
                        "The model asks to call {0}. Nothing was run: the calls are in the reply's Response.ToolCalls.",
                        string.Join(", ", message.ToolCalls.Select(call => call.Name)));
            default:
                return "The answer may be incomplete: it ended with '" + reason + "'.";
        }
    }

    private static string EmptyText(GptResponse response) => response.FinishReason == "length"
        ? "The limit of tokens was reached before the model wrote a word" + Tokens(response)
        : "The model sent an empty answer (finish reason: " + (response.FinishReason ?? "none") + ")";

    private static string EmptyHint(GptResponse response) => response.FinishReason == "length"
        ? "Reasoning counts too: raise -MaxCompletionTokens."
        : "Send again. The whole answer is in the error's Response.";

    // Of several answers only the sum is known.
    private static string Tokens(GptResponse response) =>
        response is { Choices.Count: 1, Usage: { CompletionTokens: > 0 } usage } ? string.Format(CultureInfo.InvariantCulture, " ({0})", usage.CompletionTokens) : string.Empty;

    private static GptChatException Unusable(GptErrorKind kind, string message, string hint, GptResponse response) => new(kind, message)
    {
        Hint = hint,
        Response = response,
        RequestId = response.RequestId,
        RequestUri = response.RequestUri,
        Attempts = response.Attempts,
        PartialText = string.IsNullOrEmpty(response.Content) ? null : response.Content,
    };
}
