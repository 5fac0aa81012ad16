using GptChat.Redaction;

namespace GptChat.Cmdlets;

/// <summary>An input of a bulk call, by which its answer is known.</summary>
/// <param name="Source">The very object that came in; a list of them where several are asked about at once.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Redaction">What was taken out of its request; null where nothing was to be.</param>
/// <param name="Restoring">Puts that back into its answer; null where it stays out.</param>
internal sealed record BulkItem(object Source, int Index, RequestRedaction? Redaction, AnswerRestoring? Restoring);
