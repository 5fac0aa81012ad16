using System.IO;
using System.Text;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>What the program prints.</summary>
public sealed class CliOutputTests : CliTest
{
    [ShellFact]
    public async Task Text_is_out_while_the_server_still_holds_the_rest()
    {
        var gate = new TaskCompletionSource();
        Server.Enqueue(Reply.Stream(["one ", "two"]).Gate(Offset.Events(2), gate.Task));
        using CliProcess process = CliProcess.Start(NoInput, Server.BaseUri, "x", "-Model", "m");
        Assert.Equal("one ", await process.ReadAsync(4));
        gate.SetResult();
        Assert.Equal("two\n", await process.ReadAsync(100));
        Assert.Equal(0, (await process.EndAsync()).ExitCode);
    }

    [ShellFact]
    public async Task Output_is_UTF8_without_a_mark_and_ends_its_line()
    {
        Server.Enqueue(Reply.AsAsked("Grüße – “ok” 👍"));
        CliResult result = await Run("x", "-Model", "m");
        Assert.Equal(Encoding.UTF8.GetBytes("Grüße – “ok” 👍\n"), result.OutputBytes);
        Assert.Equal(string.Empty, result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    [ShellFact]
    public async Task Arguments_are_those_of_the_cmdlet_and_text_stays_text()
    {
        CliResult result = await Run("It's $HOME; `x` \"y\" @z", "-Model", "m", "-System", "Be brief, $(Get-Date)", "-Temperature", "0.5", "-MaxCompletionTokens:7");
        Assert.Equal("An answer.\n", result.Output);
        ReceivedRequest request = Assert.Single(Server.Requests);
        Assert.Equal(["system: Be brief, $(Get-Date)", "user: It's $HOME; `x` \"y\" @z"], request.Messages());
        Assert.Equal("0.5", request.Json.GetProperty("temperature").GetRawText());
        Assert.Equal("7", request.Json.GetProperty("max_completion_tokens").GetRawText());
        Assert.True(request.Json.GetProperty("stream").GetBoolean());
    }

    [ShellFact]
    public async Task After_two_dashes_everything_is_text()
    {
        await Run("-Model", "m", "--", "-Stream");
        Assert.Equal(["user: -Stream"], Assert.Single(Server.Requests).Messages());
    }

    [ShellFact]
    public async Task A_recording_answers_without_a_network_or_an_account()
    {
        CliResult result = await RunAlone("What are the three laws of thermodynamics?", "-Replay", Repository.FirstSteps);
        Assert.Equal(string.Empty, result.Errors);
        Assert.StartsWith("In plain words", result.Output);
        Assert.EndsWith("\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [ShellFact]
    public async Task A_recorded_answer_about_piped_lines_comes_again()
    {
        const string Log = "2026-03-02T02:11:07Z INFO  backup started\n2026-03-02T02:14:52Z WARN  /var/backups is 97% full\n2026-03-02T02:15:10Z ERROR write failed: no space left on device\n2026-03-02T02:15:10Z ERROR backup aborted after 243 s\n";
        using CliProcess process = CliProcess.Start(null, null, "What went wrong, in two sentences?", "-System", "You are a terse SRE.", "-Replay", Repository.FirstSteps);
        CliResult result = await process.Pipe(Log).EndAsync();
        Assert.Equal(string.Empty, result.Errors);
        Assert.StartsWith("The backup stopped", result.Output);
    }

    [ShellFact]
    public async Task Help_shows_three_examples()
    {
        CliResult result = await RunAlone("--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(string.Empty, result.Errors);
        Assert.Equal(3, result.Output.Split("Examples:")[1].Split("\n\n")[0].Split("gptchat '").Length - 1);
    }

    [ShellFact]
    public async Task A_warning_goes_to_standard_error()
    {
        Server.Enqueue(Reply.AsAsked("Once upon").WithFinishReason("length"));
        CliResult result = await Run("x", "-Model", "m");
        Assert.Equal("Once upon\n", result.Output);
        Assert.Contains("-MaxCompletionTokens", result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    [ShellFact]
    public async Task A_reader_that_wants_no_more_is_no_failure()
    {
        var gate = new TaskCompletionSource();
        Server.Enqueue(Reply.Stream(["one ", "two ", "three ", "four "]).Gate(Offset.Events(2), gate.Task).HangAfter(Offset.Events(4)));
        using CliProcess process = CliProcess.Start(NoInput, Server.BaseUri, "x", "-Model", "m");
        Assert.Equal("one ", await process.ReadAsync(4));
        process.CloseOutput();
        gate.SetResult();
        CliResult result = await process.EndAsync(readsOutput: false);
        Assert.Equal(string.Empty, result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    [ShellFact]
    public async Task What_nobody_can_see_is_not_asked()
    {
        using CliProcess process = CliProcess.Start(NoInput + " >&-", Server.BaseUri, "x", "-Model", "m");
        CliResult result = await process.EndAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("standard output", result.Errors);
        Assert.Empty(Server.Requests);
    }

    [ShellFact]
    public async Task An_answer_that_cannot_be_written_is_a_failure()
    {
        if (!File.Exists("/dev/full")) return;
        using CliProcess process = CliProcess.Start(NoInput + " >/dev/full", Server.BaseUri, "x", "-Model", "m");
        CliResult result = await process.EndAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot be written", result.Errors);
    }

    [ShellFact]
    public async Task Answers_in_one_file_follow_each_other()
    {
        using var folder = new TempFolder();
        string path = folder.Write("answers.txt", "before\n");
        for (int i = 0; i < 2; i++)
        {
            using CliProcess process = CliProcess.Start(NoInput + " >>'" + path + "'", Server.BaseUri, "x", "-Model", "m");
            Assert.Equal(0, (await process.EndAsync()).ExitCode);
        }

        Assert.Equal("before\nAn answer.\nAn answer.\n", await File.ReadAllTextAsync(path));
    }

    [ShellFact]
    public async Task WhatIf_says_what_would_be_sent_and_sends_nothing()
    {
        CliResult result = await Run("x", "-Model", "m", "-WhatIf");
        Assert.Contains(Server.BaseUri + "/chat/completions", result.Output);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(Server.Requests);
    }
}
