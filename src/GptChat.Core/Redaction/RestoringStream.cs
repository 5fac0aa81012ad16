using System;

namespace GptChat.Redaction;

/// <summary>
/// Puts values back into a text that comes in pieces: what may be the beginning of a placeholder waits for the next piece.
/// </summary>
/// <param name="vault">Which placeholder stands for what.</param>
internal sealed class RestoringStream(RedactionVault vault)
{
    private string _held = string.Empty;

    /// <summary>Takes a piece and gives what can be told of the text by now.</summary>
    public string Push(string piece)
    {
        if (piece.Length == 0) return string.Empty;
        string text = _held + piece;
        int from = Math.Max(0, text.Length - PlaceholderText.Longest);
        int cut = text.Length;
        for (int at = text.LastIndexOf('['); at >= from; at = at == 0 ? -1 : text.LastIndexOf('[', at - 1))
        {
            if (PlaceholderText.MayGrow(text, at)) cut = at;
        }

        _held = text.Substring(cut);
        return vault.Restore(text.Substring(0, cut));
    }

    /// <summary>What was held back when nothing more comes.</summary>
    public string End()
    {
        string rest = _held;
        _held = string.Empty;
        return rest;
    }
}
