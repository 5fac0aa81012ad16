using System;
using System.IO;

namespace GptChat.Tests;

/// <summary>Where things are in the checkout that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of the module's manifest.</summary>
    public static string Root { get; } = FindRoot();

    public static string Manifest => Path.Combine(Root, "GptChat.psd1");

    public static string Assembly => Path.Combine(Root, "bin", "net8.0", "GptChat.dll");

    public static string FirstSteps => Path.Combine(Root, "docs", "recordings", "first-steps.jsonl");

    /// <summary>Real exchanges of the default endpoint, which may lie beside the checkout.</summary>
    public static string RealExchanges => Path.GetFullPath(Path.Combine(Root, "..", "shared", "reference", "gpt-5.1-chat"));

    /// <summary>The command line, built in the same configuration as the tests.</summary>
    public static string CommandLine => Path.Combine(Root, "src", "GptChat.Cli", "bin", Configuration, "net10.0", "GptChat.Cli.dll");

    /// <summary>A program that hosts an engine, built in the same configuration.</summary>
    public static string EngineHost => Path.Combine(Root, "tests", "GptChat.EngineHost", "bin", Configuration, "net10.0", "GptChat.EngineHost.dll");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The manifest of a module that brings another version of what ships.</summary>
    public static string OtherModule(string name) => Path.Combine(Root, "tests", "OtherModules", name, "bin", Configuration, "netstandard2.0", name + ".psd1");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GptChat.psd1"))) return folder.FullName;
        }

        throw new FileNotFoundException("No folder above the tests holds GptChat.psd1.");
    }
}
