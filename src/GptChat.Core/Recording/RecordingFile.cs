using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;

namespace GptChat.Recording;

/// <summary>
/// A recording on disk: JSON Lines, one exchange a line, appended in one write. A line that a kill has cut stays alone: the
/// next one starts on a line of its own and readers pass over the damage.
/// </summary>
internal static class RecordingFile
{
    private const int Tries = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly ConcurrentDictionary<string, object> Gates = new(StringComparer.Ordinal);

    /// <summary>Makes sure, before anything is sent, that the file can be written.</summary>
    /// <exception cref="GptChatException">It cannot.</exception>
    public static void RequireWritable(string path)
    {
        lock (GateOf(path))
        {
            try
            {
                using FileStream file = Open(path);

                // Into a pipe that nobody reads one would write for ever.
                if (!file.CanSeek) throw new NotSupportedException("it is a pipe or a device, not a file.");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw NotUsable("The recording cannot be written: " + failure.Message, "Check the path given to -Record and its permissions. Nothing was sent.", failure);
            }
        }
    }

    /// <summary>Appends a line.</summary>
    /// <exception cref="GptChatException">The file cannot be written.</exception>
    public static void Append(string path, byte[] line)
    {
        lock (GateOf(path))
        {
            try
            {
                using FileStream file = Open(path);
                bool needsBreak = file.Length > 0 && LastByte(file) != (byte)'\n';
                var whole = new byte[line.Length + (needsBreak ? 2 : 1)];
                if (needsBreak) whole[0] = (byte)'\n';
                line.CopyTo(whole, needsBreak ? 1 : 0);
                whole[whole.Length - 1] = (byte)'\n';
                file.Seek(0, SeekOrigin.End);
                file.Write(whole, 0, whole.Length);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw NotUsable("The answer came, but the recording cannot be written: " + failure.Message, "Check the path given to -Record, its permissions and the space on the disk.", failure);
            }
        }
    }

    private static FileStream Open(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return OpenOnce(path);
            }
            catch (IOException busy) when (attempt < Tries && busy is not (FileNotFoundException or DirectoryNotFoundException))
            {
                // Another process appends at this moment.
                Thread.Sleep(Pause);
            }
        }
    }

    private static FileStream OpenOnce(string path)
    {
#if NET
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read };

        // Prompts and answers are nobody else's business.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
#else
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
#endif
    }

    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }

    private static object GateOf(string path) => Gates.GetOrAdd(path, _ => new object());

    private static GptChatException NotUsable(string message, string hint, Exception inner) => new(GptErrorKind.RecordingNotUsable, message, inner) { Hint = hint };
}
