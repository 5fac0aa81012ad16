using System;
using System.IO;

namespace GptChat.Files;

/// <summary>Opens files that hold prompts and answers: nobody else's business, unless whoever made the file first decided otherwise.</summary>
internal static class OwnerFile
{
    // Far behind the end, so that nobody who reads is hindered where such locks are more than advice.
    private const long LockedByte = 1L << 62;

    /// <summary>Opens a file to be read and appended to; makes it if it is not there. What is written is with the system at once.</summary>
    public static FileStream OpenOrCreate(string path)
    {
#if NET
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
#else
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1);
#endif
    }

    /// <summary>Keeps other processes that do the same from writing; readers are not hindered. Closing the file ends it.</summary>
    /// <exception cref="IOException">Another process writes.</exception>
    public static void Lock(FileStream file)
    {
#if NET
        // The runtime has no such locks there.
        if (OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || !file.CanSeek) return;
#endif
        file.Lock(LockedByte, 1);
    }
}
