using System;

namespace GptChat.Content;

/// <summary>How pieces of input read inside a prompt.</summary>
internal static class PromptBlock
{
    private const int ShortestFence = 3;

    /// <summary>What stands between a prompt and its input, and between pieces of input.</summary>
    public const string Separator = "\n\n";

    /// <summary>What stands before a file: its name and how large it is.</summary>
    public static string Head(string name, long bytes) => name + " (" + ByteCount.Text(bytes) + "):";

    /// <summary>A text file under its name. The fence is longer than any run of backticks inside, so that nothing in the file can close it.</summary>
    public static string File(string name, string text, long bytes)
    {
        string fence = new('`', Math.Max(ShortestFence, LongestRun(text, '`') + 1));
        string body = text.EndsWith("\n", StringComparison.Ordinal) ? text : text + "\n";
        return Head(name, bytes) + "\n" + fence + "\n" + body + fence;
    }

    private static int LongestRun(string text, char character)
    {
        int longest = 0;
        int run = 0;
        foreach (char current in text)
        {
            run = current == character ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
