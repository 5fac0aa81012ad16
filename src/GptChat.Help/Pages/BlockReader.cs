using System;
using System.Collections.Generic;

namespace GptChat.Help.Pages;

/// <summary>Reads the paragraphs, lists and code of a section.</summary>
internal static class BlockReader
{
    /// <summary>The blocks, in order. The lines of a paragraph are one, since a console breaks them where it ends.</summary>
    public static List<Block> Read(IEnumerable<string> lines)
    {
        var blocks = new List<Block>();
        var open = new List<string>();
        string? language = null;
        foreach (string line in lines)
        {
            if (language is not null)
            {
                if (line != "```") open.Add(line);
                else
                {
                    blocks.Add(new Block(string.Join('\n', open), language));
                    open.Clear();
                    language = null;
                }

                continue;
            }

            bool isFence = line.StartsWith("```", StringComparison.Ordinal);
            bool isRow = line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith('|');
            if (line.Trim().Length == 0 || isFence || isRow) Close(blocks, open);
            if (isFence) language = line[3..].Trim();
            else if (line.Trim().Length > 0 && !IsRuler(line) && !IsComment(line)) open.Add(line.Trim());
        }

        Close(blocks, open);
        return blocks;
    }

    private static void Close(List<Block> blocks, List<string> open)
    {
        if (open.Count > 0) blocks.Add(new Block(string.Join(' ', open), null));
        open.Clear();
    }

    /// <summary>What is said to the runner of examples and to nobody else.</summary>
    private static bool IsComment(string line) => line.TrimStart().StartsWith("<!--", StringComparison.Ordinal);

    /// <summary>The line below the head of a table.</summary>
    private static bool IsRuler(string line) => line.StartsWith('|') && line.Trim('|', '-', ':', ' ').Length == 0;
}
