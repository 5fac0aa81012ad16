using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GptChat.Cli;

/// <summary>
/// Standard input, where somebody gave one. A terminal is not read, since nobody might be typing; nor is the null device,
/// which services and schedulers pass to say that there is nothing.
/// </summary>
internal static partial class StandardInput
{
    private const int StandardInputHandle = -10;
    private const uint CharacterDevice = 2;

    /// <summary>Whether there is input to read: a pipe or a file, empty or not.</summary>
    public static bool IsGiven { get; } = InheritedDescriptor.IsOpen(InheritedDescriptor.Input) && Console.IsInputRedirected && !IsNullDevice();

    /// <summary>All of it, as lines.</summary>
    public static string[] ReadLines()
    {
        using var reader = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
        string text = reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
        if (text.Length == 0) return [];
        return (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
    }

    private static bool IsNullDevice()
    {
        if (OperatingSystem.IsWindows()) return GetFileType(GetStdHandle(StandardInputHandle)) == CharacterDevice;
        if (OperatingSystem.IsLinux()) return new FileInfo("/proc/self/fd/0").LinkTarget == "/dev/null";
        using var handle = new SafeFileHandle(0, ownsHandle: false);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return stream is { CanSeek: true, Length: 0 };
    }

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial IntPtr GetStdHandle(int handle);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint GetFileType(IntPtr handle);
}
