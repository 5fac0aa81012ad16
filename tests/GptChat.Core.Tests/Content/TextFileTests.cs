using System;
using System.IO;
using System.Linq;
using System.Text;
using GptChat.Content;
using Xunit;

namespace GptChat.Core.Tests.Content;

/// <summary>Files are read in whatever encoding they are, and what is no text is refused.</summary>
public sealed class TextFileTests : IDisposable
{
    private const string Said = "Grüße — 東京 😀\r\nEnd";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Write(byte[] bytes)
    {
        string path = _directory.File("file.txt");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private GptChatException Refused(byte[] bytes)
    {
        GptChatException failure = Assert.Throws<GptChatException>(() => { TextFile.Read(Write(bytes)); });
        Assert.Equal(GptErrorKind.FileNotReadable, failure.Kind);
        Assert.Contains("file.txt", failure.Message, StringComparison.Ordinal);
        return failure;
    }

    [Theory]
    [InlineData("utf-8", "UTF-8")]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16 (big endian)")]
    [InlineData("utf-32", "UTF-32")]
    public void A_byte_order_mark_settles_the_encoding(string encoding, string name)
    {
        Encoding writer = Encoding.GetEncoding(encoding);
        Assert.Equal((Said, name), TextFile.Read(Write([.. writer.GetPreamble(), .. writer.GetBytes(Said)])));
    }

    [Fact]
    public void Without_a_mark_it_is_utf8_if_it_can_be()
    {
        Assert.Equal((Said, "UTF-8"), TextFile.Read(Write(Encoding.UTF8.GetBytes(Said))));
        Assert.Equal(("", "UTF-8"), TextFile.Read(Write([])));
    }

    [Theory]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16 (big endian)")]
    public void Latin_text_in_utf16_is_recognised_without_a_mark(string encoding, string name) =>
        Assert.Equal(("Hello, wörld", name), TextFile.Read(Write(Encoding.GetEncoding(encoding).GetBytes("Hello, wörld"))));

    [Fact]
    public void What_is_no_utf8_is_read_as_latin1() => Assert.Equal(("Grüße", "Latin-1"), TextFile.Read(Write([(byte)'G', (byte)'r', 0xFC, 0xDF, (byte)'e'])));

    [Theory]
    [InlineData(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13 }, "PNG")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, "JPEG")]
    [InlineData(new byte[] { (byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'9', (byte)'a' }, "GIF")]
    [InlineData(new byte[] { (byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', (byte)'1' }, "PDF")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 20, 0 }, "ZIP")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8 }, "gzip")]
    [InlineData(new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0 }, "not a text file")]
    public void What_is_no_text_is_refused_by_name(byte[] bytes, string named) => Assert.Contains(named, Refused(bytes).Message, StringComparison.Ordinal);

    [Fact]
    public void A_nul_among_text_is_refused() => Refused([.. Encoding.ASCII.GetBytes(new string('a', 1001)), 0, (byte)'b']);

    [Fact]
    public void A_file_that_is_not_there_is_refused()
    {
        GptChatException failure = Assert.Throws<GptChatException>(() => { TextFile.Read(_directory.File("missing.txt")); });
        Assert.Equal(GptErrorKind.FileNotReadable, failure.Kind);
        Assert.Contains("missing.txt", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused_without_being_read()
    {
        string path = _directory.File("large.txt");
        using (FileStream file = File.Create(path)) file.SetLength(TextFile.LargestFile + 1);
        Assert.Contains("too large", Assert.Throws<GptChatException>(() => { TextFile.Read(path); }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\n", "x.txt (2.5 KB):\n```\na\n```")]
    [InlineData("a", "x.txt (2.5 KB):\n```\na\n```")]
    [InlineData("```\ncode\n```\n", "x.txt (2.5 KB):\n````\n```\ncode\n```\n````")]
    [InlineData("", "x.txt (2.5 KB):\n```\n\n```")]
    public void A_file_in_a_prompt_cannot_close_its_fence(string text, string block) => Assert.Equal(block, PromptBlock.File("x.txt", text, 2560));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 KB")]
    [InlineData(1075, "1 KB")]
    [InlineData(1587, "1.5 KB")]
    [InlineData(3 * 1024 * 1024, "3 MB")]
    public void A_size_is_said_as_people_say_it(long bytes, string text) => Assert.Equal(text, ByteCount.Text(bytes));
}
