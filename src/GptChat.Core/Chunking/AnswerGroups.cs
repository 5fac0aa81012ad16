using System;
using System.Collections.Generic;

namespace GptChat.Chunking;

/// <summary>Puts answers that are too many for one request into groups that fit.</summary>
internal static class AnswerGroups
{
    /// <summary>The groups, in order; one where all fit.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="room">How many tokens of them a request takes.</param>
    /// <param name="measure">Counts tokens.</param>
    /// <exception cref="GptChatException">Not even two fit.</exception>
    public static List<List<PartAnswer>> Of(IReadOnlyList<PartAnswer> answers, long room, TextMeasure measure)
    {
        var groups = new List<List<PartAnswer>>();
        long free = 0;
        foreach (PartAnswer answer in answers)
        {
            long tokens = Tokens(answer, measure);
            if (groups.Count == 0 || tokens > free)
            {
                groups.Add(new List<PartAnswer>());
                free = room;
            }

            groups[groups.Count - 1].Add(answer);
            free -= tokens;
        }

        // Each level must have fewer answers than the one before it.
        if (groups.Count > 1 && (groups.Count == answers.Count || free < 0)) throw TooLong();
        return groups;
    }

    private static long Tokens(PartAnswer answer, TextMeasure measure)
    {
        string section = PartPrompt.Section(answer) + Content.PromptBlock.Separator;
        return measure(section.AsSpan());
    }

    private static GptChatException TooLong() => new(GptErrorKind.ContextLengthExceeded, "The answers about the parts are too long to be combined: not even two of them fit into one request")
    {
        Hint = "Ask for shorter answers, or limit them with -MaxCompletionTokens. With -Journal they need not be asked for again.",
    };
}
