using System.Management.Automation;

namespace GptChat.Cmdlets;

/// <summary>An input of a bulk call, by which its answer is known.</summary>
/// <param name="Source">The very object that came in; a list of them where several are asked about at once.</param>
/// <param name="Index">Its number, from 0.</param>
internal sealed record BulkItem(object Source, int Index);
