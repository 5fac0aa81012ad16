using System.Text;

namespace GptChat.Rendering;

/// <summary>
/// Writes code with colours for comments, texts and keywords, and changes nothing else: what is copied is the code. Lines are not
/// broken. A word waits for its end, since it may be a keyword; all else is written at once.
/// </summary>
internal sealed class CodeWriter(LineWrapper to, CodeLanguage? language)
{
    private readonly StringBuilder _word = new();
    private char _quote;
    private bool _isComment;
    private bool _isEscaped;
    private char _before;

    /// <summary>Adds a character of a line.</summary>
    public void Add(char character)
    {
        if (language is null)
        {
            to.Raw(character.ToString(), Ink.Code);
            return;
        }

        bool isOpen = !_isComment && _quote == 0;
        if (isOpen && IsWord(character))
        {
            _word.Append(character);
            return;
        }

        FlushWord();
        if (isOpen && character == language.Comment && (_before == 0 || " \t;(){}<".IndexOf(_before) >= 0)) _isComment = true;
        bool begins = isOpen && !_isComment && language.Quotes.IndexOf(character) >= 0 && _before != language.Escape;
        if (begins) _quote = character;
        to.Raw(character.ToString(), _isComment ? Ink.Comment : _quote != 0 ? Ink.Quoted : Ink.Plain);
        bool ends = !begins && _quote != 0 && character == _quote && !_isEscaped;
        _isEscaped = _quote == '"' && !_isEscaped && character == language.Escape;
        if (ends) _quote = '\0';
        _before = character;
    }

    /// <summary>Ends the line, and whatever was open in it.</summary>
    public void EndLine()
    {
        FlushWord();
        _quote = '\0';
        _isComment = false;
        _isEscaped = false;
        _before = '\0';
        to.EndLine();
    }

    /// <summary>Writes what is held.</summary>
    public void FlushWord()
    {
        if (_word.Length == 0) return;
        string word = _word.ToString();
        _word.Clear();
        bool isKeyword = language!.IsKeyword(word) && _before != '$' && _before != '-' && _before != '.';
        to.Raw(word, isKeyword ? Ink.Keyword : Ink.Plain);
        _before = word[word.Length - 1];
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' || char.IsSurrogate(character);
}
