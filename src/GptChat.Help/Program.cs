using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GptChat.Help.Facts;
using GptChat.Help.Pages;

namespace GptChat.Help;

/// <summary>Writes the help file of the module; with --pages the generated sections of the pages too.</summary>
internal static class Program
{
    private const string Usage = "Usage: GptChat.Help ROOT [--pages]";

    private static int Main(string[] arguments)
    {
        if (arguments.Length is 0 or > 2 || (arguments.Length == 2 && arguments[1] != "--pages")) return Fail(Usage);
        string root = Path.GetFullPath(arguments[0]);
        IReadOnlyList<CmdletFacts> cmdlets = ModuleFacts.Read(root);
        if (arguments.Length == 1)
        {
            MamlFile.Write(root, cmdlets);
            return 0;
        }

        PageFiles.Refresh(root, cmdlets);
        MamlFile.Write(root, cmdlets);
        string[] problems = [.. HelpReview.Problems(root, cmdlets)];
        return problems.Length == 0 ? 0 : Fail(string.Join(Environment.NewLine, problems));
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
