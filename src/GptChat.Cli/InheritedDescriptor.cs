using System;
using System.Runtime.InteropServices;

namespace GptChat.Cli;

/// <summary>
/// Tells whether a standard stream was given at all. A program can be started with one of them closed; the runtime then gets
/// its free number for a file of its own, which would never end. What was inherited is told from what was opened since by the
/// close-on-exec mark.
/// </summary>
internal static partial class InheritedDescriptor
{
    /// <summary>Standard input.</summary>
    public const int Input = 0;

    /// <summary>Standard output.</summary>
    public const int Output = 1;

    private const int GetDescriptorFlags = 1;

    /// <summary>Whether whoever started the program gave it this stream.</summary>
    public static bool IsOpen(int descriptor) => OperatingSystem.IsWindows() || FileControl(descriptor, GetDescriptorFlags) == 0;

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(int descriptor, int command);
}
