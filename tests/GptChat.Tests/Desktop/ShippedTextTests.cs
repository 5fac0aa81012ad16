using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace GptChat.Tests.Desktop;

/// <summary>Windows PowerShell reads a file without a byte order mark in the code page of the machine, where letters beyond ASCII become others.</summary>
public sealed class ShippedTextTests
{
    private static readonly byte[] Mark = { 0xEF, 0xBB, 0xBF };

    public static TheoryData<string> Files() => new(Names());

    [Theory]
    [MemberData(nameof(Files))]
    public void IsAsciiOrMarked(string file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Repository.Root, file));
        int foreign = Array.FindIndex(bytes, one => one > 0x7E);
        Assert.True(foreign < 0 || bytes.AsSpan().StartsWith(Mark), $"{file} has a letter beyond ASCII at byte {foreign} and no byte order mark.");
    }

    [Fact]
    public void LooksAtTheManifestAndTheViews()
    {
        string[] files = Names().ToArray();
        Assert.Contains("GptChat.psd1", files);
        Assert.Contains(Path.Combine("bin", "GptChat.Format.ps1xml"), files);
        Assert.Contains(Path.Combine("bin", "GptChat.Types.ps1xml"), files);
    }

    private static IEnumerable<string> Names() => new[] { "bin", "en-US" }.Select(folder => Path.Combine(Repository.Root, folder)).Where(Directory.Exists)
        .SelectMany(folder => new[] { "*.ps1xml", "*.psd1", "*.psm1", "*.ps1", "*.txt" }.SelectMany(pattern => Directory.GetFiles(folder, pattern, SearchOption.AllDirectories)))
        .Append(Repository.Manifest)
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Order(StringComparer.Ordinal);
}
