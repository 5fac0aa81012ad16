using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GptChat.Files;

namespace GptChat.Recording;

/// <summary>
/// A recording on disk: JSON Lines, one exchange a line, appended in one write. A line that a kill has cut stays alone: the
/// next one starts on a line of its own and readers pass over the damage. Others may read and append meanwhile.
/// </summary>
internal static class RecordingFile
{
    private const int Tries = 50;

    // What RecordedExchange writes first.
    private static readonly byte[] Beginning = Encoding.ASCII.GetBytes("{\"gptchat\":");

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // One of a few for every path: a program that lives long writes to many files.
    private static readonly object[] Gates = Enumerable.Range(0, 64).Select(_ => new object()).ToArray();

    /// <summary>Makes sure, before anything is sent, that the file can be written.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="role">How an error speaks of it.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    /// <exception cref="GptChatException">It cannot.</exception>
    /// <exception cref="OperationCanceledException">The user stopped while another process held it.</exception>
    public static void RequireWritable(string path, FileRole role, CancellationToken cancellation = default)
    {
        lock (GateOf(path))
        {
            try
            {
                using FileStream file = Open(path, FileAccess.ReadWrite, cancellation);

                // Into a pipe that nobody reads one would write for ever.
                if (!file.CanSeek) throw new NotSupportedException("it is a pipe or a device, not a file.");
                if (!BeginsAsRecording(file)) throw new NotSupportedException("it holds something else than recorded exchanges.");
            }
            catch (Exception failure) when (IsOfTheFile(failure))
            {
                throw role.NotWritable(path, failure);
            }
        }
    }

    /// <summary>The same for the file of <c>-Record</c>.</summary>
    public static void RequireWritable(string path, CancellationToken cancellation = default) => RequireWritable(path, FileRole.Record, cancellation);

    /// <summary>Appends a line.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="line">The line without its end.</param>
    /// <param name="role">How an error speaks of the file; that of <c>-Record</c> if not given.</param>
    /// <returns>Where the line begins.</returns>
    /// <exception cref="GptChatException">The file cannot be written.</exception>
    public static long Append(string path, byte[] line, FileRole? role = null)
    {
        lock (GateOf(path))
        {
            try
            {
                using FileStream file = Open(path, FileAccess.ReadWrite, CancellationToken.None);
                long length = file.Length;
                bool needsBreak = length > 0 && LastByte(file) != (byte)'\n';
                var whole = new byte[line.Length + (needsBreak ? 2 : 1)];
                if (needsBreak) whole[0] = (byte)'\n';
                line.CopyTo(whole, needsBreak ? 1 : 0);
                whole[whole.Length - 1] = (byte)'\n';
                file.Seek(0, SeekOrigin.End);
                Write(file, whole, length);
                return needsBreak ? length + 1 : length;
            }
            catch (Exception failure) when (IsOfTheFile(failure))
            {
                throw (role ?? FileRole.Record).NotKept(path, failure);
            }
        }
    }

    /// <summary>Opens it to be read, also while others append.</summary>
    public static FileStream OpenToRead(string path) => Open(path, FileAccess.Read, CancellationToken.None);

    /// <summary>Does something while no other process appends.</summary>
    public static void WhileLocked(string path, Action<FileStream> action, CancellationToken cancellation)
    {
        lock (GateOf(path))
        {
            using FileStream file = Open(path, FileAccess.ReadWrite, cancellation);
            action(file);
        }
    }

    /// <summary>Whether a failure is one of a file, and none of the program.</summary>
    public static bool IsOfTheFile(Exception failure) => failure is IOException or UnauthorizedAccessException or NotSupportedException;

    private static void Write(FileStream file, byte[] whole, long length)
    {
        try
        {
            file.Write(whole, 0, whole.Length);
            file.Flush();
        }
        catch (IOException)
        {
            // A disk that is full took a part of it, perhaps. What is there is then as before; if not even that works, readers
            // pass over it.
            try
            {
                file.SetLength(length);
            }
            catch (Exception failure) when (IsOfTheFile(failure))
            {
                // The failure to write is the one to tell.
            }

            throw;
        }
    }

    private static FileStream Open(string path, FileAccess access, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            FileStream? file = null;
            try
            {
                file = OpenOnce(path, access);
                if (access != FileAccess.Read) OwnerFile.Lock(file);
                return file;
            }
            catch (IOException busy) when (attempt < Tries && busy is not (FileNotFoundException or DirectoryNotFoundException))
            {
                // Another process appends at this moment.
                file?.Dispose();
                cancellation.WaitHandle.WaitOne(Pause);
                cancellation.ThrowIfCancellationRequested();
            }
            catch
            {
                file?.Dispose();
                throw;
            }
        }
    }

    private static FileStream OpenOnce(string path, FileAccess access) => access == FileAccess.Read
        ? new FileStream(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete)
        : OwnerFile.OpenOrCreate(path);

    /// <summary>Whether a file is empty or begins as a recording does, be it one that a kill has cut: a slip of the path must not spoil a file of somebody else's.</summary>
    public static bool BeginsAsRecording(FileStream file)
    {
        if (file.Length == 0) return true;
        var head = new byte[Beginning.Length];
        int count = file.Read(head, 0, head.Length);

        // Cut so early, the line stays alone, and the next one has begun after it.
        int end = Array.IndexOf(head, (byte)'\n', 0, count);
        if (end > 0) count = end;
        return head.AsSpan(0, count).SequenceEqual(Beginning.AsSpan(0, count));
    }

    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }

    private static object GateOf(string path) => Gates[(uint)StringComparer.Ordinal.GetHashCode(path) % Gates.Length];
}
