using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using GptChat.Rendering;

namespace GptChat.Chatting;

/// <summary>What the chat shows, all of it through the host, so that it works wherever the host has a screen.</summary>
/// <param name="host">The host.</param>
/// <param name="style">Whether colour is wanted.</param>
internal sealed class ChatScreen(PSHost host, ScreenStyle style)
{
    private const int UsualWidth = 80;
    private const string Dim = "\u001b[2m";
    private const string Reset = "\u001b[0m";
    private const string LineAbove = "\u001b[1A\r\u001b[2K";

    private bool _isInLine;

    /// <summary>Whether answers may have colour.</summary>
    public bool HasColor => style.HasColor;

    /// <summary>How many characters fit beside each other.</summary>
    public int Width
    {
        get
        {
            try
            {
                int width = host.UI.RawUI.WindowSize.Width;
                return width > 0 ? width : UsualWidth;
            }
            catch (Exception failure) when (failure is RuntimeException or NotImplementedException or NotSupportedException or System.IO.IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>Writes a piece of an answer.</summary>
    public void Write(string text)
    {
        if (text.Length == 0) return;
        host.UI.Write(text);
        _isInLine = text[text.Length - 1] != '\n';
    }

    /// <summary>Ends the line that is open, so that what follows starts on its own.</summary>
    public void EndLine()
    {
        if (_isInLine) host.UI.WriteLine();
        _isInLine = false;
    }

    /// <summary>What the user is asked to write behind.</summary>
    public void Prompt(string text)
    {
        EndLine();
        host.UI.Write(text);
    }

    /// <summary>Shows a message that an editor has just emptied again, in its own line where the terminal can go back to it.</summary>
    public void Rewrite(string prompt, string message) => host.UI.WriteLine((host.UI.SupportsVirtualTerminal ? LineAbove : string.Empty) + prompt + message);

    /// <summary>Shows what was asked for.</summary>
    public void Line(string text)
    {
        EndLine();
        host.UI.WriteLine(text);
    }

    /// <summary>Says what happened, beside the talk.</summary>
    public void Note(string text)
    {
        string wrapped = Wrapped(text);
        Line(HasColor ? Dim + wrapped + Reset : wrapped);
    }

    /// <summary>Says what went wrong.</summary>
    public void Error(string text)
    {
        EndLine();
        host.UI.WriteErrorLine(Wrapped(text));
    }

    /// <summary>Says what an error record says.</summary>
    public void Error(ErrorRecord error) => Error(error.ErrorDetails?.Message ?? error.Exception?.Message ?? error.ToString());

    /// <summary>Broken between words: the terminal itself breaks within them.</summary>
    private string Wrapped(string text)
    {
        int width = Width;
        var wrapped = new StringBuilder(text.Length + 8);
        int column = 0;
        bool isFirst = true;
        foreach (string word in text.Split(' '))
        {
            int lineBreak = word.IndexOf('\n');
            int cells = CellWidth.Of(lineBreak < 0 ? word : word.Substring(0, lineBreak));
            if (!isFirst)
            {
                bool fits = column + 1 + cells <= width;
                wrapped.Append(fits ? ' ' : '\n');
                column = fits ? column + 1 : 0;
            }

            isFirst = false;
            wrapped.Append(word);
            column = lineBreak < 0 ? column + cells : CellWidth.Of(word.Substring(word.LastIndexOf('\n') + 1));
        }

        return wrapped.ToString();
    }
}
