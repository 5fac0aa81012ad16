using System.Threading.Tasks;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>What the program does with standard input.</summary>
public sealed class CliInputTests : CliTest
{
    [ShellFact]
    public async Task What_is_piped_in_follows_the_prompt()
    {
        using CliProcess process = CliProcess.Start(null, Server.BaseUri, "Explain", "-Model", "m");
        CliResult result = await process.Pipe("Grüße\r\n\nline 3\n").EndAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["user: Explain\n\nGrüße\n\nline 3"], Assert.Single(Server.Requests).Messages());
    }

    [ShellFact]
    public async Task What_is_piped_in_needs_no_prompt()
    {
        using CliProcess process = CliProcess.Start(null, Server.BaseUri, "-Model", "m");
        await process.Pipe("What is red?").EndAsync();
        Assert.Equal(["user: What is red?"], Assert.Single(Server.Requests).Messages());
    }

    [ShellFact]
    public async Task An_empty_pipe_is_an_error_and_nothing_is_sent()
    {
        using CliProcess process = CliProcess.Start(null, Server.BaseUri, "Explain", "-Model", "m");
        CliResult result = await process.Pipe(string.Empty).EndAsync();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Nothing came through the pipeline", result.Errors);
        Assert.Empty(result.OutputBytes);
        Assert.Empty(Server.Requests);
    }

    [ShellFact]
    public async Task The_null_device_is_no_input()
    {
        Assert.Equal(0, (await Run("Explain", "-Model", "m")).ExitCode);
        Assert.Equal(["user: Explain"], Assert.Single(Server.Requests).Messages());
    }

    [ShellFact]
    public async Task A_closed_standard_input_is_no_input()
    {
        using CliProcess process = CliProcess.Start("<&-", Server.BaseUri, "Explain", "-Model", "m");
        Assert.Equal(0, (await process.EndAsync()).ExitCode);
        Assert.Equal(["user: Explain"], Assert.Single(Server.Requests).Messages());
    }
}
