using System;
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
        byte[] bytes = InputFile.Read(path);
        return MediaType.Of(bytes) is { } type ? throw InputFile.NotSendable(path, " (" + type.Name + ")") : Decode(bytes, path);
    }

    /// <summary>The text that the bytes are.</summary>
    /// <param name="bytes">The content of a file that is no image, sound or document.</param>
    /// <param name="path">Where it came from, for the error.</param>
    /// <exception cref="GptChatException">It is no text.</exception>
    public static (string Text, string Encoding) Decode(byte[] bytes, string path) =>
        Marked(bytes) ?? Unmarked(bytes) ?? throw InputFile.NotSendable(path, string.Empty);

    /// <summary>Whether the bytes can be read as text.</summary>
    public static bool IsText(byte[] bytes) => (Marked(bytes) ?? Unmarked(bytes)) is not null;

    /// <summary>A byte order mark settles it. That of UTF-32 comes first, since that of UTF-16 is its beginning.</summary>
    private static (string Text, string Encoding)? Marked(byte[] bytes)
    {
        if (StartsWith(bytes, 0xFF, 0xFE, 0, 0)) return (Encoding.UTF32.GetString(bytes, 4, bytes.Length - 4), "UTF-32");
        if (StartsWith(bytes, 0xEF, 0xBB, 0xBF)) return (Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3), "UTF-8");
        if (StartsWith(bytes, 0xFF, 0xFE)) return (Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2), "UTF-16");
        if (StartsWith(bytes, 0xFE, 0xFF)) return (Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2), "UTF-16 (big endian)");
        return null;
    }

    private static (string Text, string Encoding)? Unmarked(byte[] bytes)
    {
        if (Array.IndexOf(bytes, (byte)0, 0, Math.Min(bytes.Length, ProbeBytes)) >= 0) return Utf16(bytes);
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

    private static string Latin1(byte[] bytes)
    {
        var characters = new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++) characters[i] = (char)bytes[i];
        return new string(characters);
    }

    private static bool StartsWith(byte[] bytes, params byte[] mark) => bytes.AsSpan().StartsWith(mark);
}
