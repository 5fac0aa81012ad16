using System;
using System.IO;
using System.Linq;
using System.Text;

namespace GptChat.Cli;

/// <summary>Standard output as UTF-8 without a byte order mark; every piece is out at once, and the last line is ended.</summary>
internal sealed class TextOutput(Stream stream) : IDisposable
{
    // What the system says when nobody reads a pipe any more: EPIPE, ERROR_BROKEN_PIPE, ERROR_NO_DATA.
    private static readonly int[] ReaderGone = [32, unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
    private bool _isInLine;

    /// <summary>Whether nothing more can be written: the reader at the other end has gone (<c>gptchat … | head -1</c>), or a failure.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The failure, such as a full disk; null where there was none. A reader that wants no more is none.</summary>
    public string? Problem { get; private set; }

    /// <summary>Writes a piece of text.</summary>
    public void Write(string text)
    {
        if (text.Length == 0 || IsClosed) return;
        Try(() => _writer.Write(text));
        _isInLine = text[^1] != '\n';
    }

    /// <summary>Writes a line.</summary>
    public void WriteLine(string text)
    {
        Write(text);
        if (!IsClosed) Try(() => _writer.WriteLine());
        _isInLine = false;
    }

    /// <summary>Ends the line that is open, if one is.</summary>
    public void EndLine()
    {
        if (_isInLine) WriteLine(string.Empty);
    }

    /// <summary>Says something to the user: on standard error, on a line of its own.</summary>
    public void Say(string message)
    {
        EndLine();
        try
        {
            Console.Error.WriteLine("gptchat: " + message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Standard error is closed: the exit code says it.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndLine();
        if (!IsClosed) Try(_writer.Dispose);
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            IsClosed = true;
            if (!ReaderGone.Contains(failure.HResult)) Problem = (failure.InnerException ?? failure).Message;
        }
    }
}
