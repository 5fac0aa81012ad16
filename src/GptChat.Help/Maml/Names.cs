using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using GptChat.Help.Pages;
using GptChat.Help.Text;

namespace GptChat.Help.Maml;

/// <summary>The namespaces of MAML, and its paragraphs.</summary>
internal static class Names
{
    public static readonly XNamespace Root = "http://msh";
    public static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>A paragraph each.</summary>
    public static IEnumerable<XElement> Paragraphs(IEnumerable<string> texts) => texts.Select(text => new XElement(Maml + "para", text));

    /// <summary>Code line by line: the console would break a paragraph of it anywhere.</summary>
    public static IEnumerable<XElement> Paragraphs(IEnumerable<Block> blocks) =>
        Paragraphs(blocks.SelectMany(block => block.Language is null ? [MarkdownText.Plain(block.Text)] : block.Text.Split('\n').Select(line => "    " + line)));
}
