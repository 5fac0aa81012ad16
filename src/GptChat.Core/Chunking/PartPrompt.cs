using System.Globalization;
using System.Text;
using GptChat.Content;

namespace GptChat.Chunking;

/// <summary>How parts of a text, and answers about them, read inside a prompt.</summary>
internal static class PartPrompt
{
    /// <summary>Tokens that are kept free for what these texts put around their content.</summary>
    public const int Overhead = 64;

    /// <summary>The prompt of a part: what is asked, and the part under its name.</summary>
    /// <param name="prompt">What is asked; null where nothing is.</param>
    /// <param name="unit">What the part is of.</param>
    /// <param name="text">The part.</param>
    /// <param name="part">Its number, from 1.</param>
    /// <param name="parts">How many there are.</param>
    public static string Of(string? prompt, TextUnit unit, string text, int part, int parts)
    {
        string block = (unit.Name, parts) switch
        {
            (null, 1) => text,
            (null, _) => Number("Part", part, parts) + ":" + PromptBlock.Separator + text,
            (_, 1) => PromptBlock.File(unit.Name, text, unit.Bytes),
            _ => PromptBlock.File(About(unit, part, parts), text, Encoding.UTF8.GetByteCount(text)),
        };
        return prompt is null ? block : prompt + PromptBlock.Separator + block;
    }

    /// <summary>The prompt that combines answers: what is asked, and the answers under the parts that they are about.</summary>
    public static string Combined(string prompt, System.Collections.Generic.IReadOnlyList<PartAnswer> answers)
    {
        var text = new StringBuilder(prompt);
        foreach (PartAnswer answer in answers) text.Append(PromptBlock.Separator).Append(Section(answer));
        return text.ToString();
    }

    /// <summary>An answer as it stands in such a prompt.</summary>
    public static string Section(PartAnswer answer) => answer.About + ":" + PromptBlock.Separator + answer.Text;

    /// <summary>What an answer is about, for people and models: <c>app.log, part 2 of 5</c>.</summary>
    public static string About(TextUnit unit, int part, int parts)
    {
        if (parts == 1) return unit.Name ?? "The text";
        return unit.Name is null ? Number("Part", part, parts) : unit.Name + ", " + Number("part", part, parts);
    }

    private static string Number(string word, int part, int parts) => string.Format(CultureInfo.InvariantCulture, "{0} {1} of {2}", word, part, parts);
}

/// <summary>An answer about a part.</summary>
/// <param name="About">What it is about.</param>
/// <param name="Text">The answer.</param>
internal sealed record PartAnswer(string About, string Text);
