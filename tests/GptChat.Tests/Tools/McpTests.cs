using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Tools;

/// <summary>Servers of the Model Context Protocol as tools, with the same guard rails.</summary>
public sealed class McpTests : ToolTest
{
    private static readonly string Program = Path.ChangeExtension(typeof(ChatServer).Assembly.Location, ".dll");

    private static (string, object?) Server0 => ("command", new[] { "dotnet", Program, "--mcp" });

    [Fact]
    public void A_servers_tools_are_tools()
    {
        Server.Enqueue(Asks("echo", """{"text":"hello; Set-Broken"}"""));
        Server.Enqueue(Reply.Completion("Done."));
        PSObject reply = InvokeOne("Invoke-GptChat 'x' -Confirm:$false -Tool (New-GptTool -McpServer $command -Name echo)", Server0);
        Server.Requests[0].Json.GetProperty("tools").IsJson("""
            [{"type":"function","function":{"name":"echo","description":"Says what it hears.","parameters":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"],"additionalProperties":false}}}]
            """);
        Assert.Equal(["heard: hello; Set-Broken"], ToolMessages(Server.Requests[1]));
        Assert.Equal("Succeeded", Log(reply.Member("Response")!).Single().Member("Outcome")!.ToString());
    }

    [Fact]
    public void A_command_line_is_taken_apart_at_spaces_outside_quotes()
    {
        Assert.Equal("echo fail_always hang environment die", InvokeOne("\"$(New-GptTool -McpServer $line)\"", ("line", "dotnet  \"" + Program + "\" '--mcp'")).BaseObject);
    }

    [Fact]
    public void What_a_server_says_of_itself_decides_nothing()
    {
        Host.Screen.Answers.Enqueue("&No");
        Server.Enqueue(Asks("echo", """{"text":"a"}"""));
        Server.Enqueue(Reply.Completion("Done."));
        Invoke("$null = Invoke-GptChat 'x' -Tool (New-GptTool -McpServer $command -Name echo)", Server0);
        Assert.Contains("Run echo (echo of dotnet) with {\"text\":\"a\"}?", Assert.Single(Host.Screen.Questions));
        Assert.StartsWith("ERROR: The user declined", Assert.Single(ToolMessages(Server.Requests[1])));
    }

    [Fact]
    public void Arguments_are_checked_before_the_server_sees_them() =>
        Assert.Contains("text is missing", ResultOf("Invoke-GptChat 'x' -Tool (New-GptTool -McpServer $command -Name echo -ReadOnly)", "echo", "{}", Server0));

    [Fact]
    public void A_failure_of_a_tool_goes_to_the_model() =>
        Assert.Equal("ERROR: it failed", ResultOf("Invoke-GptChat 'x' -Tool (New-GptTool -McpServer $command -ReadOnly)", "fail_always", "{}", Server0));

    [Fact]
    public void A_server_that_ends_fails_its_call_tells_the_user_and_can_be_made_again()
    {
        (string, object?) key = ("key", ModuleHost.Secure("longsecret1234"));
        const string Make = "$tools = New-GptTool -McpServer $command -ReadOnly -McpEnvironment @{ SERVER_KEY = $key }; ";
        string told = ResultOf(Make + "$warned = @(); Invoke-GptChat 'x' -Tool $tools -WarningVariable warned 3>$null; $global:said = \"$warned\"; 'Done.'", "die", "{}", Server0, key);
        string said = (string)InvokeOne("$global:said").BaseObject;
        Assert.StartsWith("ERROR: ", told);
        Assert.Contains("did not carry out die", said);
        Assert.Contains("New-GptTool -McpServer", said);

        // Asked again, the server that is gone is told of with its last words, in which its key stood.
        string again = ResultOf("Invoke-GptChat 'x' -Tool $tools -WarningVariable warned 3>$null; $global:said = \"$warned\"; 'Done.'", "echo", """{"text":"b"}""", Server0, key);
        string saidAgain = (string)InvokeOne("$global:said").BaseObject;
        Assert.Contains("lost: ", again + saidAgain);
        Assert.DoesNotContain("longsecret1234", told + said + again + saidAgain);
        Assert.Equal("heard: b", ResultOf(Make + "Invoke-GptChat 'x' -Tool $tools", "echo", """{"text":"b"}""", Server0, key));
    }

    [Fact]
    public void A_tool_that_does_not_answer_is_ended_when_its_time_is_over() =>
        Assert.Contains("longer than 2 s", ResultOf("$tools = New-GptTool -McpServer $command -Name echo; Invoke-GptChat 'x' -Tool (New-GptTool -McpServer $command -ReadOnly -TimeoutSec 2)", "hang", "{}", Server0));

    [Fact]
    public async Task Ctrl_C_ends_a_call_that_waits_for_a_server()
    {
        Invoke("$tools = New-GptTool -McpServer $command -ReadOnly", Server0);
        Server.Enqueue(Asks("hang"));
        using PendingCall call = Host.Begin("Invoke-GptChat 'x' -Tool $tools");
        await (await Server.WaitForRequestsAsync(1))[0].Completed.WaitAsync(ModuleHost.Limit);
        await call.StopAsync();
        Assert.Equal(PSInvocationState.Stopped, call.State);
    }

    [Fact]
    public void Keys_of_the_session_are_not_passed_on()
    {
        // A name of no meaning, since other tests run in this process; that of a key is no different.
        using var scope = new EnvironmentScope();
        scope.Set("GPTCHAT_TEST_KEY", "x");
        string names = ResultOf("Invoke-GptChat 'x' -Tool (New-GptTool -McpServer $command -McpEnvironment ([pscustomobject]@{ MY_TOKEN = 't' }) -ReadOnly)", "environment", "{}", Server0);
        Assert.Contains("MY_TOKEN", names);
        Assert.Contains("PATH", names);
        Assert.DoesNotContain("GPTCHAT_TEST_KEY", names);
    }

    [Fact]
    public void One_server_serves_all_calls_and_ends_with_the_module()
    {
        Assert.Equal("True", InvokeOne("$a = New-GptTool -McpServer $command; $b = New-GptTool -McpServer $command; \"$($a.Count -eq 5 -and $b.Count -eq 5)\"", Server0).BaseObject);
        Invoke("Remove-Module GptChat");
    }

    [Fact]
    public void A_server_at_an_address_gets_its_headers()
    {
        Host.AllowsRequestsOutsideTheSchema("They are of another protocol.");
        Server.Respond = request => request.Method == "POST" && request.Path == "/mcp"
            ? ToolServer.Answer(request.BodyText) is { } answer ? Reply.Json(answer) : Reply.Raw(202, null, string.Empty)
            : Reply.Raw(405, null, string.Empty);
        Assert.Equal("echo", InvokeOne("\"$(New-GptTool -McpServer $uri -Name e*o -McpHeader ([pscustomobject]@{ 'X-Team' = 'ops' }) -McpToken $token)\"", ("uri", new Uri(Server.BaseUri, "/mcp").AbsoluteUri), ("token", ModuleHost.Secure("mcp-token-1"))).BaseObject);
        Assert.Contains(Server.Requests, request => request.Headers.TryGetValue("X-Team", out string? team) && team == "ops");
        Assert.Contains(Server.Requests, request => request.Headers.TryGetValue("Authorization", out string? token) && token == "Bearer mcp-token-1");
    }

    [Theory]
    [InlineData("-McpServer 'no-such-program-at-all'", "ToolNotUsable", "The server 'no-such-program-at-all' cannot be used")]
    [InlineData("-McpServer 'dotnet --version'", "ToolNotUsable", "The server 'dotnet' cannot be used")]
    [InlineData("-McpServer ' '", "InvalidParameter", "-McpServer is empty")]
    [InlineData("-McpServer $command -Name nope", "ToolNotUsable", "offers no tool named 'nope'. It offers: echo, fail.always, hang, environment")]
    [InlineData("-McpServer $command -McpHeader @{ a = 'b' }", "InvalidParameter", "-McpHeader is for a server at an address")]
    [InlineData("-McpServer http://127.0.0.1/mcp -McpEnvironment @{ a = 'b' }", "InvalidParameter", "-McpEnvironment is for a server that is a program")]
    [InlineData("-McpServer http://example.com/mcp -McpToken x", "InvalidConnection", "unencrypted")]
    [InlineData("-McpServer http://127.0.0.1/mcp -McpHeader @{ authorization = 'x' }", "InvalidParameter", "Give the token as -McpToken")]
    public void What_cannot_be_a_server_is_told(string call, string kind, string said) =>
        Assert.Contains(said, InvokeError("New-GptTool " + call, Server0).IsKind(kind, "NewGptToolCommand").Exception.Message);
}
