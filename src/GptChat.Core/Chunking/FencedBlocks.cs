using System;
using System.Collections.Generic;

namespace GptChat.Chunking;

/// <summary>
/// The blocks of code in a text: from a line of three or more backticks or tildes to the next of the same kind that is as long at
/// least. One that is never closed is none: a log may hold any line.
/// </summary>
internal sealed class FencedBlocks
{
    private const int ShortestFence = 3;
    private const int MostIndent = 3;

    /// <summary>What a fence is made of.</summary>
    internal static readonly char[] Marks = { '`', '~' };

    private readonly List<(int Start, int End)> _blocks = new();

    /// <summary>Finds them, in one pass.</summary>
    public FencedBlocks(string text)
    {
        int open = -1;
        (char Mark, int Length) fence = default;
        for (int line = 0; line < text.Length;)
        {
            int end = text.IndexOf('\n', line);
            int next = end < 0 ? text.Length : end + 1;
            (char mark, int length, bool isBare) = Fence(text.AsSpan(line, next - line));
            if (length >= ShortestFence)
            {
                if (open < 0)
                {
                    open = line;
                    fence = (mark, length);
                }
                else if (isBare && mark == fence.Mark && length >= fence.Length)
                {
                    _blocks.Add((open, next));
                    open = -1;
                }
            }

            line = next;
        }
    }

    /// <summary>The last one, its fences included; null where there is none.</summary>
    public (int Start, int End)? Last => _blocks.Count == 0 ? null : _blocks[_blocks.Count - 1];

    /// <summary>The block that a cut at a place would tear; null where it tears none.</summary>
    public (int Start, int End)? At(int place)
    {
        int low = 0;
        int high = _blocks.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            (int start, int end) = _blocks[middle];
            if (place <= start) high = middle - 1;
            else if (place >= end) low = middle + 1;
            else return (start, end);
        }

        return null;
    }

    private static (char Mark, int Length, bool IsBare) Fence(ReadOnlySpan<char> line)
    {
        int at = 0;
        while (at < line.Length && at <= MostIndent && line[at] == ' ') at++;
        if (at > MostIndent || at == line.Length || line[at] is not ('`' or '~')) return default;
        char mark = line[at];
        int length = 0;
        while (at < line.Length && line[at] == mark)
        {
            at++;
            length++;
        }

        return (mark, length, line.Slice(at).IsWhiteSpace());
    }
}
