using System;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>Test-GptConnection: each step, what is told of it, and that a connection that fails is a result and no error.</summary>
public sealed class ConnectionTestTests : ModuleTest
{
    private PSObject[] Test(string parameters = "", params (string Name, object? Value)[] variables) => [.. Invoke("Test-GptConnection " + parameters, variables)];

    private static string Statuses(PSObject[] steps) => string.Join(' ', steps.Select(step => step.Member("Step") + "=" + step.Member("Status")));

    [Fact]
    public void A_good_connection_passes_every_step_and_costs_one_token()
    {
        Server.Enqueue(Reply.Completion("Yes").WithModel("gpt-5.1-chat-latest").WithUsage(8, 1));
        PSObject[] steps = Test();
        Assert.Equal("Resolve=Passed Connect=Passed Secure=NotNeeded Authenticate=Passed Answer=Passed", Statuses(steps));
        Assert.Equal(("gpt-5.1-chat-latest", "By gpt-5.1-chat-latest, asked for as openai/gpt-5.1-chat; 9 tokens (8 prompt, 1 completion)"), (steps[4].Member("Model"), steps[4].Member("Detail")));
        Assert.All(steps.Where(step => step.Member("Status")!.ToString() == "Passed"), step => Assert.NotNull(step.Member("Duration")));
        Assert.All(steps, step => Assert.Null(step.Member("Error")));
        Assert.Equal(1, Request.Json.GetProperty("max_completion_tokens").GetInt32());
    }

    [Fact]
    public void The_limit_has_the_name_that_the_server_knows()
    {
        Assert.Equal("Passed", Test("-Connection $c", ("c", InvokeOne("Connect-GptChat -BaseUri $uri -Model llama3 -PassThru", ("uri", Server.BaseUri)))).Last().Member("Status")!.ToString());
        Assert.Equal(1, Request.Json.GetProperty("max_tokens").GetInt32());
    }

    [Theory]
    [InlineData("integer_below_min_value", "max_completion_tokens", "Expected a value >= 16, but got 1 instead.")]
    [InlineData(null, null, "Could not finish the message because max_tokens or model output limit was reached.")]
    public void A_model_that_refuses_so_small_a_limit_is_asked_for_sixteen(string? code, string? param, string message)
    {
        Server.Enqueue(Reply.Error(400, message, "invalid_request_error", code, param));
        Assert.Equal("Passed", Test().Last().Member("Status")!.ToString());
        Assert.Equal([1, 16], Server.Requests.Select(request => request.Json.GetProperty("max_completion_tokens").GetInt32()));
    }

    [Fact]
    public void A_model_that_spent_its_token_on_thought_has_answered()
    {
        Server.Enqueue(Reply.Completion("").WithFinishReason("length"));
        Assert.Equal("Passed", Test().Last().Member("Status")!.ToString());
    }

    [Fact]
    public void A_wrong_key_is_told_from_a_wrong_model()
    {
        Server.Enqueue(Reply.CloudflareError(401, 10000, "Authentication error"), Reply.Error(404, "The model does not exist", null, "model_not_found"));
        PSObject[] key = Test();
        Assert.Equal("Resolve=Passed Connect=Passed Secure=NotNeeded Authenticate=Failed Answer=NotTried", Statuses(key));
        Assert.Equal("Authentication error (HTTP 401, code 10000)", key[3].Member("Detail"));
        Assert.Contains("AI Gateway", (string)key[3].Member("Advice")!);
        Assert.Equal("Authentication", key[3].Member("Error.Kind")!.ToString());
        PSObject[] model = Test("-Model gone");
        Assert.Equal("Resolve=Passed Connect=Passed Secure=NotNeeded Authenticate=Passed Answer=Failed", Statuses(model));
        Assert.Contains("-Model", (string)model[4].Member("Advice")!);
    }

    [Theory]
    [InlineData(404, "404 page not found", "-BaseUri")]
    [InlineData(503, "busy", "later")]
    [InlineData(200, "<html><title>Login</title></html>", "-BaseUri")]
    public void Where_the_answer_tells_nothing_of_the_key_neither_does_the_test(int status, string body, string advice)
    {
        Server.Default = Reply.Raw(status, "text/html", body);
        PSObject[] steps = Test();
        Assert.Equal("Resolve=Passed Connect=Passed Secure=NotNeeded Authenticate=Unknown Answer=Failed", Statuses(steps));
        Assert.Contains(advice, (string)steps[4].Member("Advice")!);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_name_with_several_addresses_is_reached_by_the_one_that_works()
    {
        PSObject[] steps = Test("(Connect-GptChat -BaseUri $uri -Model m -PassThru)", ("uri", Server.BaseUri.AbsoluteUri.Replace("127.0.0.1", "localhost")));
        Assert.Equal("Resolve=Passed Connect=Passed Secure=NotNeeded Authenticate=NotNeeded Answer=Passed", Statuses(steps));
        Assert.StartsWith("localhost is ", (string)steps[0].Member("Detail")!);
    }

    [Fact]
    public void Nobody_listens()
    {
        PSObject[] steps = Test("(Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Model m -PassThru)");
        Assert.Equal("Resolve=Passed Connect=Failed Secure=NotNeeded Authenticate=NotTried Answer=NotTried", Statuses(steps));
        Assert.Equal(("Nothing listens at 127.0.0.1:9", "Is the server running, and on this port?"), (steps[1].Member("Detail"), steps[1].Member("Advice")));
    }

    [Fact]
    public void The_name_is_not_known()
    {
        PSObject[] steps = Test("(Connect-GptChat -BaseUri https://no-such-host.invalid/v1 -Model m -PassThru)");
        Assert.Equal("Resolve=Failed Connect=NotTried Secure=NotTried Authenticate=NotTried Answer=NotTried", Statuses(steps));
        Assert.Contains("-BaseUri", (string)steps[0].Member("Advice")!);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for()
    {
        await using var server = new TlsServer();
        PSObject[] refused = Test("(Connect-GptChat -BaseUri $uri -Model m -PassThru)", ("uri", server.BaseUri));
        Assert.Equal("Resolve=Passed Connect=Passed Secure=Failed Authenticate=NotTried Answer=NotTried", Statuses(refused));
        Assert.Contains("not trusted", (string)refused[2].Member("Detail")!);
        using X509Certificate2 own = TlsServer.Certificate("me");
        PSObject[] taken = Test("(Connect-GptChat -BaseUri $uri -Model m -SkipCertificateCheck -Certificate $own -PassThru)", ("uri", server.BaseUri), ("own", own));
        Assert.Equal("Resolve=Passed Connect=Passed Secure=Passed Authenticate=NotNeeded Answer=Passed", Statuses(taken));
        Assert.Contains("-SkipCertificateCheck takes it", (string)taken[2].Member("Detail")!);
        Assert.Equal([own.Thumbprint, own.Thumbprint], server.Clients.Where(thumbprint => thumbprint.Length > 0));
    }

    [Fact]
    public void Through_a_proxy_that_is_what_is_connected_to()
    {
        PSObject[] steps = Test("(Connect-GptChat -BaseUri http://model.invalid/v1 -Model m -Proxy $proxy -PassThru)", ("proxy", Server.BaseUri.GetLeftPart(UriPartial.Authority)));
        Assert.Equal("Resolve=Passed Connect=Passed Secure=NotNeeded Authenticate=NotNeeded Answer=Passed", Statuses(steps));
        Assert.StartsWith("To the proxy 127.0.0.1:", (string)steps[1].Member("Detail")!);
    }

    [Fact]
    public void Without_a_model_the_network_is_tested_all_the_same()
    {
        PSObject[] steps = Test("(Connect-GptChat -BaseUri $uri -PassThru)", ("uri", Server.BaseUri));
        Assert.Equal("Resolve=Passed Connect=Passed Secure=NotNeeded Authenticate=NotTried Answer=Failed", Statuses(steps));
        Assert.Contains("-Model", (string)steps[4].Member("Advice")!);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(401, false)]
    public void Quiet_is_a_boolean_and_nothing_else(int status, bool isGood)
    {
        if (status != 200) Server.Default = Reply.Error(status, "no");
        Outcome outcome = Run("Test-GptConnection -Quiet");
        Assert.Equal(isGood, Assert.IsType<bool>(Assert.Single(outcome.Output).BaseObject));
        Assert.Empty(outcome.Warnings);
        Assert.Empty(outcome.Information);
    }

    [Theory]
    [InlineData("-Connection gone", "ConnectionNotFound")]
    [InlineData("-Connection 5", "InvalidParameter")]
    [InlineData("-Connection gone -Quiet", "ConnectionNotFound")]
    public void Bad_arguments_are_errors(string parameters, string kind) => InvokeError("Test-GptConnection " + parameters).IsKind(kind, "TestGptConnectionCommand");

    [Fact]
    public void Several_are_tested_in_turn()
    {
        Invoke("Connect-GptChat -BaseUri $uri -Model m -Name other", ("uri", Server.BaseUri));
        Assert.Equal(["True", "True"], Invoke("Get-GptConnection | Test-GptConnection -Quiet").Select(result => result.ToString()));
        Assert.Equal(["Cloudflare", "other"], Test("other").Concat(Test("Cloudflare")).Select(step => (string)step.Member("Connection")!).Distinct().Order());
    }

    [Fact]
    public void One_of_several_that_cannot_be_tested_leaves_the_others_their_turn()
    {
        Outcome outcome = Host.Run("'gone', 'Cloudflare' | Test-GptConnection -Quiet");
        Assert.Single(outcome.Errors).IsKind("ConnectionNotFound", "TestGptConnectionCommand");
        Assert.Equal(true, Assert.Single(outcome.Output).BaseObject);
    }

    [Fact]
    public void Without_any_connection_quiet_says_no_and_the_steps_cannot_be_told()
    {
        Assert.Equal(false, InvokeOne("Disconnect-GptChat *; Test-GptConnection -Quiet").BaseObject);
        InvokeError("Test-GptConnection").IsKind("NoConnection", "TestGptConnectionCommand");
    }

    [Fact]
    public async Task Steps_come_as_they_are_over_and_a_stop_ends_the_test()
    {
        Server.Default = Reply.Completion("x").HangBeforeHeaders();
        using PendingCall call = Host.Begin("Test-GptConnection");
        Assert.Equal("Resolve", (await call.FirstOutput).Member("Step"));
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        Outcome outcome = await call.StopAsync();
        Assert.Equal(PSInvocationState.Stopped, call.State);
        Assert.Equal(3, outcome.Output.Count);
        await Request.Aborted.WaitAsync(ModuleHost.Limit);
    }

    [Fact]
    public void A_server_that_quotes_the_key_is_not_quoted()
    {
        Server.Default = Reply.Error(401, "Wrong key " + ModuleHost.Key);
        PSObject step = Test()[3];
        Assert.Contains("***", (string)step.Member("Detail")!);
        Assert.DoesNotContain(ModuleHost.Key, PSSerializer.Serialize(step, 4));
    }
}
