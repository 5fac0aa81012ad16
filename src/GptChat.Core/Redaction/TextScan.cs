using System;
using System.Collections.Generic;
using System.Threading;

namespace GptChat.Redaction;

/// <summary>
/// A text that finders look through. All that may go far goes through here, where answers are remembered and characters are
/// counted: finders that ask from left to right cost a multiple of the text's length, whatever the text.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="stop">Fires when the user stops.</param>
internal sealed class TextScan(string text, CancellationToken stop)
{
    private const int StepsBetweenLooks = 256 * 1024;

    private readonly Dictionary<CharSet, (int Start, int End)> _runs = new();
    private readonly Dictionary<string, (int From, int Found)> _words = new(StringComparer.Ordinal);
    private long _nextLook = StepsBetweenLooks;

    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>Its length.</summary>
    public int Length => Text.Length;

    /// <summary>How many characters were looked at.</summary>
    public long Work { get; private set; }

    /// <summary>A character; the null character outside the text.</summary>
    public char this[int index] => (uint)index < (uint)Text.Length ? Text[index] : '\0';

    /// <summary>Where the run of characters of a set ends that begins here; here, if none does.</summary>
    public int RunEnd(int at, CharSet set)
    {
        if (at < 0 || at >= Length || !set.Has(Text[at])) return at;
        if (_runs.TryGetValue(set, out (int Start, int End) run) && at >= run.Start && at < run.End) return run.End;
        int end = at;
        while (end < Length && set.Has(Text[end])) end++;
        _runs[set] = (at, end);
        Took(end - at);
        return end;
    }

    /// <summary>Where a word stands next; -1 if nowhere.</summary>
    /// <param name="word">The word.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="ignoresCase">Whether its case does not matter.</param>
    public int Find(string word, int from, bool ignoresCase = false)
    {
        if (from >= Length) return -1;
        if (_words.TryGetValue(word, out (int From, int Found) known) && from >= known.From && (known.Found < 0 || from <= known.Found)) return known.Found;
        int found = Text.IndexOf(word, from, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        _words[word] = (from, found);
        Took((found < 0 ? Length : found) - from + 1);
        return found;
    }

    /// <summary>Whether a word stands here.</summary>
    public bool Is(int at, string word, bool ignoresCase = false) =>
        at >= 0 && at + word.Length <= Length && string.Compare(Text, at, word, 0, word.Length, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) == 0;

    /// <summary>Whether a name or a token may begin here: after an escape, too, which ends with a letter or a digit.</summary>
    public bool IsStart(int at)
    {
        char before = this[at - 1];
        if (!CharSet.Word.Has(before)) return true;
        if (before is 'n' or 'r' or 't' && this[at - 2] == '\\') return true;
        return this[at - 3] == '%' && CharSet.Hex.Has(this[at - 2]) && CharSet.Hex.Has(before);
    }

    /// <summary>Counts characters that a finder looked at by itself.</summary>
    /// <exception cref="OperationCanceledException">The user stopped.</exception>
    public void Took(int characters)
    {
        Work += characters;
        if (Work < _nextLook) return;
        _nextLook = Work + StepsBetweenLooks;
        stop.ThrowIfCancellationRequested();
    }
}
