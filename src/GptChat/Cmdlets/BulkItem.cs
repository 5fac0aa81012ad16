using GptChat.Redaction;

namespace GptChat.Cmdlets;

/// <summary>An input of a bulk call, by which its answer is known.</summary>
/// <param name="Source">The very object that came in; a list of them where several are asked about at once.</param>
/// <param name="Index">Its number, from 0.</param>
internal sealed record BulkItem(object Source, int Index)
{
    /// <summary>The number of the part that is asked about, from 1; 0 where it was not split.</summary>
    public int Part { get; init; }

    /// <summary>How many parts there are; 0 where it was not split.</summary>
    public int PartCount { get; init; }

    /// <summary>What was taken out of its request; null where nothing was to be.</summary>
    public RequestRedaction? Redaction { get; init; }

    /// <summary>Puts that back into its answer; null where it stays out.</summary>
    public AnswerRestoring? Restoring { get; init; }
}
