namespace GptChat.Cmdlets;

/// <summary>An input of a bulk call, by which its answer is known.</summary>
/// <param name="Source">The very object that came in; a list of them where several are asked about at once.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Part">The number of the part that is asked about, from 1; 0 where it was not split.</param>
/// <param name="PartCount">How many parts there are; 0 where it was not split.</param>
internal sealed record BulkItem(object Source, int Index, int Part = 0, int PartCount = 0);
