using System.Globalization;
using System.Text;

namespace GptChat.Tools;

/// <summary>Text on its way to a model or to a person who is asked.</summary>
internal static class ToolText
{
    /// <summary>At most so many characters, and where some are missing it says so; no character is cut in two.</summary>
    public static string Cut(string text, int most, bool isEndless = false)
    {
        if (text.Length <= most && !isEndless) return text;
        int end = text.Length < most ? text.Length : most;
        if (end > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1])) end--;
        string note = isEndless
            ? string.Format(CultureInfo.InvariantCulture, "[Cut here: the tool was ended, since it went on past {0} characters. Ask for less.]", most)
            : string.Format(CultureInfo.InvariantCulture, "[Cut here: {0} of {1} characters are shown. Ask for less.]", end, text.Length);
        return text.Substring(0, end) + "\n" + note;
    }

    /// <summary>
    /// What a person is shown before saying yes: what would steer the terminal, turn the direction of writing or hide is written as
    /// an escape, so that what is read is what would run.
    /// </summary>
    public static string Visible(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            bool isHidden = CharUnicodeInfo.GetUnicodeCategory(character)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
            if (isHidden) shown.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else shown.Append(character);
        }

        return shown.ToString();
    }
}
