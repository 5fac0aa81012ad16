using System.Text.RegularExpressions;

namespace GptChat.Help.Text;

/// <summary>To Markdown and back.</summary>
internal static partial class MarkdownText
{
    /// <summary>Keeps characters from meaning something. An underscore inside a word means nothing.</summary>
    public static string Escape(string text) => Special().Replace(text, @"\$0");

    /// <summary>What a console shows of a line of Markdown: links are their texts, code and stress lose their marks.</summary>
    public static string Plain(string line) => Inline().Replace(line, match =>
        match.Groups["code"].Success ? match.Groups["code"].Value
        : match.Groups["link"].Success ? Plain(match.Groups["link"].Value)
        : match.Groups["strong"].Success ? Plain(match.Groups["strong"].Value)
        : match.Groups["escaped"].Value);

    [GeneratedRegex(@"[\\*<`\[\]]|(?<!\w)_|_(?!\w)")]
    private static partial Regex Special();

    [GeneratedRegex(@"``(?<code>.+?)``|`(?<code>[^`]+)`|\\(?<escaped>[\\*<`\[\]_|])|\[(?<link>[^\]]+)\]\([^)]+\)|\*\*(?<strong>[^*]+)\*\*")]
    private static partial Regex Inline();
}
