using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>Get-GptModel: the same address, key, retries, stops and errors as any call.</summary>
public sealed class ModelListTests : ModuleTest
{
    private const string Command = "GetGptModelCommand";

    private string[] Names(string script) => Invoke(script).Select(model => model.ToString()).ToArray();

    [Fact]
    public void It_lists_what_the_server_lists()
    {
        Server.Enqueue(Reply.Json("""{"object":"list","data":[{"id":"zeta","object":"model","created":1760000000,"owned_by":"me","context_window":128000,"nested":{"a":[1]}},{"id":"Alpha"}]}"""));
        PSObject[] models = [.. Invoke("Get-GptModel")];
        Assert.Equal(["Alpha", "zeta"], models.Select(model => model.ToString()));
        Assert.Equal(("zeta", DateTimeOffset.FromUnixTimeSeconds(1760000000), "me", "Cloudflare"), (models[1].Member("Id"), models[1].Member("Created"), models[1].Member("OwnedBy"), models[1].Member("Connection")));
        Assert.Equal("128000 1", InvokeOne("\"$($m.ExtensionData.context_window) $($m.ExtensionData.nested.a[0])\"", ("m", models[1])).ToString());
        Assert.Null(models[0].Member("Created"));
        Assert.Equal(("GET", "/v1/models", "Bearer " + ModuleHost.Key, 0), (Request.Method, Request.Path, Request.Headers["Authorization"], Request.Body.Length));
        Assert.False(Request.Headers.ContainsKey("Content-Type"));
    }

    [Theory]
    [InlineData("Get-GptModel gpt*", "gpt-5,gpt-6")]
    [InlineData("Get-GptModel -Name LLAMA, gpt-6", "llama,gpt-6")]
    [InlineData("Get-GptModel nothing*", "")]
    [InlineData("Get-GptConnection | Get-GptModel l*", "llama")]
    public void Names_choose(string script, string names)
    {
        Server.Models = ["gpt-6", "llama", "gpt-5"];
        Assert.Equal(names, string.Join(',', Names(script)));
    }

    [Fact]
    public void A_name_that_is_not_there_is_an_error_and_the_others_come()
    {
        Server.Models = ["llama"];
        Outcome outcome = Host.Run("Get-GptModel gone, llama");
        Assert.Single(outcome.Errors).IsKind("ModelNotFound", Command);
        Assert.Equal("llama", Assert.Single(outcome.Output).ToString());
    }

    [Theory]
    [InlineData("""[{"id":"a"},"b",null,{"name":"c"},{"id":""}]""", "a,b,c")]
    [InlineData("""{"models":[{"model":"a"}]}""", "a")]
    [InlineData("""{"object":"list","data":[]}""", "")]
    [InlineData("""{"data":[{"id":"a","created":"soon","owned_by":5},{"id":"a"}]}""", "a")]
    [InlineData("""{"data":[{"id":"a","created":99999999999999999999}],"success":true}""", "a")]
    public void Lists_of_other_shapes_are_read_too(string json, string names)
    {
        Server.Enqueue(Reply.Json(json));
        Assert.Equal(names, string.Join(',', Names("Get-GptModel")));
    }

    [Fact]
    public void Pages_are_followed_to_their_end_and_no_further()
    {
        Server.Enqueue(
            Reply.Json("""{"data":[{"id":"a"},{"id":"b c"}],"has_more":true,"last_id":"b c"}"""),
            Reply.Json("""{"data":[{"id":"d"}],"has_more":true,"last_id":"d"}"""),
            Reply.Json("""{"data":[{"id":"d"}],"has_more":true,"last_id":"d"}"""));
        Assert.Equal(["a", "b c", "d"], Names("Get-GptModel"));
        Assert.Equal(["/v1/models", "/v1/models?after=b%20c", "/v1/models?after=d"], Server.Requests.Select(request => request.Path));
    }

    [Theory]
    [InlineData("-Provider AzureOpenAI -BaseUri $root -ApiKey $key", "/openai/v1/models", "api-key")]
    [InlineData("-Provider AzureOpenAI -BaseUri $root -ApiKey $key -ApiVersion 2024-10-21 -Deployment d", "/openai/models?api-version=2024-10-21", "api-key")]
    [InlineData("-Provider OpenAI -BaseUri $root/v1 -ApiKey $key -Organization org", "/v1/models", "OpenAI-Organization")]
    [InlineData("-Provider CloudflareGateway -BaseUri $root/v1/a/g/compat -ApiToken $key", "/v1/a/g/compat/models", "cf-aig-authorization")]
    [InlineData("-BaseUri $root/deep/chat/completions?v=1 -Header @{ 'X-Team' = 'ops' }", "/deep/models?v=1", "X-Team")]
    [InlineData("-Provider Ollama -BaseUri $root", "/v1/models", "Accept")]
    public void Each_provider_is_asked_where_it_lists_and_with_its_headers(string parameters, string path, string header)
    {
        Server.Models = ["m"];
        Invoke("Connect-GptChat " + parameters + "; $null = Get-GptModel 3>$null", ("root", Server.BaseUri.GetLeftPart(UriPartial.Authority)), ("key", ModuleHost.Secure(ModuleHost.Key)));
        Assert.Equal(path, Request.Path);
        Assert.Contains(header, Request.Headers.Keys);
    }

    [Fact]
    public void Of_Azure_it_says_that_these_are_no_deployments_and_remembers_none()
    {
        Server.Models = ["gpt-5-base"];
        Invoke("Connect-GptChat -Provider AzureOpenAI -BaseUri $uri -ApiKey $key", ("uri", Server.BaseUri), ("key", ModuleHost.Secure(ModuleHost.Key)));
        Outcome outcome = Run("Get-GptModel");
        Assert.Contains("deployment", Assert.Single(outcome.Warnings));
        Assert.Equal("gpt-5-base", Assert.Single(outcome.Output).ToString());
        Assert.DoesNotContain("gpt-5-base", Completions());
    }

    [Fact]
    public void What_was_found_completes_from_then_on_without_a_further_request()
    {
        Server.Models = ["found-1", "found-2"];
        Assert.DoesNotContain("found-1", Completions());
        Invoke("Get-GptModel found-1");
        Assert.Superset(new HashSet<string> { "found-1", "found-2" }, Completions().ToHashSet());
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData(404, 7000, "No route")]
    [InlineData(405, 7001, "Method not supported")]
    [InlineData(404, 0, "x")]
    public void Where_Cloudflare_lists_none_it_says_how_to_choose_one(int status, int code, string message)
    {
        Server.Enqueue(code == 0 ? Reply.Raw(status, "text/plain", message) : Reply.CloudflareError(status, code, message));
        ErrorRecord error = InvokeError("Get-GptModel").IsKind("NotFound", Command);
        Assert.Contains("does not list its models", error.Exception.Message);
        Assert.Contains("openai/gpt-5.1-chat", error.Exception.Message);
        Assert.Contains("/v1/models", error.Exception.Message);
        Assert.Equal(status, error.Fact("StatusCode"));
    }

    [Fact]
    public void Where_another_server_lists_none_the_address_may_be_wrong_too()
    {
        Server.Enqueue(Reply.Raw(404, "text/html", "<html><title>Not here</title></html>"));
        string message = InvokeError("Connect-GptChat -BaseUri $uri; Get-GptModel", ("uri", Server.BaseUri)).IsKind("NotFound", Command).Exception.Message;
        Assert.Contains("-BaseUri", message);
        Assert.Contains("-Model", message);
    }

    [Fact]
    public void A_server_that_takes_the_list_for_a_model_lists_none_either()
    {
        Server.Enqueue(Reply.Error(404, "The model 'models' does not exist", "invalid_request_error", "model_not_found"));
        string message = InvokeError("Connect-GptChat -BaseUri $uri; Get-GptModel", ("uri", Server.BaseUri)).IsKind("NotFound", Command).Exception.Message;
        Assert.Contains("does not list its models", message);
        Assert.DoesNotContain("Get-GptModel", message);
    }

    [Theory]
    [InlineData(401, """{"error":{"message":"Wrong key","code":"invalid_api_key"}}""", "Authentication")]
    [InlineData(200, """{"error":"Unexpected endpoint or method. (GET /models). Returning 200 anyway"}""", "NotFound")]
    [InlineData(200, """{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"result":null}""", "Authentication")]
    [InlineData(200, """{"object":"nothing"}""", "ServerError")]
    [InlineData(200, "<html><title>Login</title></html>", "MalformedResponse")]
    [InlineData(200, "", "EmptyResponse")]
    public void Failures_are_those_of_any_call(int status, string body, string kind)
    {
        Server.Enqueue(Reply.Raw(status, "application/json", body));
        InvokeError("Get-GptModel").IsKind(kind, Command);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("-RetryIntervalSec 0", 3)]
    [InlineData("-MaximumRetryCount 0", 1)]
    public void A_passing_failure_is_tried_again(string parameters, int requests)
    {
        Server.Default = Reply.Error(503, "busy");
        Assert.Equal(requests, InvokeError("Get-GptModel " + parameters).IsKind("ServerError", Command).Fact("Attempts"));
        Assert.Equal(requests, Server.Requests.Count);
    }

    [Fact]
    public void One_of_several_connections_that_fails_leaves_the_others_their_turn()
    {
        Server.Models = ["m"];
        Outcome outcome = Host.Run("Connect-GptChat -BaseUri http://127.0.0.1:9/v1 -Name a; Get-GptConnection | Get-GptModel");
        Assert.Single(outcome.Errors).IsKind("ConnectFailed", Command);
        Assert.Equal("m", Assert.Single(outcome.Output).ToString());
    }

    [Fact]
    public async Task A_stop_ends_it_at_once()
    {
        Server.Default = Reply.Json("{}").HangBeforeHeaders();
        using PendingCall call = Host.Begin("Get-GptModel");
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        await call.StopAsync();
        await Request.Aborted.WaitAsync(ModuleHost.Limit);
        Assert.Equal(PSInvocationState.Stopped, call.State);
    }

    [Fact]
    public void A_model_from_the_list_can_be_given_as_the_model()
    {
        Server.Models = ["from-list"];
        Invoke("Invoke-GptChat 'x' -Model (Get-GptModel from*)");
        Assert.Equal("from-list", Server.Requests[1].Model());
    }

    private string[] Completions()
    {
        const string Line = "Invoke-GptChat 'x' -Model ";
        return Names("[System.Management.Automation.CommandCompletion]::CompleteInput('" + Line.Replace("'", "''") + "', " + Line.Length + ", $null).CompletionMatches.CompletionText");
    }
}
