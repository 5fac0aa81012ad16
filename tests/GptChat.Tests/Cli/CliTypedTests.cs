using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Cli;

/// <summary>Objects come out as lines of JSON.</summary>
public sealed class CliTypedTests : CliTest
{
    [ShellFact]
    public async Task An_object_is_a_line_of_JSON()
    {
        Server.Enqueue(Reply.AsAsked("""{"items":[{"name":"Grün","n":1,"tags":["a"],"when":"2026-01-02T03:04:05Z","none":null},{"name":"b","n":2,"tags":[],"when":"2026-01-02T03:04:05Z","none":true}]}"""));
        CliResult result = await Run("x", "-Model", "m", "-Schema", "{name, n int, tags string[], when datetime, none bool?}[]");
        Assert.Equal("""
            {"name":"Grün","n":1,"tags":["a"],"when":"2026-01-02T03:04:05Z","none":null}
            {"name":"b","n":2,"tags":[],"when":"2026-01-02T03:04:05Z","none":true}

            """.ReplaceLineEndings("\n"), result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [ShellFact]
    public async Task Plain_values_are_lines_and_repairs_work()
    {
        Server.Enqueue(Reply.AsAsked("none"), Reply.AsAsked("""{"items":[1,2]}"""));
        Assert.Equal("1\n2\n", (await Run("x", "-Model", "m", "-As", "int[]", "-Repair", "1")).Output);
        Assert.Equal(2, Server.Requests.Count);
    }

    [ShellFact]
    public async Task An_answer_that_does_not_fit_is_an_error()
    {
        Server.Enqueue(Reply.AsAsked("none"));
        CliResult result = await Run("x", "-Model", "m", "-Schema", "name");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("does not fit the schema", result.Errors);
        Assert.Equal(string.Empty, result.Output);
    }
}
