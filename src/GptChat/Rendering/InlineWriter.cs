using System.Collections.Generic;
using System.Text;

namespace GptChat.Rendering;

/// <summary>Writes the text of a line as it comes. From a marker on it is held until the marker is closed or the line ends.</summary>
internal sealed class InlineWriter(LineWrapper to)
{
    // Who forgets to close a marker should not make a long paragraph wait for its end.
    private const int MostHeld = 400;

    private readonly StringBuilder _held = new();
    private readonly List<(string Text, Ink Ink)> _pieces = new();
    private char _before = ' ';

    /// <summary>The ink of what is not marked.</summary>
    public Ink Ink { get; set; }

    /// <summary>Adds a character.</summary>
    public void Add(char character)
    {
        if (_held.Length == 0 && !InlineReader.IsMarker(character))
        {
            to.Add(character, Ink);
            _before = character;
            return;
        }

        _held.Append(character);
        bool mayDecide = Closes(character) || (_held.Length > 1 && Closes(_held[_held.Length - 2])) || _held.Length == MostHeld;
        if (mayDecide) Drain(isWhole: false);
    }

    /// <summary>Adds a text.</summary>
    public void Add(string text)
    {
        foreach (char character in text) Add(character);
    }

    /// <summary>Writes what is held: the line ends here.</summary>
    public void Complete()
    {
        Drain(isWhole: true);
        _before = ' ';
    }

    private static bool Closes(char character) => InlineReader.IsMarker(character) || character is ')' or ']';

    private void Drain(bool isWhole)
    {
        if (_held.Length == 0) return;
        string text = _held.ToString();
        var reader = new InlineReader(text, isWhole || text.Length >= MostHeld);
        int at = 0;
        while (at < text.Length)
        {
            if (!InlineReader.IsMarker(text[at]))
            {
                Write(text, at++, 1);
                continue;
            }

            _pieces.Clear();
            (InlineOutcome outcome, int length) = reader.Read(at, _before, Ink, _pieces);
            if (outcome == InlineOutcome.Open) break;
            if (outcome == InlineOutcome.Span) WritePieces();
            else Write(text, at, length);
            at += length;
            if (outcome == InlineOutcome.Span) _before = text[at - 1];
        }

        _held.Remove(0, at);
    }

    private void WritePieces()
    {
        foreach ((string text, Ink ink) in _pieces)
        {
            foreach (char character in text) to.Add(character, ink);
        }
    }

    private void Write(string text, int at, int length)
    {
        for (int i = at; i < at + length; i++) to.Add(text[i], Ink);
        _before = text[at + length - 1];
    }
}
