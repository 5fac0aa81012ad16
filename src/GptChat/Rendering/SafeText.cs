using System;

namespace GptChat.Rendering;

/// <summary>
/// Lets through of a model's text what is text: control characters would be commands to the terminal. A surrogate waits for its other
/// half, or a console that encodes each write by itself would show two wrong characters.
/// </summary>
internal sealed class SafeText(Action<char> next)
{
    private char _high;

    /// <summary>Takes a character.</summary>
    public void Add(char character)
    {
        if (_high != 0 && char.IsLowSurrogate(character))
        {
            next(_high);
            next(character);
            _high = '\0';
            return;
        }

        Complete();
        if (char.IsHighSurrogate(character)) _high = character;
        else if (IsText(character)) next(character);
    }

    /// <summary>Lets out half a pair that stayed alone.</summary>
    public void Complete()
    {
        if (_high == 0) return;
        char alone = _high;
        _high = '\0';
        next(alone);
    }

    /// <summary>A text without what would command a terminal.</summary>
    public static string Of(string text)
    {
        var kept = new System.Text.StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (IsText(character)) kept.Append(character);
        }

        return kept.ToString();
    }

    private static bool IsText(char character) => !char.IsControl(character) || character is '\n' or '\t';
}
