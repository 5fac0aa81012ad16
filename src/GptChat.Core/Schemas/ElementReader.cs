using System.Collections.Generic;
using System.Text;

namespace GptChat.Schemas;

/// <summary>
/// Finds the elements of an array in a JSON text that is still growing: the array that is the text, or the first one directly inside
/// the object that is the text. Each character is looked at once. Whether an element is valid JSON, whoever parses it will see.
/// </summary>
internal sealed class ElementReader
{
    private readonly StringBuilder _element = new();
    private int _depth;
    private int _arrayDepth;
    private bool _isInString;
    private bool _isEscaped;
    private bool _hasEnded;

    /// <summary>Takes more of the text and gives the elements that it completes.</summary>
    public IReadOnlyList<string> Add(string text)
    {
        var complete = new List<string>();
        foreach (char character in text)
        {
            if (_hasEnded) break;
            Read(character, complete);
        }

        return complete;
    }

    private void Read(char character, List<string> complete)
    {
        bool isInside = _arrayDepth > 0;
        if (_isInString)
        {
            if (isInside) _element.Append(character);
            if (_isEscaped) _isEscaped = false;
            else if (character == '\\') _isEscaped = true;
            else if (character == '"') EndString(complete);
            return;
        }

        switch (character)
        {
            case '"':
                // Words before the answer may quote; what counts begins with its first bracket.
                _isInString = _depth > 0;
                break;
            case '{' or '[':
                _depth++;
                if (isInside || character == '{' || _depth > 2) break;
                _arrayDepth = _depth;
                return;
            case '}' or ']' when _depth > 0:
                if (_depth == _arrayDepth)
                {
                    Complete(complete);
                    _hasEnded = true;
                    return;
                }

                _depth--;
                break;
            case ',' when isInside && _depth == _arrayDepth:
                Complete(complete);
                return;
        }

        if (!isInside) return;
        _element.Append(character);

        // What ends with a bracket or a quote is complete now; a number only when something follows it.
        if (_depth == _arrayDepth && character is ('}' or ']')) Complete(complete);
    }

    private void EndString(List<string> complete)
    {
        _isInString = false;
        if (_depth == _arrayDepth) Complete(complete);
    }

    private void Complete(List<string> complete)
    {
        string element = _element.ToString().Trim();
        _element.Clear();
        if (element.Length > 0) complete.Add(element);
    }
}
