using System;
using System.Collections.Generic;
using System.IO;
using GptChat.Help.Facts;

namespace GptChat.Help.Pages;

/// <summary>The pages of a checkout.</summary>
public static class PageFiles
{
    /// <summary>The folder of the pages.</summary>
    public static string Folder(string root) => Path.Combine(root, "docs", "help");

    /// <summary>The file of a cmdlet's page.</summary>
    public static string Of(string root, string cmdlet) => Path.Combine(Folder(root), cmdlet + ".md");

    /// <summary>Writes the generated section of each page that is there, where it has changed.</summary>
    public static void Refresh(string root, IEnumerable<CmdletFacts> cmdlets)
    {
        foreach (CmdletFacts cmdlet in cmdlets)
        {
            string file = Of(root, cmdlet.Name);
            if (!File.Exists(file)) continue;
            string text = File.ReadAllText(file);
            string fresh = GeneratedSection.Replace(text, cmdlet);
            if (!string.Equals(text, fresh, StringComparison.Ordinal)) File.WriteAllText(file, fresh);
        }
    }
}
