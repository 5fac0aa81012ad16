using System.Runtime.CompilerServices;

namespace GptChat;

/// <summary>How what is done for every chunk of a stream, or at length for every call, is compiled.</summary>
internal static class HotPath
{
    /// <summary>
    /// For good, the first time. Else a process runs the first fifty streams of ten thousand chunks in code that nobody has optimized
    /// yet, at twice the time each, and a script reads one stream and ends. (.NET Standard has the number without the name.)
    /// </summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;
}
