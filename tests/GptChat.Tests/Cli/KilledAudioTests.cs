using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>A spoken answer replaces a file whole, or leaves it as it was, at whatever moment the program is killed.</summary>
public sealed class KilledAudioTests : CliTest, IDisposable
{
    private const int SoundLength = 8 * 1024 * 1024;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ShellFact]
    public async Task The_file_is_the_old_one_or_the_new_one_and_never_half_of_either()
    {
        byte[] old = [.. Enumerable.Repeat((byte)7, 1000)];
        byte[] sound = new byte[SoundLength];
        new Random(20260401).NextBytes(sound);
        string path = _folder.Write("a.mp3", old);
        Server.Default = Reply.Json("""{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":null,"audio":{"id":"a","transcript":"t","data":"DATA"}}}]}""".Replace("DATA", Convert.ToBase64String(sound), StringComparison.Ordinal));
        for (int kill = 0; kill < 6; kill++)
        {
            File.WriteAllBytes(path, old);
            foreach (string left in Directory.EnumerateFiles(_folder.Path, ".*.tmp")) File.Delete(left);
            using (CliProcess process = CliProcess.Start("</dev/null >/dev/null", Server.BaseUri, "Speak", "-Model", "m", "-AudioPath", path))
            {
                // The moment is a byte of the file beside it, which is made once empty to see whether it can be, and then for good.
                Task<CliResult> ended = process.EndAsync(readsOutput: false);
                long limit = kill * (SoundLength / 6);
                await Task.Run(() => SpinWait.SpinUntil(() => ended.IsCompleted || Written() > limit, ModuleHost.Limit));
            }

            byte[] now = File.ReadAllBytes(path);
            Assert.True(now.AsSpan().SequenceEqual(old) || now.AsSpan().SequenceEqual(sound), "A file of " + now.Length + " bytes.");
        }

        Assert.Equal(0, (await Run("Speak", "-Model", "m", "-AudioPath", path)).ExitCode);
        Assert.Equal(sound, File.ReadAllBytes(path));
    }

    private long Written() => Directory.EnumerateFiles(_folder.Path, ".*.tmp").Select(file => new FileInfo(file) is { Exists: true } info ? info.Length : 0).DefaultIfEmpty(0).Max();
}
