using System;
using System.IO;
using System.Text.Json.Nodes;
using Xunit;

namespace GptChat.Tests.Clashes;

/// <summary>
/// This machine's .NET without one of its assemblies. System.Net.ServerSentEvents came to it with .NET 10; the runtimes of
/// PowerShell 7.4 and 7.5 have none, so there each module brings its own.
/// </summary>
public sealed class ReducedRuntime : IDisposable
{
    /// <summary>The assembly that is missing.</summary>
    public const string Missing = "System.Net.ServerSentEvents.dll";

    private const string Framework = "Microsoft.NETCore.App";

    private readonly TempFolder _folder = new();

    public ReducedRuntime()
    {
        if (OperatingSystem.IsWindows()) return;
        string version = System.IO.Path.GetFileName(Files);
        string framework = Directory.CreateDirectory(System.IO.Path.Combine(Path, "shared", Framework, version)).FullName;
        Directory.CreateSymbolicLink(System.IO.Path.Combine(Path, "host"), System.IO.Path.Combine(Own, "host"));
        string list = Framework + ".deps.json";
        foreach (string file in Directory.GetFiles(Files))
        {
            string name = System.IO.Path.GetFileName(file);
            if (name != Missing && name != list) File.CreateSymbolicLink(System.IO.Path.Combine(framework, name), file);
        }

        JsonNode known = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Files, list)))!;
        bool isFound = false;
        foreach ((string _, JsonNode? target) in known["targets"]!.AsObject())
        {
            foreach ((string _, JsonNode? library) in target!.AsObject()) isFound |= library!["runtime"]?.AsObject().Remove(Missing) == true;
        }

        Assert.True(isFound, Missing + " is not in " + list);
        File.WriteAllText(System.IO.Path.Combine(framework, list), known.ToJsonString());
    }

    /// <summary>Where the machine's own lies.</summary>
    public static string Own => System.IO.Path.GetFullPath(System.IO.Path.Combine(Files, "..", "..", ".."));

    /// <summary>The assemblies of the machine's own.</summary>
    public static string Files => System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Where it lies.</summary>
    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
