using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Tests.Stops;

/// <summary>A stop while a file is being written: it stays as it was, and nothing is left beside it.</summary>
public sealed class StopExportTests : ModuleTest
{
    [Fact]
    public async Task Ctrl_C_ends_an_export_and_the_file_stays_as_it_was()
    {
        string path = Folder.Write("talk.json", "old");
        Invoke("$part = New-GptMessage ('word ' * 200000); $c = New-GptConversation long -Message (@($part) * 1000)");
        using PendingCall call = Host.Begin("Export-GptConversation $path long; 'not reached'", ("path", path));
        bool isWriting = await Task.Run(() => SpinWait.SpinUntil(() => Written() > 0 || call.State != System.Management.Automation.PSInvocationState.Running, ModuleHost.Limit));
        Assert.True(isWriting);
        Outcome outcome = await call.StopAsync();

        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, call.State);
        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Errors);
        Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => !Left().Any(), ModuleHost.Limit)), "A file was left beside it.");
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(0, InvokeOne("$Error.Count").BaseObject);
        Assert.Empty(UnobservedFailures.Collect());
        Assert.Equal(1000, InvokeOne("(Copy-GptConversation long copy -PassThru).Messages.Count").BaseObject);
    }

    private System.Collections.Generic.IEnumerable<string> Left() => Directory.EnumerateFiles(Folder.Path, ".*.tmp");

    private long Written() => Left().Select(file => new FileInfo(file) is { Exists: true } info ? info.Length : 0).DefaultIfEmpty(0).Max();
}
