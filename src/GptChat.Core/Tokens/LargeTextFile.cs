using System;
using System.IO;
using System.Text;
using System.Threading;
using GptChat.Content;

namespace GptChat.Tokens;

/// <summary>
/// A text file of any size, read through twice in flat memory: once to see what it is, once to be counted as it would stand in a
/// prompt.
/// </summary>
internal sealed class LargeTextFile
{
    private const int ProbeBytes = 64 * 1024;
    private const char Backtick = '`';

    private readonly string _path;
    private readonly Encoding _encoding;
    private readonly int _mark;
    private int _longestFence;
    private bool _endsWithLine;

    private LargeTextFile(string path, Encoding encoding, int mark)
    {
        _path = path;
        _encoding = encoding;
        _mark = mark;
    }

    /// <summary>Looks at a file; null where it is no plain text, or text without a mark in an encoding that only the whole can tell.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="stop">Fires when the user stops.</param>
    /// <exception cref="GptChatException">It cannot be read.</exception>
    public static LargeTextFile? Open(string path, CancellationToken stop) => Reading(path, () =>
    {
        byte[] probe = Probe(path);
        if (MediaType.Of(probe) is not null) return null;
        LargeTextFile? file = Marked(path, probe);
        if (file is null)
        {
            if (Array.IndexOf(probe, (byte)0) >= 0) return null;
            file = new LargeTextFile(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), 0);
        }

        try
        {
            file.Survey(stop);
            return file;
        }
        catch (DecoderFallbackException)
        {
            file = new LargeTextFile(path, Encoding.GetEncoding("iso-8859-1"), 0);
            file.Survey(stop);
            return file;
        }
    });

    /// <summary>Counts it as it would stand in a prompt: under its name, between fences.</summary>
    public void CountInto(TextTokens counter, string name)
    {
        // The block of an empty file of that name, with a fence as long as this file needs.
        string fence = new(Backtick, Math.Max(3, _longestFence + 1));
        counter.Add((PromptBlock.Head(name, new FileInfo(_path).Length) + "\n" + fence + "\n").AsSpan());
        Reading(_path, () =>
        {
            using StreamReader reader = Reader();
            counter.Add(reader);
            return true;
        });
        counter.Add(((_endsWithLine ? string.Empty : "\n") + fence).AsSpan());
    }

    private static byte[] Probe(string path)
    {
        using FileStream file = OpenFile(path);
        var probe = new byte[Math.Min(ProbeBytes, file.Length)];
        int filled = 0;
        int read;
        while (filled < probe.Length && (read = file.Read(probe, filled, probe.Length - filled)) > 0) filled += read;
        Array.Resize(ref probe, filled);
        return probe;
    }

    private static LargeTextFile? Marked(string path, byte[] probe)
    {
        ReadOnlySpan<byte> bytes = probe;
        if (bytes.StartsWith(new byte[] { 0xFF, 0xFE, 0, 0 })) return new LargeTextFile(path, Encoding.UTF32, 4);
        if (bytes.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF })) return new LargeTextFile(path, Encoding.UTF8, 3);
        if (bytes.StartsWith(new byte[] { 0xFF, 0xFE })) return new LargeTextFile(path, Encoding.Unicode, 2);
        return bytes.StartsWith(new byte[] { 0xFE, 0xFF }) ? new LargeTextFile(path, Encoding.BigEndianUnicode, 2) : null;
    }

    /// <summary>Reads it once, for what must be known before its first character is counted.</summary>
    private void Survey(CancellationToken stop)
    {
        using StreamReader reader = Reader();
        var piece = new char[16 * 1024];
        int run = 0;
        int read;
        while ((read = reader.Read(piece, 0, piece.Length)) > 0)
        {
            stop.ThrowIfCancellationRequested();
            for (int i = 0; i < read; i++)
            {
                run = piece[i] == Backtick ? run + 1 : 0;
                if (run > _longestFence) _longestFence = run;
            }

            _endsWithLine = piece[read - 1] == '\n';
        }
    }

    private StreamReader Reader()
    {
        FileStream file = OpenFile(_path);
        file.Position = _mark;
        return new StreamReader(file, _encoding, detectEncodingFromByteOrderMarks: false, 64 * 1024);
    }

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new GptChatException(GptErrorKind.FileNotReadable, "'" + path + "' cannot be read: " + failure.Message, failure) { Hint = "Check the path and its permissions.", Target = path };
        }
    }
}
