using System;
using System.IO;
using System.Threading;

namespace GptChat.Files;

/// <summary>
/// Writes a file beside its place and moves it there: whoever looks, and whatever kills the process, finds the old file or the
/// new one whole. New files are their owner's alone: they hold what was said.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Makes sure, before anything is paid for, that the file can be written.</summary>
    /// <param name="path">Its full path.</param>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot.</exception>
    public static void RequireWritable(string path)
    {
        if (Directory.Exists(path)) throw new IOException("'" + path + "' is a folder.");
        if (!Directory.Exists(Path.GetDirectoryName(path))) throw new DirectoryNotFoundException("There is no folder '" + Path.GetDirectoryName(path) + "'.");
        string beside = Beside(Target(path));
        Create(beside, path).Dispose();
        File.Delete(beside);
    }

    /// <summary>Writes the file, or leaves it as it was.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="stop">Leaves the file as it was, until it is moved.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write, CancellationToken stop = default)
    {
        string target = Target(path);
        string beside = Beside(target);
        try
        {
            using (FileStream file = Create(beside, target))
            {
                write(file);

                // Moved before its bytes are on the disk, a file may be there and empty after a power cut.
                file.Flush(flushToDisk: true);
            }

            stop.ThrowIfCancellationRequested();
            Move(beside, target);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    private static FileStream Create(string beside, string target)
    {
#if NET
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File.Exists(target) ? File.GetUnixFileMode(target) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(beside, options);
#else
        _ = target;
        return new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None);
#endif
    }

    private static void Move(string beside, string target)
    {
#if NET
        File.Move(beside, target, overwrite: true);
#else
        if (File.Exists(target)) File.Replace(beside, target, null);
        else File.Move(beside, target);
#endif
    }

    /// <summary>Where a link points to: the link stays, as it does for every other way to write.</summary>
    private static string Target(string path)
    {
#if NET
        return File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
#else
        return path;
#endif
    }

    private static string Beside(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path) + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp");
}
