using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>A recording outlives the program that writes it, at whatever byte that is killed.</summary>
public sealed class KilledRecordingTests : CliTest, IDisposable
{
    private const int Kills = 5;
    private const int AnswerLength = 3 * 1024 * 1024;

    private readonly TempFolder _folder = new();

    private string Recording => _folder.At("r.jsonl");

    public void Dispose() => _folder.Dispose();

    [ShellFact]
    public async Task What_was_written_before_a_kill_and_after_it_replays()
    {
        Random random = new(20260302);
        string answer = string.Concat(Enumerable.Range(0, AnswerLength / 8).Select(i => i.ToString("x7", null) + " "));
        Server.Default = Reply.Completion(answer);
        for (int kill = 0; kill < Kills; kill++)
        {
            string prompt = "kill " + kill;
            long before = Length();
            long limit = before + 1 + random.NextInt64(AnswerLength);
            using (CliProcess process = CliProcess.Start("</dev/null >/dev/null", Server.BaseUri, prompt, "-Model", "m", "-Record", Recording))
            {
                Task<CliResult> ended = process.EndAsync(readsOutput: false);

                // The moment is a byte of the file, or, for some, one before the first of them.
                if (kill == 3) await Server.WaitForRequestsAsync(kill + 1).WaitAsync(ModuleHost.Limit);
                else await Task.Run(() => Watch(limit, ended)).WaitAsync(ModuleHost.Limit);
            }

            await Holds(Recording, kill);
        }

        Server.Default = Reply.Completion("The last.");
        Assert.Equal(0, (await Run("last", "-Model", "m", "-Record", Recording)).ExitCode);
        Assert.Equal("The last." + Environment.NewLine, (await RunAlone("last", "-Replay", Recording)).Output);
    }

    [ShellFact]
    public async Task Programs_that_record_at_the_same_time_lose_nothing()
    {
        string[] prompts = ["a", "b", "c", "d"];
        Server.Respond = request => Reply.Completion("to " + request.Messages()[0]);
        CliResult[] results = await Task.WhenAll(prompts.Select(prompt => Run(prompt, "-Model", "m", "-Record", Recording)));
        Assert.All(results, result => Assert.Equal(0, result.ExitCode));
        Assert.Equal(prompts, File.ReadAllLines(Recording).Select(Prompt).Order());
    }

    /// <summary>Looks without a pause: a line is written within a few milliseconds, and a kill in their midst is wanted.</summary>
    private void Watch(long limit, Task ended)
    {
        while (!ended.IsCompleted && Length() < limit) Thread.SpinWait(1);
    }

    private long Length() => File.Exists(Recording) ? new FileInfo(Recording).Length : 0;

    /// <summary>Every line is whole, or was cut by a kill; whole ones are the exchanges that they say they are.</summary>
    private static async Task Holds(string path, int kills)
    {
        string[] lines = File.Exists(path) ? await File.ReadAllLinesAsync(path) : [];
        Assert.InRange(lines.Length, 0, kills + 1);
        foreach (string line in lines)
        {
            Assert.StartsWith("{\"gptchat\":1,"[..Math.Min(line.Length, 13)], line, StringComparison.Ordinal);
            if (Prompt(line) is { } prompt) Assert.StartsWith("kill ", prompt, StringComparison.Ordinal);
        }
    }

    private static string? Prompt(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            Assert.Equal(200, document.RootElement.GetProperty("response").GetProperty("status").GetInt32());
            return document.RootElement.GetProperty("request").GetProperty("body").GetProperty("messages")[0].GetProperty("content").GetString();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
