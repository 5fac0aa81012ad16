using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace GptChat.Benchmarks.Hosts;

/// <summary>Where things are in the checkout that the benchmarks were built in.</summary>
internal static class Checkout
{
    /// <summary>The folder of the manifest.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The module's manifest.</summary>
    public static string Manifest => Path.Combine(Root, "GptChat.psd1");

    /// <summary>The module's assembly, which the manifest loads.</summary>
    public static string Module => Path.Combine(Root, "bin", "net8.0", "GptChat.dll");

    /// <summary>The command line, built as these benchmarks are.</summary>
    public static string CommandLine => Path.Combine(Root, "src", "GptChat.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "GptChat.Cli.dll");

    /// <summary>This program.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "GptChat.Benchmarks.dll");

    /// <summary>Whether an assembly was compiled for speed. The last build of the module wins, whoever made it.</summary>
    public static bool IsOptimised(string assembly)
    {
        // In a context of its own: the engine that is measured loads the module for itself.
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            return context.LoadFromAssemblyPath(assembly).GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };
        }
        finally
        {
            context.Unload();
        }
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "GptChat.psd1"))) at = at.Parent;
        return at?.FullName ?? throw new FileNotFoundException("No folder above the benchmarks holds GptChat.psd1: run them from a checkout.");
    }
}
