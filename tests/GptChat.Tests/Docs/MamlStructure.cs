using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace GptChat.Tests.Docs;

/// <summary>What may stand where in a file for Get-Help. The engine skips what it does not know without a word, so a misplaced element is help that nobody sees.</summary>
internal static class MamlStructure
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    // The children of an element in their order: '?' once or not at all, '*' any number, '+' one at least; nothing: exactly one.
    private static readonly Dictionary<string, (XName Name, char Count)[]> Children = new()
    {
        ["helpItems"] = [(Command + "command", '+')],
        ["command"] =
        [
            (Command + "details", '1'), (Maml + "description", '1'), (Command + "syntax", '1'), (Command + "parameters", '1'), (Command + "inputTypes", '1'), (Command + "returnValues", '1'),
            (Maml + "alertSet", '1'), (Command + "examples", '1'), (Maml + "relatedLinks", '1'),
        ],
        ["details"] = [(Command + "name", '1'), (Command + "verb", '1'), (Command + "noun", '1'), (Maml + "description", '1')],
        ["description"] = [(Maml + "para", '+')],
        ["syntax"] = [(Command + "syntaxItem", '+')],
        ["syntaxItem"] = [(Maml + "name", '1'), (Command + "parameter", '*')],
        ["parameters"] = [(Command + "parameter", '*')],
        ["parameter"] = [(Maml + "name", '1'), (Maml + "description", '?'), (Command + "parameterValue", '?'), (Dev + "type", '?'), (Dev + "defaultValue", '?')],
        ["inputTypes"] = [(Command + "inputType", '*')],
        ["inputType"] = [(Dev + "type", '1'), (Maml + "description", '1')],
        ["returnValues"] = [(Command + "returnValue", '*')],
        ["returnValue"] = [(Dev + "type", '1'), (Maml + "description", '1')],
        ["type"] = [(Maml + "name", '1'), (Maml + "uri", '?')],
        ["alertSet"] = [(Maml + "alert", '1')],
        ["alert"] = [(Maml + "para", '*')],
        ["examples"] = [(Command + "example", '+')],
        ["example"] = [(Maml + "title", '1'), (Dev + "code", '1'), (Dev + "remarks", '1')],
        ["remarks"] = [(Maml + "para", '+')],
        ["relatedLinks"] = [(Maml + "navigationLink", '+')],
        ["navigationLink"] = [(Maml + "linkText", '1'), (Maml + "uri", '1')],
    };

    private static readonly Dictionary<string, string[]> Attributes = new()
    {
        ["helpItems"] = ["schema"],
        ["parameter"] = ["required", "variableLength", "globbing", "pipelineInput", "position", "aliases"],
        ["parameterValue"] = ["required", "variableLength"],
    };

    /// <summary>What is not as it should be, a line each.</summary>
    public static IEnumerable<string> Problems(XDocument document) =>
        document.Root!.Name == Root + "helpItems" ? document.Root.DescendantsAndSelf().SelectMany(Problems) : ["the root is " + document.Root.Name];

    private static IEnumerable<string> Problems(XElement element)
    {
        string name = element.Name.LocalName;
        foreach (string missing in Attributes.GetValueOrDefault(name, []).Where(attribute => element.Attribute(attribute) is null)) yield return name + " has no attribute " + missing;
        XElement[] children = [.. element.Elements()];
        if (!Children.TryGetValue(name, out (XName Name, char Count)[]? expected))
        {
            if (children.Length > 0) yield return name + " holds " + children[0].Name.LocalName;
            yield break;
        }

        if (element.Nodes().OfType<XText>().Any(text => text.Value.Trim().Length > 0)) yield return name + " holds bare text";
        int next = 0;
        foreach ((XName child, char count) in expected)
        {
            int found = children.Skip(next).TakeWhile(one => one.Name == child).Count();
            if (count is '1' or '+' && found == 0) yield return name + " lacks " + child.LocalName;
            if (count is '1' or '?' && found > 1) yield return name + " has several " + child.LocalName;
            next += found;
        }

        if (next < children.Length) yield return name + " has no place for " + children[next].Name.LocalName;
    }
}
