using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace GptChat.Tests.Rendering;

/// <summary>What holds for any text, in any pieces.</summary>
public sealed class MarkdownPropertyTests
{
    private static readonly string[] Parts =
    [
        "*", "**", "_", "~~", "`", "``", "```", "~~~", "[", "](", ")", "!", "\\", "\\*", "|", "|---|", "| a | b |\n", "|-|-|\n", "#", "## ", "- ", "1. ", "> ", "    ", "\t", " ", "\n", "\n\n", "---\n",
        "word", "Name", "x1", "日本", "é", "👩‍👩‍👧", "\ud83d", "\udc69", "\u001b[31m", "\u009b", "\u0007", "\r\n", "```powershell\n", "```json\n", "\"", "'", "# ", "$if", "if ", "https://a.b/c", "<br>", "(", "0",
    ];

    public static Arbitrary<string[]> Texts { get; } = Gen.OneOf(Gen.Elements(Parts), Gen.Choose(32, 126).Select(code => ((char)code).ToString())).ArrayOf().ToArbitrary();

    [Property(MaxTest = 2000)]
    public Property The_pieces_do_not_matter() => Prop.ForAll(Texts, ArbMap.Default.ArbFor<PositiveInt>(), (parts, size) =>
    {
        string text = string.Concat(parts);
        string whole = Markdown.Render(text, 5 + (size.Get % 40));
        Assert.Equal(whole, string.Concat(Markdown.Shown(parts, 5 + (size.Get % 40))));
        Assert.Equal(whole, string.Concat(Markdown.Shown(text.Select(character => character.ToString()), 5 + (size.Get % 40))));
    });

    [Property(MaxTest = 2000)]
    public Property No_letter_is_lost_and_none_is_added() => Prop.ForAll(Texts, ArbMap.Default.ArbFor<PositiveInt>(), (parts, size) =>
    {
        string text = string.Concat(parts);
        string shown = Markdown.Visible(text, 5 + (size.Get % 60));

        // Cells of a table may stand beside each other in several lines.
        if (text.Contains('|')) Assert.Equal(Letters(text).Order(), Letters(shown).Order());
        else Assert.Equal(string.Concat(Letters(text)), string.Concat(Letters(shown)));
    });

    [Property(MaxTest = 1000)]
    public Property Nothing_but_own_colours_reaches_the_terminal() => Prop.ForAll(Texts, parts =>
    {
        string shown = Markdown.Visible(string.Concat(parts));
        Assert.DoesNotContain(shown, character => char.IsControl(character) && character is not ('\n' or '\t'));
    });

    [Property(MaxTest = 1000)]
    public Property Without_colour_it_is_the_very_text() => Prop.ForAll(Texts, parts =>
    {
        string text = string.Concat(parts);
        string expected = string.Concat(text.Where(character => !char.IsControl(character) || character is '\n' or '\t'));
        Assert.Equal(expected, string.Concat(Markdown.Shown(parts, 10, color: false)));
    });

    [Property(MaxTest = 300)]
    public Property Code_is_copied_as_it_was(string[] lines, PositiveInt size) => Prop.ToProperty(HoldsCode(lines ?? [], 5 + (size.Get % 40)));

    private static bool HoldsCode(string[] lines, int width)
    {
        string code = string.Concat(lines.Select(line => string.Concat((line ?? "").Where(character => !char.IsControl(character) || character == '\t')).Replace('`', '\'') + "\n"));
        Assert.Equal("powershell\n" + code + "end", Markdown.Visible("```powershell\n" + code + "```\nend", width));
        return true;
    }

    // A number before a bar of a list stays, so digits count too.
    private static IEnumerable<char> Letters(string text) => Markdown.Colors().Replace(Safe(text), m => m.Value.TrimStart('\u001b')).Where(char.IsLetterOrDigit);

    private static string Safe(string text) => string.Concat(text.Where(character => !char.IsControl(character) || character is '\n' or '\t'));
}
