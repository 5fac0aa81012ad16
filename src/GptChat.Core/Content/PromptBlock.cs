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

    /// <summary>A text file under its name.</summary>
    public static string File(string name, string text, long bytes) => Head(name, bytes) + "\n" + Fenced(text, string.Empty);

    /// <summary>A text between fences that are longer than any run of backticks inside, so that nothing in it can close them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">What it is written in; empty where that is not known.</param>
    public static string Fenced(string text, string language)
    {
        string fence = new('`', Math.Max(ShortestFence, LongestRun(text, '`') + 1));
        string body = text.EndsWith("\n", StringComparison.Ordinal) ? text : text + "\n";
        return fence + language + "\n" + body + fence;
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
