using System;
using GptChat.Chunking;

namespace GptChat.Content;

/// <summary>The code in an answer: what stands between fences.</summary>
internal static class CodeBlocks
{
    /// <summary>The last block, without its fences and the line break behind it; null where there is none.</summary>
    public static string? Last(string text)
    {
        if (new FencedBlocks(text).Last is not { } block) return null;
        int start = text.IndexOf('\n', block.Start) + 1;
        int indent = text.IndexOfAny(FencedBlocks.Marks, block.Start) - block.Start;
        int end = text.LastIndexOf('\n', block.End - (text[block.End - 1] == '\n' ? 2 : 1));
        if (end <= start) return string.Empty;
        string code = text.Substring(start, end - start).TrimEnd('\r');
        return indent == 0 ? code : Outdented(code, indent);
    }

    /// <summary>What stands under an item of a list is indented with it.</summary>
    private static string Outdented(string code, int indent)
    {
        string[] lines = code.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int spaces = 0;
            while (spaces < indent && spaces < lines[i].Length && lines[i][spaces] == ' ') spaces++;
            lines[i] = lines[i].Substring(spaces);
        }

        return string.Join("\n", lines);
    }
}
