using System.Linq;
using Xunit;

namespace GptChat.Tests.Rendering;

/// <summary>What a person sees of a model's Markdown.</summary>
public sealed class MarkdownWriterTests
{
    private const string Esc = "\u001b";

    [Theory]
    [InlineData("# Title\ntext", "Title\ntext")]
    [InlineData("#hashtag", "#hashtag")]
    [InlineData("####### seven", "####### seven")]
    [InlineData("- one\n- two\n  - three", "• one\n• two\n  • three")]
    [InlineData("1. one\n10) ten\n2024 was", "1. one\n10) ten\n2024 was")]
    [InlineData("- [ ] open\n- [x] done", "• [ ] open\n• [x] done")]
    [InlineData("> said\n> > twice\nnot", "│ said\n│ │ twice\nnot")]
    [InlineData("a **bold** and *thin* and ~~gone~~ `code`", "a bold and thin and gone code")]
    [InlineData("***both*** and **a *b***", "both and a b")]
    [InlineData("see [docs](https://a.b/c_(d)) now", "see docs (https://a.b/c_(d)) now")]
    [InlineData("![cat](cat.png) [https://a.b](https://a.b)", "cat (cat.png) https://a.b")]
    [InlineData("\\*not\\* \\# \\`x\\`", "*not* # `x`")]
    [InlineData("\\\\server\\share C:\\temp", "\\\\server\\share C:\\temp")]
    [InlineData("2*3*4 snake_case_name *.log and *.txt", "2*3*4 snake_case_name *.log and *.txt")]
    [InlineData("a **bold that never ends\nnext", "a **bold that never ends\nnext")]
    [InlineData("[1] and [x](", "[1] and [x](")]
    [InlineData("`` a`b `` ```x```", "a`b x")]
    [InlineData("$array[0] -eq 'a*b'", "$array[0] -eq 'a*b'")]
    [InlineData("日本語**太字**です", "日本語太字です")]
    public void Markers_become_looks(string text, string expected) => Assert.Equal(expected, Markdown.Visible(text, 80));

    [Theory]
    [InlineData("**b**", Esc + "[1mb" + Esc + "[0m")]
    [InlineData("# T", Esc + "[1;4;35mT" + Esc + "[0m")]
    [InlineData("`c`d", Esc + "[36mc" + Esc + "[0md")]
    [InlineData("```json\n{\"a\": true}\n```", Esc + "[4;36mjson" + Esc + "[0m\n{" + Esc + "[32m\"a\"" + Esc + "[0m: " + Esc + "[35mtrue" + Esc + "[0m}\n")]
    [InlineData("```powershell\nif ($a) { 'x' } # why\n```", Esc + "[4;36mpowershell" + Esc + "[0m\n" + Esc + "[35mif" + Esc + "[0m ($a) { " + Esc + "[32m'x'" + Esc + "[0m } " + Esc + "[3;32m# why" + Esc + "[0m\n")]
    public void Colours_can_be_read_on_any_background(string text, string expected) => Assert.Equal(expected, Markdown.Render(text));

    [Fact]
    public void Lines_break_between_words_and_hang() =>
        Assert.Equal("• one two\n  three four\n  five\nsix seven\neight", Markdown.Visible("- one two three four five\nsix seven eight", 12));

    [Fact]
    public void Wide_letters_and_emoji_take_two_cells() =>
        Assert.Equal("日本語の文\n章です。\n👩‍👩‍👧 👍🏽 ab\ncd", Markdown.Visible("日本語の文章です。\n👩‍👩‍👧 👍🏽 ab cd", 10));

    [Fact]
    public void What_does_not_fit_a_line_is_left_to_the_terminal()
    {
        const string Address = "https://example.com/a/very/long/address/that/does/not/fit";
        Assert.Equal("see\n" + Address + "\nnow", Markdown.Visible("see " + Address + " now", 20));
    }

    [Fact]
    public void Code_is_never_changed()
    {
        const string Code = "Get-ChildItem *.log | Where-Object { $_.Length -gt 1MB } | **x** [a](b) \\* `q` \t end  \n\n    indented\n  ``\n";
        Assert.Equal("text\npowershell\n" + Code + "after", Markdown.Visible("text\n```powershell\n" + Code + "```\nafter", 20));
        Assert.Equal("text\n" + Code + "after", Markdown.Visible("text\n~~~~\n" + Code + "~~~~\nafter", 20));
    }

    [Fact]
    public void Code_in_a_list_or_a_quote_can_be_copied_as_it_is() =>
        Assert.Equal("1. Run\nsh\nls -l\n  x\n2. Look\n│ sh\nls\nafter", Markdown.Visible("1. Run\n   ```sh\n   ls -l\n     x\n   ```\n2. Look\n> ```sh\n> ls\nafter"));

    [Fact]
    public void An_indent_after_an_empty_line_is_code() =>
        Assert.Equal("Run\n\n    rm *a*\n\n• x\n\n    more b", Markdown.Visible("Run\n\n    rm *a*\n\n- x\n\n    more *b*"));

    [Fact]
    public void A_table_is_aligned() => Assert.Equal(
        "Name  │ Size │ ok\n──────┼──────┼────\na.log │   12 │ yes\nb|c   │    3 │ \nx",
        Markdown.Visible("| Name | Size | ok |\n|:--|--:|:-:|\n| `a.log` | 12 | yes |\n| b\\|c | 3 |\nx"));

    [Fact]
    public void A_table_that_is_too_wide_breaks_in_its_cells()
    {
        string shown = Markdown.Visible("| A | Long |\n|---|---|\n| x | one two three four five six |", 20);
        Assert.Equal("A │ Long\n──┼─────────────────\nx │ one two three\n  │ four five six", shown);
        Assert.All(shown.Split('\n'), line => Assert.True(line.Length <= 20, line));
    }

    [Fact]
    public void A_table_that_cannot_fit_stays_text() =>
        Assert.Contains("| a | b | c |", Markdown.Visible("| a | b | c |\n|---|---|---|\n| longer | longer | longer |", 15));

    [Fact]
    public void Lines_with_bars_that_are_no_table_stay() => Assert.Equal("| a |\n| b |\nc", Markdown.Visible("| a |\n| b |\nc"));

    [Fact]
    public void A_rule_is_drawn() => Assert.Equal("a\n" + new string('─', 40) + "\nb", Markdown.Visible("a\n---\nb"));

    [Fact]
    public void Words_are_shown_as_they_come()
    {
        string[] shown = Markdown.Shown(["The ", "quick ", "brown", " fox **ju", "mps** ov", "er"]).Select(piece => Markdown.Colors().Replace(piece, string.Empty)).ToArray();
        Assert.Equal(["The", " quick", "", " brown fox", " jumps", "", " over"], shown);
    }

    [Fact]
    public void Code_is_shown_as_it_comes()
    {
        string[] shown = Markdown.Shown(["```sh\n", "ls -", "l /tm", "p\n"]).Select(piece => Markdown.Colors().Replace(piece, string.Empty)).ToArray();
        Assert.Equal(["sh\n", "ls ", "-l /", "tmp\n", ""], shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_commands_the_terminal(bool color)
    {
        string shown = Markdown.Render("a\u001b]0;title\u0007b\u001b[2Jc\u009b31md\b\re\r\nf\u0000\tg", 80, color);
        Assert.Equal(color ? "a]0;titleb[2Jc31mde\nf    g" : "a]0;titleb[2Jc31mde\nf\tg", shown);
    }
}
