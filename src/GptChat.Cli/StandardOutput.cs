using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace GptChat.Cli;

/// <summary>Standard output.</summary>
internal static class StandardOutput
{
    /// <summary>Whether whoever started the program left it open.</summary>
    public static bool IsGiven => InheritedDescriptor.IsOpen(InheritedDescriptor.Output);

    /// <summary>
    /// Opens it. The console's own stream says nothing when the reader at the other end has gone (<c>gptchat … | head -1</c>), and
    /// an answer that nobody reads would be received, and paid, to its end; a file stream tells.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        var stream = new FileStream(new SafeFileHandle(InheritedDescriptor.Output, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // A file has no reader to lose, and its position is shared with the programs that write before and after.
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
