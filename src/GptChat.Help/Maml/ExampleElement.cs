using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using GptChat.Help.Pages;
using static GptChat.Help.Maml.Names;

namespace GptChat.Help.Maml;

/// <summary>An example. Its first code stands under its title; output and further code stand in the text.</summary>
internal static class ExampleElement
{
    /// <summary>Its element, with the number that Get-Help shows.</summary>
    public static XElement Make(Example example, int index)
    {
        Block? code = example.Blocks.FirstOrDefault(block => block.Language == "powershell");
        IEnumerable<Block> rest = example.Blocks.Where(block => block != code);
        return new XElement(
            Command + "example",
            new XElement(Names.Maml + "title", "Example " + (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) + ": " + Text.MarkdownText.Plain(example.Title)),
            new XElement(Dev + "code", code?.Text ?? string.Empty),
            new XElement(Dev + "remarks", Paragraphs(rest)));
    }
}
