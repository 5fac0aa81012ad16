using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using GptChat.Help.Pages;
using GptChat.Help.Text;
using static GptChat.Help.Maml.Names;

namespace GptChat.Help.Maml;

/// <summary>An example. What its first code prints stands with it: Get-Help trims the lines of a text and puts empty ones between them.</summary>
internal static class ExampleElement
{
    /// <summary>Its element, with the number that Get-Help shows.</summary>
    public static XElement Make(Example example, int index)
    {
        Block[] blocks = [.. example.Blocks];
        int first = System.Array.FindIndex(blocks, block => block.Language == "powershell");
        Block[] code = first < 0 ? [] : [blocks[first], .. blocks.Skip(first + 1).TakeWhile(block => block.Language is not (null or "powershell"))];
        IEnumerable<Block> rest = blocks.Except(code);
        return new XElement(
            Command + "example",
            new XElement(Names.Maml + "title", "---------- Example " + (index + 1).ToString(CultureInfo.InvariantCulture) + ": " + MarkdownText.Plain(example.Title) + " ----------"),
            new XElement(Dev + "code", string.Join("\n\n", code.Select(block => block.Text))),

            // An empty line before the next title, which the engine does not leave.
            new XElement(Dev + "remarks", Paragraphs(rest), new XElement(Names.Maml + "para")));
    }
}
