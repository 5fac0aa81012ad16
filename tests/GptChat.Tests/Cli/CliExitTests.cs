using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>How the program ends, for scripts.</summary>
public sealed class CliExitTests : CliTest
{
    [ShellFact]
    public async Task A_failed_call_is_1_and_says_why_on_standard_error_alone()
    {
        Server.Default = Reply.Error(401, "Wrong key " + ModuleHost.Key, code: "invalid_api_key");
        CliResult result = await Run("x", "-Model", "m");
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.OutputBytes);
        Assert.Contains("OPENAI_API_KEY", result.Errors);
        Assert.DoesNotContain(ModuleHost.Key, result.Errors);
    }

    [ShellFact]
    public async Task An_answer_that_broke_off_is_1_and_what_came_is_shown()
    {
        Server.Enqueue(Reply.Stream(["one ", "two"]).TruncateAfter(Offset.Events(2)));
        CliResult result = await Run("x", "-Model", "m");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("one \n", result.Output);
        Assert.Contains("broke off", result.Errors);
    }

    [ShellFact]
    public async Task No_connection_is_1_and_names_the_variables()
    {
        CliResult result = await RunAlone("x");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("CLOUDFLARE_API_TOKEN", result.Errors);
    }

    [ShellFact]
    public async Task An_unknown_parameter_is_2() => await IsUsage("x", "-Model", "m", "-NoSuchParameter", "1");

    [ShellFact]
    public async Task A_value_out_of_range_is_2() => await IsUsage("x", "-Model", "m", "-Temperature", "9");

    [ShellFact]
    public async Task Parameters_that_exclude_each_other_are_2() => await IsUsage("x", "-Model", "m", "-Stream", "-Live");

    [ShellFact]
    public async Task An_empty_prompt_is_2() => await IsUsage(string.Empty, "-Model", "m");

    [ShellFact]
    public async Task No_arguments_at_all_are_2_and_show_the_help()
    {
        CliResult result = await RunAlone();
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Usage:", result.Errors);
        Assert.Empty(result.OutputBytes);
    }

    [ShellFact]
    public async Task An_interrupt_in_the_middle_of_a_stream_is_130()
    {
        Server.Enqueue(Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)));
        using CliProcess process = CliProcess.Start(NoInput, Server.BaseUri, "x", "-Model", "m");
        Assert.Equal("one ", await process.ReadAsync(4));
        await process.InterruptAsync();
        CliResult result = await process.EndAsync();
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(string.Empty, result.Errors);
        await Server.Requests[0].Aborted.WaitAsync(ModuleHost.Limit);
    }

    [ShellFact]
    public async Task An_interrupt_while_waiting_for_the_answer_is_130()
    {
        Server.Enqueue(Reply.Completion("never").HangBeforeHeaders());
        using CliProcess process = CliProcess.Start(NoInput, Server.BaseUri, "x", "-Model", "m");
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        await process.InterruptAsync();
        Assert.Equal(130, (await process.EndAsync()).ExitCode);
    }

    private async Task IsUsage(params string[] arguments)
    {
        CliResult result = await Run(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.OutputBytes);
        Assert.StartsWith("gptchat: ", result.Errors);
        Assert.Empty(Server.Requests);
    }
}
