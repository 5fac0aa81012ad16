using System;
using System.IO;
using System.Linq;
using System.Threading;
using GptChat.Recording;
using Xunit;

namespace GptChat.Core.Tests.Recording;

/// <summary>Answers go out of a cache; what is none of its answers stays.</summary>
public sealed class CacheCleanerTests : IDisposable
{
    private static readonly FileRole Role = FileRole.Cache("-Path");

    private readonly TempDirectory _directory = new();

    private string Path => _directory.File("c.jsonl");

    public void Dispose() => _directory.Dispose();

    private static string Old(string prompt, double hours) => ExchangeLines.Line(prompt, "x", "key-" + prompt, DateTimeOffset.UtcNow.AddHours(-hours).ToString("yyyy-MM-ddTHH:mm:ssZ", null));

    private CacheCleaner Clear(TimeSpan? olderThan = null)
    {
        CacheCleaner cleaner = CacheCleaner.Look(Path, olderThan, Role);
        cleaner.Clear(CancellationToken.None);
        return cleaner;
    }

    [Fact]
    public void All_answers_go_and_recorded_exchanges_stay()
    {
        string recorded = ExchangeLines.Line("r", "kept");
        File.WriteAllLines(Path, [Old("a", 1), recorded, Old("b", 0), "{\"gptchat\":1,\"cut"]);
        CacheCleaner cleaner = Clear();
        Assert.Equal((2, 1), (cleaner.Removed, cleaner.Kept));
        Assert.Equal([recorded], File.ReadAllLines(Path));
    }

    [Fact]
    public void Only_older_answers_go()
    {
        string young = Old("b", 1);
        File.WriteAllLines(Path, [Old("a", 5), young, Old("c", 9)]);
        Assert.Equal(2, Clear(TimeSpan.FromHours(2)).Removed);
        Assert.Equal([young], File.ReadAllLines(Path));
    }

    [Fact]
    public void Where_nothing_goes_the_file_is_not_touched()
    {
        File.WriteAllLines(Path, [Old("a", 1)]);
        DateTime long_ago = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path, long_ago);
        Clear(TimeSpan.FromHours(2));
        Assert.Equal(long_ago, File.GetLastWriteTimeUtc(Path));
    }

    [Fact]
    public void A_file_of_something_else_is_refused_and_left_alone()
    {
        File.WriteAllText(Path, "Dear diary\n");
        Assert.Equal(GptErrorKind.CacheNotUsable, Assert.Throws<GptChatException>(() => Clear()).Kind);
        Assert.Equal("Dear diary\n", File.ReadAllText(Path));
        Assert.Equal(GptErrorKind.CacheNotUsable, Assert.Throws<GptChatException>(() => CacheCleaner.Look(_directory.File("none"), null, Role)).Kind);
    }

    [Fact(Skip = OnlyOnNet.Modes)]
    public void The_file_keeps_its_permissions_and_leaves_nothing_beside_it()
    {
        File.WriteAllLines(Path, [Old("a", 1), ExchangeLines.Line("r", "kept")]);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, Mode);
        Clear();
        if (!OperatingSystem.IsWindows()) Assert.Equal(Mode, File.GetUnixFileMode(Path));
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!).Order());
    }

    [Fact]
    public void What_was_added_since_it_looked_is_judged_too()
    {
        File.WriteAllLines(Path, [Old("a", 5)]);
        CacheCleaner cleaner = CacheCleaner.Look(Path, TimeSpan.FromHours(2), Role);
        File.WriteAllLines(Path, [Old("new", 0), Old("a", 5)]);
        cleaner.Clear(CancellationToken.None);
        Assert.Contains("key-new", Assert.Single(File.ReadAllLines(Path)), StringComparison.Ordinal);
    }
}
