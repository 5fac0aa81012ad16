using System;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GptChat.Cli;

/// <summary>Standard output as UTF-8 without a byte order mark; every piece is out at once, and the last line is ended.</summary>
internal sealed class TextOutput(Stream stream) : IDisposable
{
    private const int StandardOutputDescriptor = 1;
    private const int BrokenPipe = 32;

    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
    private bool _isInLine;

    /// <summary>Whether nothing more can be written.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Why, unless the reader at the other end has just had enough (<c>gptchat … | head -1</c>); else null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Standard output of this process.</summary>
    public static TextOutput Open()
    {
        Stream console = Console.OpenStandardOutput();
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return new TextOutput(console);

        // The console's stream hides that the reader of a pipe has gone, and a long answer would go on for nobody. A file's
        // stream tells, but would write over what others add to the same file: it is for pipes only.
        var pipe = new FileStream(new SafeFileHandle(StandardOutputDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return new TextOutput(pipe.CanSeek ? console : pipe);
    }

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
            if (failure.HResult != BrokenPipe) Problem = (failure.InnerException ?? failure).Message;
        }
    }
}
