using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using Xunit;

namespace GptChat.Tests.Desktop;

/// <summary>What lies beside the module is what it needs: every assembly more can clash with that of another module.</summary>
public sealed class ShippedAssemblyTests
{
    // The tokenizer names it for models that are not used here.
    private const string NeverLoaded = "Google.Protobuf";

    [Fact]
    public void PowerShell7GetsFive() =>
        Assert.Equal(
            ["GptChat", "GptChat.Core", "Microsoft.ML.Tokenizers", "Microsoft.ML.Tokenizers.Data.O200kBase", "System.Net.ServerSentEvents"],
            Names(Platform.Core).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("", "GptChat")]
    [InlineData("mcp", "GptChat.Mcp")]
    public void WindowsPowerShellGetsWhatIsNeededAndNoMore(string folder, string assembly)
    {
        string shipped = Path.Combine(Platform.Desktop, folder);
        using var beside = new MetadataIndex(shipped);
        using var system = new MetadataIndex(Platform.Framework);
        List<string> missing = new();
        Queue<string> open = new(folder.Length == 0 ? [assembly, .. ByName] : [assembly]);
        HashSet<string> needed = new(open);
        while (open.TryDequeue(out string? one))
        {
            MetadataReader reader = beside.Find(one)!;
            foreach (string name in reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)))
            {
                if (beside.Find(name) is null)
                {
                    if (system.Find(name) is null && name != NeverLoaded) missing.Add($"{one} needs {name}");
                }
                else if (needed.Add(name))
                {
                    open.Enqueue(name);
                }
            }
        }

        Assert.Empty(missing);
        Assert.Empty(Names(shipped).Except(needed));
    }

    /// <summary>.NET Framework takes any version from the handler; but a file older than what is asked for lacks what is called.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("mcp")]
    public void NoneIsOlderThanWhatTheOthersWereBuiltWith(string folder)
    {
        string shipped = Path.Combine(Platform.Desktop, folder);
        Dictionary<string, Version> versions = Directory.GetFiles(shipped, "*.dll").Select(AssemblyName.GetAssemblyName).ToDictionary(name => name.Name!, name => name.Version!, StringComparer.OrdinalIgnoreCase);
        using var index = new MetadataIndex(shipped);
        IEnumerable<string> old =
            from name in versions.Keys
            let reader = index.Find(name)!
            from handle in reader.AssemblyReferences
            let reference = reader.GetAssemblyReference(handle)
            where versions.TryGetValue(reader.GetString(reference.Name), out Version? has) && has < reference.Version
            select $"{name} wants {reader.GetString(reference.Name)} {reference.Version}";
        Assert.Empty(old);
    }

    /// <summary>What is found by its name at run time, and referred to by nothing.</summary>
    private static string[] ByName => ["Microsoft.ML.Tokenizers", "Microsoft.ML.Tokenizers.Data.O200kBase"];

    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file)!);
}
