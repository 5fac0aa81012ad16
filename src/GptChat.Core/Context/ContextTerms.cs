namespace GptChat.Context;

/// <summary>What the user says of the context, for all requests of a call.</summary>
/// <param name="Window">How many tokens prompt and answer may have together; null for what is known of the model.</param>
/// <param name="CountsEstimates">Whether an estimate decides too; else the server does.</param>
/// <param name="Hint">What to do where a request does not fit.</param>
internal sealed record ContextTerms(int? Window, bool CountsEstimates, string Hint)
{
    /// <summary>Whether something was sent before: the request gives a model the results of tools.</summary>
    public bool IsFollowUp { get; init; }

    /// <summary>What to do where nothing can be left out.</summary>
    public const string Shorten = "Send less, ask a model with a larger context (-Model), or allow a shorter answer (-MaxCompletionTokens).";

    /// <summary>What to do with a text.</summary>
    public const string Split = "-Chunk splits the input into parts that fit, and -Combine 'prompt' makes one answer of the answers; or send less.";

    /// <summary>What to do with the parts of one.</summary>
    public const string SplitSmaller = "Make the parts smaller (-ChunkSize), or leave it out for parts that fit; or shorten -Prompt and -System.";

    /// <summary>What to do with the results of tools, which come when a request was sent already.</summary>
    public const string TakeLess = "Let tools give less back: New-GptTool -MaxResultLength, or fewer of them. The model has asked for tools and got no answer; what they did is done.";

    /// <summary>What to do with a conversation.</summary>
    public const string LeaveOut = "Leave older turns out (-ContextPolicy TrimOldest) or have them summarised (-ContextPolicy Summarize), or begin a new conversation.";
}
