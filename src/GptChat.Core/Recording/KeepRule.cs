using System.Linq;
using GptChat.Transport;

namespace GptChat.Recording;

/// <summary>Which exchanges a file keeps.</summary>
internal enum KeepRule
{
    /// <summary>All that came to their end, failures too: the recording of a failure is what a test of it needs.</summary>
    All,

    /// <summary>What the model said, be it a refusal. A failure of the network or of a key would otherwise answer for ever.</summary>
    Answers,

    /// <summary>Whole answers: no refusal, none that a limit or a filter cut, none that ends a call since it does not fit its schema. The next run may well get a better one.</summary>
    WholeAnswers,
}

/// <summary>Reads the rule.</summary>
internal static class KeepRules
{
    private static readonly string?[] Whole = { null, "", "stop", "tool_calls", "function_call" };

    /// <summary>Whether an answer that came to its end is kept.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="failure">Why it does not count as one; null where it does.</param>
    /// <param name="call">What it answers.</param>
    public static bool Allows(this KeepRule rule, GptResponse answer, GptChatException? failure, ChatCall call) =>
        rule != KeepRule.WholeAnswers
        || (failure is null && answer.Choices.All(choice => Whole.Contains(choice.FinishReason)) && (call.IsWorthKeeping?.Invoke(answer) ?? true));
}
