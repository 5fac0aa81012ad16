namespace GptChat;

/// <summary>What happens when a conversation no longer fits into the context of its model. What is stored never changes.</summary>
public enum GptContextPolicy
{
    /// <summary>An error, before anything is sent.</summary>
    Error,

    /// <summary>The oldest turns are left out, each whole; instructions stay.</summary>
    TrimOldest,

    /// <summary>The model is asked once for a summary of the older turns, which is sent in their place.</summary>
    Summarize,
}
