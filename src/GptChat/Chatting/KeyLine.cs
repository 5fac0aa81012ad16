using System;
using System.Management.Automation.Host;
using System.Text;
using GptChat.Rendering;

namespace GptChat.Chatting;

/// <summary>
/// Reads a line key by key from a console, with nothing but Backspace to edit it. A console's own reader of lines takes Ctrl+C for a
/// signal, which ends the whole pipeline and the chat with it; here it is a key that takes the line back.
/// </summary>
internal static class KeyLine
{
    private const char Interrupt = '\u0003';
    private const char EndOfInput = '\u0004';
    private const char Delete = '\u007F';

    /// <summary>Reads a line.</summary>
    /// <param name="host">A host for which <see cref="InterruptKey.CanListen"/> holds.</param>
    /// <param name="wasCancelled">Whether Ctrl+C took it back.</param>
    /// <returns>The line; blank where it was taken back; null at the end of the input (Ctrl+D in an empty line).</returns>
    public static string? Read(PSHost host, out bool wasCancelled)
    {
        wasCancelled = false;
        var line = new StringBuilder();

        // Windows PowerShell's console takes the wish from the option, that of other systems from the terminal.
        Console.TreatControlCAsInput = true;
        try
        {
            for (; ;)
            {
                char key = host.UI.RawUI.ReadKey(ReadKeyOptions.IncludeKeyDown | ReadKeyOptions.NoEcho | ReadKeyOptions.AllowCtrlC).Character;
                switch (key)
                {
                    case '\r' or '\n':
                        host.UI.WriteLine();
                        return line.ToString();
                    case Interrupt:
                        host.UI.WriteLine("^C");
                        wasCancelled = true;
                        return string.Empty;
                    case EndOfInput when line.Length == 0:
                        host.UI.WriteLine();
                        return null;
                    case '\b' or Delete:
                        Erase(host, line);
                        break;
                    case '\t':
                    case >= ' ':
                        line.Append(key);
                        Echo(host, line);
                        break;
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    /// <summary>A letter beyond the first plane comes as two keys, and only both together can be shown.</summary>
    private static void Echo(PSHost host, StringBuilder line)
    {
        char last = line[line.Length - 1];
        if (char.IsHighSurrogate(last)) return;
        host.UI.Write(char.IsLowSurrogate(last) && line.Length > 1 ? line.ToString(line.Length - 2, 2) : last.ToString());
    }

    private static void Erase(PSHost host, StringBuilder line)
    {
        if (line.Length == 0) return;
        int count = line.Length > 1 && char.IsLowSurrogate(line[line.Length - 1]) ? 2 : 1;
        int width = CellWidth.Of(line.ToString(line.Length - count, count));
        line.Length -= count;
        for (int i = 0; i < width; i++) host.UI.Write("\b \b");
    }
}
