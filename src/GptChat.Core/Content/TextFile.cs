using System;
using System.IO;
using System.Text;

namespace GptChat.Content;

/// <summary>Reads a text file whole, in whatever encoding it is, and refuses what is no text.</summary>
internal static class TextFile
{
    /// <summary>The largest file that is read; far beyond any model's context, far below what fills the memory.</summary>
    public const long LargestFile = 64L * 1024 * 1024;

    private const int ProbeBytes = 64 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <returns>The text, without a byte order mark, and the name of the encoding that was recognised.</returns>
    /// <exception cref="GptChatException">It cannot be read, is too large or is no text.</exception>
    public static (string Text, string Encoding) Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        return Marked(bytes) ?? Unmarked(bytes, path);
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            long length = new FileInfo(path).Length;
            if (length > LargestFile)
            {
                throw Refused("'" + path + "' is too large: " + (length / (1024 * 1024)) + " MiB", "Send a part of it, such as Get-Content -Tail 1000.", null);
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refused("'" + path + "' cannot be read: " + failure.Message, "Check the path and its permissions.", failure);
        }
    }

    /// <summary>A byte order mark settles it. That of UTF-32 comes first, since that of UTF-16 is its beginning.</summary>
    private static (string Text, string Encoding)? Marked(byte[] bytes)
    {
        if (StartsWith(bytes, 0xFF, 0xFE, 0, 0)) return (Encoding.UTF32.GetString(bytes, 4, bytes.Length - 4), "UTF-32");
        if (StartsWith(bytes, 0xEF, 0xBB, 0xBF)) return (Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3), "UTF-8");
        if (StartsWith(bytes, 0xFF, 0xFE)) return (Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2), "UTF-16");
        if (StartsWith(bytes, 0xFE, 0xFF)) return (Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2), "UTF-16 (big endian)");
        return null;
    }

    private static (string Text, string Encoding) Unmarked(byte[] bytes, string path)
    {
        if (Array.IndexOf(bytes, (byte)0, 0, Math.Min(bytes.Length, ProbeBytes)) >= 0)
        {
            return Utf16(bytes) ?? throw Refused("'" + path + "' is not a text file" + Kind(bytes), "Only text can be sent: convert it first.", null);
        }

        if (Kind(bytes).Length > 0) throw Refused("'" + path + "' is not a text file" + Kind(bytes), "Only text can be sent: convert it first.", null);
        try
        {
            return (StrictUtf8.GetString(bytes), "UTF-8");
        }
        catch (DecoderFallbackException)
        {
            // The first 256 code points: what old files of the western world are, near enough to be read.
            return (Latin1(bytes), "Latin-1");
        }
    }

    /// <summary>UTF-16 without a mark shows in mostly Latin text: every other byte is 0, always on the same side.</summary>
    private static (string Text, string Encoding)? Utf16(byte[] bytes)
    {
        if (bytes.Length < 4 || bytes.Length % 2 != 0) return null;
        int length = Math.Min(bytes.Length, ProbeBytes);
        int even = 0;
        int odd = 0;
        for (int i = 0; i < length; i++)
        {
            if (bytes[i] != 0) continue;
            if (i % 2 == 0) even++;
            else odd++;
        }

        int pairs = length / 2;
        if (odd > pairs * 0.7 && even == 0) return (Encoding.Unicode.GetString(bytes), "UTF-16");
        return even > pairs * 0.7 && odd == 0 ? (Encoding.BigEndianUnicode.GetString(bytes), "UTF-16 (big endian)") : null;
    }

    private static string Kind(byte[] bytes)
    {
        if (StartsWith(bytes, 0x89, (byte)'P', (byte)'N', (byte)'G')) return " (a PNG image)";
        if (StartsWith(bytes, 0xFF, 0xD8, 0xFF)) return " (a JPEG image)";
        if (StartsWith(bytes, (byte)'G', (byte)'I', (byte)'F', (byte)'8')) return " (a GIF image)";
        if (StartsWith(bytes, (byte)'%', (byte)'P', (byte)'D', (byte)'F')) return " (a PDF document)";
        if (StartsWith(bytes, (byte)'P', (byte)'K', 3, 4)) return " (a ZIP archive or an Office document)";
        if (StartsWith(bytes, 0x1F, 0x8B)) return " (a gzip archive)";
        return string.Empty;
    }

    private static string Latin1(byte[] bytes)
    {
        var characters = new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++) characters[i] = (char)bytes[i];
        return new string(characters);
    }

    private static bool StartsWith(byte[] bytes, params byte[] mark) => bytes.AsSpan().StartsWith(mark);

    private static GptChatException Refused(string message, string hint, Exception? inner) => new(GptErrorKind.FileNotReadable, message, inner) { Hint = hint };
}
