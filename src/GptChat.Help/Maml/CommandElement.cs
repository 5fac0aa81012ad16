using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using GptChat.Help.Facts;
using GptChat.Help.Pages;
using GptChat.Help.Text;
using static GptChat.Help.Maml.Names;

namespace GptChat.Help.Maml;

/// <summary>The help of a cmdlet.</summary>
internal static class CommandElement
{
    /// <summary>Its element, in the order that MAML prescribes.</summary>
    public static XElement Make(CmdletFacts cmdlet, HelpPage? page)
    {
        string[] name = cmdlet.Name.Split('-');
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Names.Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[1]),
                new XElement(Names.Maml + "description", Paragraphs(page?.Synopsis ?? []))),
            new XElement(Names.Maml + "description", Paragraphs(page?.Description ?? [])),
            new XElement(Command + "syntax", cmdlet.Sets.Select(set => SyntaxItem(cmdlet, set))),
            new XElement(Command + "parameters", cmdlet.Parameters.Select(parameter => ParameterElement.Make(parameter, parameter.MainPlace))),
            new XElement(Command + "inputTypes", Inputs(cmdlet)),
            new XElement(Command + "returnValues", cmdlet.Outputs.Select(output => Typed("returnValue", output.Type, output.Text.Plain))),
            new XElement(Names.Maml + "alertSet", new XElement(Names.Maml + "alert", Paragraphs(page?.Notes ?? []))),
            new XElement(Command + "examples", (page?.Examples ?? []).Select(ExampleElement.Make)),
            new XElement(Names.Maml + "relatedLinks", Links(cmdlet, page)));
    }

    private static XElement SyntaxItem(CmdletFacts cmdlet, string set) =>
        new(Command + "syntaxItem", new XElement(Names.Maml + "name", cmdlet.Name), SyntaxLine.Ordered(cmdlet, set).Select(parameter => ParameterElement.MakeBrief(parameter, parameter.In(set)!)));

    private static IEnumerable<XElement> Inputs(CmdletFacts cmdlet) =>
        cmdlet.Parameters.Where(parameter => parameter.Places.Values.Any(place => place.ByValue || place.ByName))
            .Select(parameter => Typed("inputType", TypeNames.Full(parameter.Type), ["-" + parameter.Name + ": " + string.Join(" ", parameter.Text.Plain)]));

    private static XElement Typed(string element, string type, IEnumerable<string> texts) =>
        new(Command + element, new XElement(Dev + "type", new XElement(Names.Maml + "name", type)), new XElement(Names.Maml + "description", Paragraphs(texts)));

    /// <summary>Get-Help -Online opens the first one.</summary>
    private static IEnumerable<XElement> Links(CmdletFacts cmdlet, HelpPage? page)
    {
        if (cmdlet.HelpUri.Length > 0) yield return Link("Online version:", cmdlet.HelpUri);
        foreach (Link link in page?.Related ?? []) yield return Link(MarkdownText.Plain(link.Text), Address(cmdlet, link.Target));
    }

    /// <summary>What Get-Help finds under its name needs no address; another page is found where the cmdlet's own is.</summary>
    private static string Address(CmdletFacts cmdlet, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal)) return target;
        bool isHelp = target.Contains("about_", StringComparison.Ordinal) || !target.Contains('/', StringComparison.Ordinal);
        return isHelp || !Uri.TryCreate(cmdlet.HelpUri, UriKind.Absolute, out Uri? page) ? string.Empty : new Uri(page, target).AbsoluteUri;
    }

    private static XElement Link(string text, string address) =>
        new(Names.Maml + "navigationLink", new XElement(Names.Maml + "linkText", text), new XElement(Names.Maml + "uri", address));
}
