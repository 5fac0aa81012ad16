using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using GptChat.Help.Facts;
using GptChat.Help.Maml;
using GptChat.Help.Pages;

namespace GptChat.Help;

/// <summary>The file in which Get-Help looks: named after the assembly, in a folder of its language below the manifest's.</summary>
public static class MamlFile
{
    /// <summary>The file of a checkout.</summary>
    public static string Of(string root) => Path.Combine(root, "en-US", "GptChat.dll-Help.xml");

    /// <summary>Writes it. A cmdlet that has no page yet gets its syntax and its parameters.</summary>
    public static void Write(string root, IEnumerable<CmdletFacts> cmdlets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Of(root))!);
        using var writer = XmlWriter.Create(Of(root), new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" });
        Make(cmdlets.Select(cmdlet => (cmdlet, Page(root, cmdlet)))).Save(writer);
    }

    /// <summary>The whole document.</summary>
    public static XDocument Make(IEnumerable<(CmdletFacts Cmdlet, HelpPage? Page)> cmdlets) =>
        new(new XElement(Names.Root + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(pair => CommandElement.Make(pair.Cmdlet, pair.Page))));

    private static HelpPage? Page(string root, CmdletFacts cmdlet)
    {
        string file = PageFiles.Of(root, cmdlet.Name);
        return File.Exists(file) ? PageReader.ReadFile(file) : null;
    }
}
