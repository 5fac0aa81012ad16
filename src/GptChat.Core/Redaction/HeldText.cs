using System;
using System.Security;
using System.Text;
using GptChat.Connections;

namespace GptChat.Redaction;

/// <summary>A value that was taken out, kept as keys are: in SecureStrings, which have no text that could be shown or serialised.</summary>
internal sealed class HeldText
{
    // SecureStrings end at 64 KiB, and where they are encrypted each character costs the length.
    private const int PieceLength = 1024;

    private readonly SecureString[] _pieces;

    /// <summary>Takes a text.</summary>
    public HeldText(string text)
    {
        _pieces = new SecureString[(text.Length + PieceLength - 1) / PieceLength];
        for (int i = 0; i < _pieces.Length; i++)
        {
            var piece = new SecureString();
            int end = Math.Min(text.Length, (i + 1) * PieceLength);
            for (int at = i * PieceLength; at < end; at++) piece.AppendChar(text[at]);
            piece.MakeReadOnly();
            _pieces[i] = piece;
            Length += piece.Length;
        }
    }

    /// <summary>How long it is.</summary>
    public int Length { get; }

    /// <summary>The text. Callers keep it no longer than they must.</summary>
    public string Reveal()
    {
        if (_pieces.Length == 1) return SecureText.Reveal(_pieces[0]);
        var text = new StringBuilder(Length);
        foreach (SecureString piece in _pieces) text.Append(SecureText.Reveal(piece));
        return text.ToString();
    }
}
