using System;
using System.Collections.Generic;
using System.Text;

namespace GptChat.Rendering;

/// <summary>Writes Markdown line by line: each line's beginning is held until it is known what the line is.</summary>
internal sealed class BlockWriter
{
    private const string Bullet = "\u2022 ";
    private const string QuoteBar = "\u2502 ";
    private const int LongestRule = 60;

    private readonly LineWrapper _to;
    private readonly InlineWriter _inline;
    private readonly int _width;
    private readonly StringBuilder _line = new();
    private readonly List<string> _table = new();
    private CodeFence? _fence;
    private CodeWriter _code;
    private bool _isOpen;
    private bool _isCode;
    private bool _isInList;
    private bool _isAfterBlank = true;
    private bool _isAfterVerbatim;
    private int _quotes;
    private int _column;

    /// <summary>Makes a writer.</summary>
    public BlockWriter(StringBuilder to, int width)
    {
        _width = width;
        _to = new LineWrapper(to, width, breaksWords: false);
        _inline = new InlineWriter(_to);
        _code = new CodeWriter(_to, null);
    }

    /// <summary>Whether the next character begins a line.</summary>
    public bool IsAtLineStart => !_isOpen && _line.Length == 0 && _table.Count == 0 && _to.IsAtStart;

    /// <summary>Adds a character.</summary>
    public void Add(char character)
    {
        if (character == '\n')
        {
            if (!_isOpen) Decide(isWhole: true);
            EndLine();
        }
        else if (!_isOpen)
        {
            _line.Append(character);
            Decide(isWhole: false);
        }
        else if (_isCode)
        {
            _code.Add(character);
        }
        else
        {
            _inline.Add(character);
        }
    }

    /// <summary>Writes what is held: the text ends here.</summary>
    public void Complete()
    {
        if (!_isOpen && _line.Length > 0) Decide(isWhole: true);
        FlushTable(endsLine: false);
        _code.FlushWord();
        _inline.Complete();
        _to.Complete();
    }

    private void EndLine()
    {
        if (_isCode)
        {
            _code.EndLine();
        }
        else if (_isOpen)
        {
            _inline.Complete();
            _to.EndLine();
        }
        else if (!_to.IsAtStart)
        {
            _to.EndLine();
        }

        _isOpen = false;
        _isCode = false;
        _quotes = 0;
        _column = 0;
    }

    private void Decide(bool isWhole)
    {
        string line = _line.ToString();
        if (_fence is not null)
        {
            (FenceLine fenced, int start) = _fence.Read(line, isWhole);
            if (fenced == FenceLine.Undecided) return;
            if (fenced == FenceLine.Close) CloseFence();
            if (fenced == FenceLine.Code) OpenCode(line.Substring(start));
            if (fenced != FenceLine.Outside) return;
            _fence = null;
        }

        while (true)
        {
            LineStart start = LineStart.Read(line, isWhole, _quotes == 0 && _column == 0, (_isAfterVerbatim || (_isAfterBlank && !_isInList)) && _column == 0);
            if (start.Kind == LineKind.Undecided) break;
            if (start.Kind == LineKind.TableRow)
            {
                AddRow(line);
                line = string.Empty;
                break;
            }

            FlushTable(endsLine: true);
            string rest = line.Substring(start.Length);
            bool isDecided = Write(start, line, rest);
            Remember(start);
            line = isDecided ? string.Empty : rest;
            if (isDecided || line.Length == 0 && !isWhole) break;
        }

        _line.Clear().Append(line);
    }

    /// <summary>Writes a line's beginning; false if its rest may begin something in its turn.</summary>
    private bool Write(LineStart start, string line, string rest)
    {
        string indent = line.Substring(0, start.Indent).Replace("\t", "    ");
        _inline.Ink = Ink.Plain;
        switch (start.Kind)
        {
            case LineKind.Quote:
                Lead(indent, Ink.Plain);
                _to.Lead(QuoteBar, Ink.Mark, QuoteBar);
                _quotes++;
                return false;
            case LineKind.Bullet:
                Lead(indent, Ink.Plain);
                _to.Lead(Bullet, Ink.Mark, "  ");
                _column += start.Length;
                return false;
            case LineKind.Number:
                Lead(indent, Ink.Plain);
                string number = line.Substring(start.Indent, start.Length - start.Indent);
                _to.Lead(number, Ink.Mark, new string(' ', number.Length));
                _column += start.Length;
                return false;
            case LineKind.Heading:
                Lead(indent, Ink.Plain);
                _inline.Ink = start.Level == 1 ? Ink.Heading.With(InkForm.Underline) : Ink.Heading;
                Open(rest);
                return true;
            case LineKind.Rule:
                _to.Raw(new string('\u2500', _width > 0 ? Math.Min(_width, LongestRule) : LongestRule), Ink.Mark);
                Open(string.Empty);
                return true;
            case LineKind.Fence:
                OpenFence(line, start);
                return true;
            case LineKind.Verbatim:
                _code = new CodeWriter(_to, null);
                OpenCode(line);
                return true;
            case LineKind.Blank:
                Open(string.Empty);
                return true;
            default:
                Lead(indent, Ink.Plain);
                Open(rest);
                return true;
        }
    }

    private void Remember(LineStart start)
    {
        bool isMargin = start.Indent == 0 && _column == 0;
        if (start.Kind is LineKind.Bullet or LineKind.Number) _isInList = true;
        else if (isMargin && (start.Kind is LineKind.Heading or LineKind.Rule or LineKind.Fence || (start.Kind == LineKind.Text && _isAfterBlank))) _isInList = false;
        _isAfterBlank = start.Kind == LineKind.Blank && _column == 0;
        _isAfterVerbatim = start.Kind == LineKind.Verbatim;
    }

    private void Lead(string text, Ink ink)
    {
        if (text.Length > 0) _to.Lead(text, ink, text);
    }

    private void Open(string text)
    {
        _isOpen = true;
        _inline.Add(text);
    }

    private void OpenCode(string text)
    {
        _line.Clear();
        _isOpen = true;
        _isCode = true;
        foreach (char character in text) _code.Add(character);
    }

    private void OpenFence(string line, LineStart start)
    {
        string label = line.Substring(start.Length).Trim();
        _fence = new CodeFence(line[start.Indent], start.Level, _column + start.Indent, _quotes);
        _code = new CodeWriter(_to, CodeLanguage.Find(label));
        if (label.Length > 0) _to.Raw(label, Ink.Mark.With(InkForm.Underline));
    }

    private void CloseFence()
    {
        _fence = null;
        _line.Clear();
        _isAfterBlank = false;
    }

    private void AddRow(string line)
    {
        if (_table.Count == 1 && !TableWriter.IsDelimiter(line)) FlushTable(endsLine: true);
        _table.Add(line);
        _isAfterBlank = false;
    }

    private void FlushTable(bool endsLine)
    {
        if (_table.Count == 0) return;
        string indent = _table[0].Substring(0, _table[0].Length - _table[0].TrimStart().Length);
        int room = _width > 0 ? Math.Max(1, _width - indent.Length) : 0;
        List<string>? lines = _table.Count > 1 ? TableWriter.Lines(_table, room) : null;
        int count = lines?.Count ?? _table.Count;
        for (int i = 0; i < count; i++)
        {
            if (lines is null) _inline.Add(_table[i]);
            else _to.Laid(indent + lines[i]);
            _inline.Complete();
            if (endsLine || i < count - 1) _to.EndLine();
        }

        _table.Clear();
    }
}
