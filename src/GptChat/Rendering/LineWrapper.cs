using System.Collections.Generic;
using System.Text;

namespace GptChat.Rendering;

/// <summary>
/// Writes words with their ink and breaks lines between them. A word is held until it ends or fills a line; nothing else waits. What
/// does not fit a line is broken by the terminal itself, so that an address stays one when it is copied; in a table's cell it is broken here.
/// </summary>
internal sealed class LineWrapper(StringBuilder to, int width, bool breaksWords)
{
    private readonly List<(string Text, Ink Ink)> _hang = new();
    private readonly List<(char Character, Ink Ink)> _word = new();
    private int _wordWidth;
    private int _column;
    private int _hangWidth;
    private int _gap;
    private Ink _gapInk;
    private Ink _ink;
    private int _before;
    private char _high;
    private bool _isLong;

    /// <summary>Whether nothing stands in the line yet.</summary>
    public bool IsAtStart => _column == 0 && _word.Count == 0 && _gap == 0;

    /// <summary>Writes what stands before the words of a line, and says what stands there in the lines that it is broken into.</summary>
    public void Lead(string text, Ink ink, string hang)
    {
        Raw(text, ink);

        // In a narrow window an indent would leave no room for words.
        if (width > 0 && _hangWidth + hang.Length > width / 2) return;
        _hang.Add((hang, ink));
        _hangWidth += hang.Length;
    }

    /// <summary>Writes something that is not broken.</summary>
    public void Raw(string text, Ink ink)
    {
        FlushWord();
        FlushGap();
        Write(text, ink);
        _column += CellWidth.Of(text);
    }

    /// <summary>Writes a line that is laid out, with its own inks.</summary>
    public void Laid(string line)
    {
        to.Append(line);
        _column = 1;
    }

    /// <summary>Adds a character of a word, or what separates words.</summary>
    public void Add(char character, Ink ink)
    {
        if (character is ' ' or '\t')
        {
            FlushWord();
            _isLong = false;
            _before = character;
            _gap += character == ' ' ? 1 : 4;
            _gapInk = ink;
            return;
        }

        if (char.IsHighSurrogate(character))
        {
            if (_high != 0) AddPoint(_high, ink);
            _high = character;
            return;
        }

        int point = character;
        if (_high != 0 && char.IsLowSurrogate(character)) point = char.ConvertToUtf32(_high, character);
        else if (_high != 0) AddPoint(_high, ink);
        _high = '\0';
        AddPoint(point, ink);
    }

    /// <summary>Ends the line.</summary>
    public void EndLine()
    {
        FlushWord();
        _isLong = false;
        _gap = 0;
        SetInk(Ink.Plain);
        to.Append('\n');
        _column = 0;
        _before = 0;
        _hang.Clear();
        _hangWidth = 0;
    }

    /// <summary>Writes what is held, and leaves the line open.</summary>
    public void Complete()
    {
        FlushWord();
        SetInk(Ink.Plain);
    }

    private void AddPoint(int point, Ink ink)
    {
        int cells = CellWidth.Of(point, _before);
        if (cells > 0 && _before != 0 && !IsTail(point) && (CellWidth.IsWide(point) || CellWidth.IsWide(_before))) FlushWord();
        bool fills = width > 0 && _wordWidth + cells > width - _hangWidth;
        if (fills && _word.Count > 0)
        {
            FlushWord();
            _isLong = true;
        }

        if (point > char.MaxValue)
        {
            string pair = char.ConvertFromUtf32(point);
            _word.Add((pair[0], ink));
            _word.Add((pair[1], ink));
        }
        else
        {
            _word.Add(((char)point, ink));
        }

        _wordWidth += cells;
        _before = point;
    }

    /// <summary>Marks that must not begin a line.</summary>
    private static bool IsTail(int point) => point <= char.MaxValue && ",.!?:;)]}%\u3001\u3002\u3009\u300B\u300D\u300F\u3011\uFF01\uFF09\uFF0C\uFF0E\uFF1A\uFF1B\uFF1F".IndexOf((char)point) >= 0;

    private void FlushWord()
    {
        if (_high != 0)
        {
            char alone = _high;
            _high = '\0';
            AddPoint(alone, _ink);
        }

        if (_word.Count == 0) return;
        if (width > 0 && _column + _gap + _wordWidth > width && _column > _hangWidth && (!_isLong || breaksWords)) Break();
        FlushGap();
        foreach ((char character, Ink ink) in _word)
        {
            SetInk(ink);
            to.Append(character);
        }

        _column += _wordWidth;
        _word.Clear();
        _wordWidth = 0;
    }

    private void Break()
    {
        _gap = 0;
        SetInk(Ink.Plain);
        to.Append('\n');
        _column = 0;
        foreach ((string text, Ink ink) in _hang) Write(text, ink);
        _column = _hangWidth;
    }

    private void FlushGap()
    {
        if (_gap == 0) return;
        Write(new string(' ', _gap), _gapInk);
        _column += _gap;
        _gap = 0;
    }

    private void Write(string text, Ink ink)
    {
        if (text.Length == 0) return;
        SetInk(ink);
        to.Append(text);
    }

    private void SetInk(Ink ink)
    {
        if (ink == _ink) return;
        if (_ink != Ink.Plain) to.Append(Ink.Reset);
        ink.AppendStart(to);
        _ink = ink;
    }
}
