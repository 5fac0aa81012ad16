using System;
using System.IO;
using Xunit;

namespace GptChat.Core.Tests;

/// <summary>Real exchanges of the default endpoint, which may lie beside the checkout. Where they do not, tests of them are skipped: they must not pass unseen.</summary>
internal static class RealExchanges
{
    private static readonly string? Folder = Find();

    /// <summary>Why they cannot be compared with; null where they can.</summary>
    public static string? Missing { get; } = Folder is null ? "Not compared with real exchanges: they do not lie beside the checkout." : null;

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder!, name));

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "GptChat.sln"))) continue;
            string folder = Path.GetFullPath(Path.Combine(at.FullName, "..", "shared", "reference", "gpt-5.1-chat"));
            return Directory.Exists(folder) ? folder : null;
        }

        return null;
    }
}

/// <summary>A test that needs real exchanges.</summary>
internal sealed class RealExchangeFactAttribute : FactAttribute
{
    public RealExchangeFactAttribute() => Skip = RealExchanges.Missing;
}

/// <summary>A theory that needs real exchanges.</summary>
internal sealed class RealExchangeTheoryAttribute : TheoryAttribute
{
    public RealExchangeTheoryAttribute() => Skip = RealExchanges.Missing;
}
