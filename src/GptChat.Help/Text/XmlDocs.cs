using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GptChat.Help.Text;

/// <summary>The XML docs of assemblies, read for people who use PowerShell.</summary>
public sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members;

    /// <summary>Reads the files that the compiler left.</summary>
    public XmlDocs(params string[] files)
        : this(files.Where(File.Exists).Select(file => XDocument.Load(file, LoadOptions.PreserveWhitespace)))
    {
    }

    /// <summary>Takes documents that were read.</summary>
    public XmlDocs(IEnumerable<XDocument> documents) =>
        _members = documents.SelectMany(document => document.Descendants("member")).GroupBy(member => (string)member.Attribute("name")!).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>What a property is for.</summary>
    public DocText Summary(PropertyInfo property) => Read(_members.GetValueOrDefault("P:" + property.DeclaringType!.FullName + "." + property.Name)?.Element("summary"));

    /// <summary>What a type is.</summary>
    public DocText Summary(Type type) => Read(_members.GetValueOrDefault(Id(type))?.Element("summary"));

    /// <summary>What a cmdlet says of a type that it outputs; null if it leaves that to the type.</summary>
    public DocText? Output(Type cmdlet, Type type) =>
        _members.GetValueOrDefault(Id(cmdlet))?.Elements("output").Where(element => (string?)element.Attribute("cref") == Id(type)).Select(Read).FirstOrDefault();

    private static string Id(Type type) => "T:" + type.FullName!.Replace('+', '.');

    private static DocText Read(XElement? element)
    {
        if (element is null) return DocText.Nothing;
        var paragraphs = new List<IReadOnlyList<DocText.Piece>>();
        var pieces = new List<DocText.Piece>();
        foreach (XNode node in element.Nodes())
        {
            if (node is XElement { Name.LocalName: "para" } paragraph)
            {
                Close(paragraphs, pieces);
                pieces.AddRange(paragraph.Nodes().Select(Piece));
                Close(paragraphs, pieces);
            }
            else
            {
                pieces.Add(Piece(node));
            }
        }

        Close(paragraphs, pieces);
        return new DocText(paragraphs);
    }

    /// <summary>Ends a paragraph: what surrounds it in the source is no part of it.</summary>
    private static void Close(List<IReadOnlyList<DocText.Piece>> paragraphs, List<DocText.Piece> pieces)
    {
        if (pieces.Count > 0) pieces[0] = pieces[0] with { Text = pieces[0].Text.TrimStart() };
        if (pieces.Count > 0) pieces[^1] = pieces[^1] with { Text = pieces[^1].Text.TrimEnd() };
        pieces.RemoveAll(piece => piece.Text.Length == 0);
        if (pieces.Count > 0) paragraphs.Add([.. pieces]);
        pieces.Clear();
    }

    private static DocText.Piece Piece(XNode node) => node switch
    {
        XText text => new(Spaces().Replace(text.Value, " "), false),
        XElement { Name.LocalName: "c" or "code" } code => new(code.Value, true),
        XElement { Name.LocalName: "paramref" } name => new("-" + (string?)name.Attribute("name"), false),
        XElement { Name.LocalName: "see" or "seealso" } see => new(Target(see), false),
        XElement other => new(Spaces().Replace(other.Value, " "), false),
        _ => new(string.Empty, false),
    };

    /// <summary>A property of a cmdlet is a parameter, a cmdlet's type its name, a keyword a variable; all else goes by its own name.</summary>
    private static string Target(XElement see)
    {
        if ((string?)see.Attribute("langword") is { } word) return word is "null" or "true" or "false" ? "$" + word : word;
        if (see.Value.Length > 0) return see.Value;
        string id = (string?)see.Attribute("cref") ?? (string?)see.Attribute("href") ?? string.Empty;
        if (id.StartsWith("http", StringComparison.Ordinal)) return id;
        string[] names = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0].Split('.');
        bool isOfCmdlet = names.Length > 1 && (names[^2].EndsWith("Command", StringComparison.Ordinal) || names[^2].EndsWith("Cmdlet", StringComparison.Ordinal));
        if (id.StartsWith("P:", StringComparison.Ordinal) && isOfCmdlet) return "-" + names[^1];
        return names[^1].EndsWith("Command", StringComparison.Ordinal) ? CmdletName(names[^1]) : names[^1];
    }

    private static string CmdletName(string type)
    {
        string name = type[..^"Command".Length];
        int noun = name.IndexOf("Gpt", StringComparison.Ordinal);
        return noun <= 0 ? name : new StringBuilder(name).Insert(noun, '-').ToString();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
