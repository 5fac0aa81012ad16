using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Input;

/// <summary>
/// Values inside an object whose parts nobody means: a file is its path there, and of what only works in its process (streams,
/// tasks, code, handles) the kind is all that can be said. To read on would block, or have no end.
/// </summary>
internal static class InnerText
{
    /// <summary>The text of such a value; false for everything else.</summary>
    /// <param name="value">The value.</param>
    /// <param name="level">Where it stands; at 0 it is what was piped in.</param>
    /// <param name="text">The text.</param>
    public static bool TryGet(object value, int level, [NotNullWhen(true)] out string? text)
    {
        text = value switch
        {
            FileSystemInfo file when level > 0 => file.FullName,
            Stream or TextReader or TextWriter or Task or Delegate or WaitHandle or Thread or CancellationToken or MemberInfo and not Type or Assembly or Module or Pointer => "[" + value.GetType() + "]",
            _ => null,
        };
        return text is not null;
    }
}
