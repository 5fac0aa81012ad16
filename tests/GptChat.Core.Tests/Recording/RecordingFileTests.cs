using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Recording;
using Xunit;

namespace GptChat.Core.Tests.Recording;

/// <summary>The file itself: whole lines, damage passed over, nobody else's business.</summary>
public sealed class RecordingFileTests : IDisposable
{
    private const string Good = """{"gptchat":1,"recorded":"2026-01-01T00:00:00Z","request":{"uri":"u","body":{"messages":[{"role":"user","content":"PROMPT"}]}},"response":{"status":200,"headers":{"content-type":"application/json"},"body":{"choices":[{"message":{"content":"ANSWER"}}]}}}""";

    private readonly TempDirectory _directory = new();

    private string Path => _directory.File("recording.jsonl");

    public void Dispose() => _directory.Dispose();

    private static string Line(string prompt, string answer) => Good.Replace("PROMPT", prompt, StringComparison.Ordinal).Replace("ANSWER", answer, StringComparison.Ordinal);

    private async Task<string?> AnswerAsync(string prompt)
    {
        Outcome outcome = await Outcome.OfAsync(Calls.Send(ReplayTransport.Load(Path), Calls.Ask(Calls.Connection(), prompt: prompt, change: parameters => parameters.Model = null)));
        return outcome.Failure is null ? outcome.Response.Content : throw outcome.Failure;
    }

    private GptChatException NotUsable(string content)
    {
        File.WriteAllText(Path, content);
        GptChatException failure = Assert.Throws<GptChatException>(() => { ReplayTransport.Load(Path); });
        Assert.Equal(GptErrorKind.RecordingNotUsable, failure.Kind);
        Assert.Contains("-Replay", failure.Hint, StringComparison.Ordinal);
        return failure;
    }

    [Fact]
    public void Lines_are_appended_each_with_its_end()
    {
        RecordingFile.RequireWritable(Path);
        RecordingFile.Append(Path, "one"u8.ToArray());
        RecordingFile.Append(Path, "two"u8.ToArray());
        Assert.Equal("one\ntwo\n", File.ReadAllText(Path));
    }

    [Theory]
    [InlineData("2026-01-01 started\n", false)]
    [InlineData("x", false)]
    [InlineData("{\"a\":1}\n", false)]
    [InlineData("", true)]
    [InlineData("{\"gptc", true)]
    [InlineData("{\n{\"gptchat\":1}", true)]
    [InlineData("{\"gptch\n{\"gptchat\":1}", true)]
    [InlineData("\n{\"a\":1}", false)]
    [InlineData("x\n{\"gptchat\":1}", false)]
    [InlineData("{\"gptchat\":1,\"rec", true)]
    public void A_file_of_something_else_is_refused_before_anything_is_sent(string content, bool isFine)
    {
        File.WriteAllText(Path, content);
        if (isFine) RecordingFile.RequireWritable(Path);
        else Assert.Contains(Path + " cannot be written: it holds something else", Assert.Throws<GptChatException>(() => { RecordingFile.RequireWritable(Path); }).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Fact]
    public async Task A_line_cut_by_a_kill_is_passed_over_and_the_next_one_starts_anew()
    {
        string cut = Line("b", "2");
        for (int length = 1; length < cut.Length; length++)
        {
            await File.WriteAllTextAsync(Path, Line("a", "1") + "\n" + cut[..length]);
            RecordingFile.Append(Path, Encoding.UTF8.GetBytes(Line("c", "3")));
            Assert.Equal(3, File.ReadAllLines(Path).Length);
            Assert.Equal("1", await AnswerAsync("a"));
            Assert.Equal("3", await AnswerAsync("c"));
        }
    }

    [Fact]
    public async Task A_whole_line_without_its_end_is_kept()
    {
        await File.WriteAllTextAsync(Path, Line("a", "1"));
        RecordingFile.Append(Path, Encoding.UTF8.GetBytes(Line("b", "2")));
        Assert.Equal("1", await AnswerAsync("a"));
        Assert.Equal("2", await AnswerAsync("b"));
    }

    [Fact(Skip = OnlyOnNet.Modes)]
    public void Only_its_owner_may_read_it()
    {
        if (OperatingSystem.IsWindows()) return;
        RecordingFile.Append(Path, "x"u8.ToArray());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void A_file_that_was_there_keeps_the_permissions_that_somebody_gave_it()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.WriteAllText(Path, Line("a", "1") + "\n");
        File.SetUnixFileMode(Path, Shared);
        RecordingFile.Append(Path, "x"u8.ToArray());
        Assert.Equal(Shared, File.GetUnixFileMode(Path));
    }

    [FullDeviceFact]
    public void A_full_disk_is_told()
    {
        RecordingFile.RequireWritable(FullDeviceFactAttribute.Path);
        GptChatException failure = Assert.Throws<GptChatException>(() => RecordingFile.Append(FullDeviceFactAttribute.Path, "x"u8.ToArray()));
        Assert.Equal(GptErrorKind.RecordingNotUsable, failure.Kind);
        Assert.StartsWith("The answer came, but the recording cannot be written", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_or_watches_the_file_hinders_nobody()
    {
        RecordingFile.Append(Path, Encoding.UTF8.GetBytes(Line("a", "1")));
        using FileStream watcher = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        RecordingFile.Append(Path, Encoding.UTF8.GetBytes(Line("b", "2")));
        using FileStream appender = new(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.Equal("2", await AnswerAsync("b"));
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_a_file_that_another_holds()
    {
        using CancellationTokenSource stop = new();
        using FileStream other = new(Path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Task waiting = Task.Run(() => RecordingFile.RequireWritable(Path, stop.Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_miss_tells_how_many_lines_were_passed_over()
    {
        await File.WriteAllLinesAsync(Path, [Line("a", "1"), "{\"gptchat\":1,\"requ", Line("b", "2")]);
        GptChatException failure = await Assert.ThrowsAsync<GptChatException>(() => AnswerAsync("c"));
        Assert.Contains("passed over: 1.", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_found_before_anything_is_sent()
    {
        string missing = System.IO.Path.Combine(_directory.File("no-such-directory"), "r.jsonl");
        GptChatException failure = Assert.Throws<GptChatException>(() => RecordingFile.RequireWritable(missing));
        Assert.Equal(GptErrorKind.RecordingNotUsable, failure.Kind);
        Assert.Contains("Nothing was sent", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(GptErrorKind.RecordingNotUsable, Assert.Throws<GptChatException>(() => RecordingFile.Append(missing, [1])).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("{\"gptchat\":1,\"requ")]
    [InlineData("{\"a\":1}")]
    [InlineData("5")]
    [InlineData("{\"gptchat\":2}")]
    [InlineData("{\"gptchat\":\"1\"}")]
    [InlineData("{\"gptchat\":1}")]
    [InlineData("{\"gptchat\":1,\"request\":5}")]
    [InlineData("{\"gptchat\":1,\"request\":{\"body\":5}}")]
    [InlineData("{\"gptchat\":1,\"request\":{\"body\":{}}}")]
    [InlineData("{\"gptchat\":1,\"request\":{\"body\":{}},\"response\":{}}")]
    [InlineData("{\"gptchat\":1,\"request\":{\"body\":{}},\"response\":{\"status\":\"200\",\"body\":{}}}")]
    [InlineData("{\"gptchat\":1,\"request\":{\"body\":{}},\"response\":{\"text\":5}}")]
    [InlineData("{\"gptchat\":1,\"request\":{\"body\":{}},\"response\":{\"events\":[5]}}")]
    [InlineData("{\"gptchat\":1,\"request\":{\"body\":{}},\"response\":{\"events\":[{\"ms\":1}]}}")]
    public void What_is_no_recording_is_refused(string content) => NotUsable(content);

    [Fact]
    public void A_line_that_is_no_exchange_is_named_by_its_number() =>
        Assert.Contains("line 3", NotUsable(Line("a", "1") + "\n\n{\"b\":1}\n").Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_refused()
    {
        GptChatException failure = Assert.Throws<GptChatException>(() => { ReplayTransport.Load(Path); });
        Assert.Equal(GptErrorKind.RecordingNotUsable, failure.Kind);
    }

    [Fact]
    public async Task A_recording_written_by_hand_replays()
    {
        const string Events = """{"gptchat":1,"request":{"body":{"messages":[{"role":"user","content":"a"}]}},"response":{"headers":{"content-type":"text/event-stream"},"events":[{"data":{"choices":[{"index":0,"delta":{"content":"x"}}]}},{"text":": comment\n\n"},{"data":"[DONE]"}]}}""";
        await File.WriteAllLinesAsync(Path, [Events, ""]);
        Assert.Equal("x", await AnswerAsync("a"));
        Assert.Equal(3, RecordedExchange.Parse(Events).Pieces.Count);
        Assert.Equal(200, RecordedExchange.Parse(Events).Status);
        Assert.All(RecordedExchange.Parse(Events).Pieces.Select(piece => piece.Milliseconds), at => Assert.Equal(0, at));
    }
}
