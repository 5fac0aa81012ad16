using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using System.Threading;

namespace GptChat.Chatting;

/// <summary>Reads what the user writes: a message of one line or more.</summary>
internal sealed class ChatInput(PSHost host, ChatScreen screen, ChatLineEditor? editor, CancellationToken stop)
{
    /// <summary>Before a line that belongs to what stands above it.</summary>
    public const string More = ">> ";

    private const string Quotes = "\"\"\"";
    private const string Fence = "```";

    /// <summary>Whether the line is read by PSReadLine.</summary>
    public bool HasEditor => editor is not null;

    /// <summary>Reads a message. A line that ends in a backtick goes on, and so do an open fence of code and an open <c>"""</c>.</summary>
    /// <returns>The message; blank where it was taken back; null at the end of all input.</returns>
    public string? Message(string prompt)
    {
        if (Line(prompt) is not { } line) return null;
        if (!IsOpen(line)) return line.IndexOf('\n') < 0 ? line : Joined(line);
        var message = new StringBuilder();
        for (; ;)
        {
            message.Append(line);
            if (!IsOpen(message.ToString())) return Plain(message.ToString());
            if (EndsInBacktick(line) && !IsVerbatim(message.ToString())) message.Length--;
            message.Append('\n');

            // Consoles tell of Ctrl+C as of the end of all input. What was not ended was not meant to be sent.
            if (Line(More) is not { } next || WasCancelled) return string.Empty;
            line = next;
        }
    }

    /// <summary>Whether the last line was taken back with Ctrl+C.</summary>
    public bool WasCancelled { get; private set; }

    /// <summary>Reads one line as it is, which no editor completes, colours or holds open; null at the end of all input.</summary>
    public string? PlainLine(string prompt)
    {
        if (!InterruptKey.CanListen(host)) return Line(prompt, null);
        screen.Prompt(prompt);
        string? line = KeyLine.Read(host, out bool wasCancelled);
        WasCancelled = wasCancelled;
        return line;
    }

    /// <summary>Reads one line; null at the end of all input.</summary>
    public string? Line(string prompt) => Line(prompt, editor);

    private string? Line(string prompt, ChatLineEditor? reader)
    {
        WasCancelled = false;
        stop.ThrowIfCancellationRequested();
        try
        {
            if (reader is not null)
            {
                string? message = reader.Read(prompt, screen);
                WasCancelled = reader.WasCancelled;
                return message;
            }

            screen.Prompt(prompt);
            return host.UI.ReadLine();
        }
        catch (PipelineStoppedException) when (!stop.IsCancellationRequested)
        {
            // The console tells of Ctrl+C at its own prompt in this way, and stops nothing.
            WasCancelled = true;
            return string.Empty;
        }
    }

    /// <summary>Whether a message goes on in the next line.</summary>
    internal static bool IsOpen(string text) => EndsInBacktick(text) || IsVerbatim(text);

    /// <summary>Whether the next line belongs to a fence or stands in quotes, where a backtick is what it is.</summary>
    private static bool IsVerbatim(string text) => IsOdd(text, Quotes) || IsOdd(text, Fence);

    /// <summary>One that is part of a fence ends no line.</summary>
    private static bool EndsInBacktick(string text) => text.EndsWith("`", StringComparison.Ordinal) && !text.EndsWith("``", StringComparison.Ordinal) && !IsInCode(text);

    /// <summary>A line such as: what is `ls`</summary>
    private static bool IsInCode(string text)
    {
        int line = text.LastIndexOf('\n') + 1;
        int marks = 0;
        for (int i = line; i < text.Length; i++) if (text[i] == '`') marks++;
        return marks % 2 == 0;
    }

    /// <summary>Marks count where a line begins with them, so that a question about them is none.</summary>
    private static bool IsOdd(string text, string mark)
    {
        int count = 0;
        foreach (string line in text.Split('\n'))
        {
            string bare = line.Trim();
            if (!bare.StartsWith(mark, StringComparison.Ordinal) && !(count % 2 == 1 && bare.EndsWith(mark, StringComparison.Ordinal))) continue;
            count++;
            if (bare.Length > mark.Length && bare.StartsWith(mark, StringComparison.Ordinal) && bare.EndsWith(mark, StringComparison.Ordinal)) count++;
        }

        return count % 2 == 1;
    }

    /// <summary>The lines that an editor gives at once, without what made them go on.</summary>
    private static string Joined(string text) => Plain(text.IndexOf(Fence, StringComparison.Ordinal) < 0 && text.IndexOf(Quotes, StringComparison.Ordinal) < 0 ? text.Replace("`\n", "\n") : text);

    /// <summary>Quotes around the whole are ours; a fence belongs to the message.</summary>
    private static string Plain(string text)
    {
        string bare = text.Trim();
        if (!bare.StartsWith(Quotes, StringComparison.Ordinal)) return text;
        bare = bare.Substring(Quotes.Length);
        if (bare.EndsWith(Quotes, StringComparison.Ordinal)) bare = bare.Substring(0, bare.Length - Quotes.Length);
        return bare.Trim('\n');
    }
}
