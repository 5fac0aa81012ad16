using System;
using System.Text;

namespace GptChat.Rendering;

/// <summary>
/// Writes a model's Markdown to the console while it arrives, with colours, lists, tables and lines that break between words. Without
/// colour it is the very text. It may be cut anywhere: what is written depends on the characters alone. Nothing that would command the
/// terminal passes but colours of its own.
/// </summary>
internal sealed class MarkdownWriter
{
    private readonly Action<string> _write;
    private readonly StringBuilder _out = new();
    private readonly SafeText _safe;
    private readonly BlockWriter? _blocks;
    private char _last = '\n';

    /// <summary>Makes a writer.</summary>
    /// <param name="write">Takes what is to be shown, whenever there is something.</param>
    /// <param name="width">The width of the console in cells; 0 or less where lines are not to be broken.</param>
    /// <param name="color">Whether Markdown is rendered; otherwise the text is shown as it was written.</param>
    public MarkdownWriter(Action<string> write, int width, bool color)
    {
        _write = write;
        _blocks = color ? new BlockWriter(_out, Math.Max(0, width)) : null;
        _safe = new SafeText(Take);
    }

    /// <summary>Whether what is shown next begins a line.</summary>
    public bool IsAtLineStart => _blocks?.IsAtLineStart ?? _last == '\n';

    /// <summary>Adds a piece of the text, and shows all of it that is certain.</summary>
    public void Append(string delta)
    {
        foreach (char character in delta) _safe.Add(character);
        Flush();
    }

    /// <summary>Shows what is held: the text ends here. The last line stays open if the text leaves it open.</summary>
    public void Complete()
    {
        _safe.Complete();
        _blocks?.Complete();
        Flush();
    }

    private void Take(char character)
    {
        _last = character;
        if (_blocks is null) _out.Append(character);
        else _blocks.Add(character);
    }

    private void Flush()
    {
        if (_out.Length == 0) return;
        string text = _out.ToString();
        _out.Clear();
        _write(text);
    }
}
