using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>Every provider: its address, and on the wire its path, its key's header and nobody else's.</summary>
public sealed class ProviderTests : ModuleTest
{
    private const string Account = "0123456789abcdef0123456789abcdef";
    private const string Gateway = "https://gateway.ai.cloudflare.com/v1/" + Account + "/edge";
    private const string Azure = "https://res.openai.azure.com";

    private static readonly string[] Known = ["Authorization", "api-key", "cf-aig-authorization", "cf-aig-gateway-id", "OpenAI-Organization", "OpenAI-Project"];

    private static readonly (string, object?)[] Secrets = [("key", ModuleHost.Secure("sk-provider")), ("token", ModuleHost.Secure("cf-token-1"))];

    private protected override bool IsConnected => false;

    [Theory]
    [InlineData("-AccountId " + Account + " -ApiToken $token", "Cloudflare", "https://api.cloudflare.com/client/v4/accounts/" + Account + "/ai/v1/chat/completions", "openai/gpt-5.1-chat")]
    [InlineData("-Provider CloudflareGateway -AccountId " + Account + " -GatewayId edge -ApiToken $token", "CloudflareGateway", Gateway + "/compat/chat/completions", null)]
    [InlineData("-GatewayPath openai -AccountId " + Account + " -GatewayId edge -ApiKey $key", "CloudflareGateway", Gateway + "/openai/chat/completions", null)]
    [InlineData("-GatewayPath /workers-ai/v1/ -AccountId " + Account + " -GatewayId edge -ApiKey $key -ApiToken $token", "CloudflareGateway", Gateway + "/workers-ai/v1/chat/completions", null)]
    [InlineData("-Provider OpenAI -ApiKey $key", "OpenAI", "https://api.openai.com/v1/chat/completions", "gpt-5.1-chat-latest")]
    [InlineData("-Organization org-1 -ApiKey $key", "OpenAI", "https://api.openai.com/v1/chat/completions", "gpt-5.1-chat-latest")]
    [InlineData("-Provider AzureOpenAI -BaseUri " + Azure + "/ -ApiKey $key -Model d", "AzureOpenAI", Azure + "/openai/v1/chat/completions", "d")]
    [InlineData("-BaseUri " + Azure + " -ApiKey $key -Deployment d", "AzureOpenAI", Azure + "/openai/v1/chat/completions", "d")]
    [InlineData("-BaseUri " + Azure + " -ApiKey $key -ApiVersion preview -Deployment d", "AzureOpenAI", Azure + "/openai/v1/chat/completions?api-version=preview", "d")]
    [InlineData("-BaseUri " + Azure + " -ApiKey $key -ApiVersion 2024-10-21 -Deployment d", "AzureOpenAI", Azure + "/openai/deployments/d/chat/completions?api-version=2024-10-21", "d")]
    [InlineData("-BaseUri " + Azure + "/openai -EntraToken $key -ApiVersion 2025-04-01-preview -Model m", "AzureOpenAI", Azure + "/openai/deployments/m/chat/completions?api-version=2025-04-01-preview", "m")]
    [InlineData("-BaseUri " + Azure + "?x=1 -ApiKey $key -ApiVersion 2024-10-21 -Deployment 'a/b c'", "AzureOpenAI", Azure + "/openai/deployments/a%2Fb%20c/chat/completions?x=1&api-version=2024-10-21", "a/b c")]
    [InlineData("-Provider AzureOpenAI -BaseUri '" + Azure + "/openai/deployments/d?api-version=2024-10-21' -ApiKey $key", "AzureOpenAI", Azure + "/openai/deployments/d/chat/completions?api-version=2024-10-21", "d")]
    [InlineData("-BaseUri '" + Azure + "/openai/deployments/d/chat/completions?api-version=2024-10-21' -ApiKey $key -ApiVersion 2024-10-21", "AzureOpenAI", Azure + "/openai/deployments/d/chat/completions?api-version=2024-10-21", "d")]
    [InlineData("-Provider Ollama", "Ollama", "http://127.0.0.1:11434/v1/chat/completions", null)]
    [InlineData("-Provider LMStudio", "LMStudio", "http://127.0.0.1:1234/v1/chat/completions", null)]
    [InlineData("-Provider LlamaCpp", "LlamaCpp", "http://127.0.0.1:8080/v1/chat/completions", null)]
    [InlineData("-Provider LlamaCpp -BaseUri http://127.0.0.1:9000/v1 -ApiKey $key", "LlamaCpp", "http://127.0.0.1:9000/v1/chat/completions", null)]
    [InlineData("-Provider Vllm -Model served", "Vllm", "http://127.0.0.1:8000/v1/chat/completions", "served")]
    [InlineData("-BaseUri https://host/v1?version=1 -ApiKey $key", "Compatible", "https://host/v1/chat/completions?version=1", null)]
    public void Each_has_its_address(string parameters, string provider, string uri, string? model)
    {
        PSObject connection = InvokeOne("Connect-GptChat " + parameters + " -PassThru", Secrets);
        Assert.Equal((provider, uri, model), (connection.Member("Provider")!.ToString(), (string?)connection.Member("Uri.AbsoluteUri"), (string?)connection.Member("Model")));
    }

    [Theory]
    [InlineData("-Provider Cloudflare -ApiToken $token", "/v1/chat/completions", "Authorization=Bearer cf-token-1")]
    [InlineData("-Provider Cloudflare -ApiToken $token -GatewayId edge", "/v1/chat/completions", "Authorization=Bearer cf-token-1;cf-aig-gateway-id=edge")]
    [InlineData("-Provider CloudflareGateway -ApiKey $key", "/v1/chat/completions", "Authorization=Bearer sk-provider")]
    [InlineData("-Provider CloudflareGateway -ApiToken $token", "/v1/chat/completions", "cf-aig-authorization=Bearer cf-token-1")]
    [InlineData("-Provider CloudflareGateway -ApiKey $key -ApiToken $token -Organization org-1", "/v1/chat/completions", "Authorization=Bearer sk-provider;cf-aig-authorization=Bearer cf-token-1;OpenAI-Organization=org-1")]
    [InlineData("-Provider OpenAI -ApiKey $key", "/v1/chat/completions", "Authorization=Bearer sk-provider")]
    [InlineData("-Provider OpenAI -ApiKey $key -Organization org-1 -Project proj_2", "/v1/chat/completions", "Authorization=Bearer sk-provider;OpenAI-Organization=org-1;OpenAI-Project=proj_2")]
    [InlineData("-Provider AzureOpenAI -ApiKey $key", "/v1/openai/v1/chat/completions", "api-key=sk-provider")]
    [InlineData("-Provider AzureOpenAI -EntraToken $key", "/v1/openai/v1/chat/completions", "Authorization=Bearer sk-provider")]
    [InlineData("-Provider Ollama", "/v1/chat/completions", "")]
    [InlineData("-Provider Ollama -ApiKey $key", "/v1/chat/completions", "Authorization=Bearer sk-provider")]
    [InlineData("-Provider LMStudio", "/v1/chat/completions", "")]
    [InlineData("-Provider LlamaCpp -ApiKey $key", "/v1/chat/completions", "Authorization=Bearer sk-provider")]
    [InlineData("-Provider Vllm -ApiKey $key", "/v1/chat/completions", "Authorization=Bearer sk-provider")]
    [InlineData("", "/v1/chat/completions", "")]
    public void Each_gets_its_headers_and_no_other(string parameters, string path, string headers)
    {
        Invoke("Connect-GptChat -BaseUri $uri -Model m " + parameters + "; Invoke-GptChat 'x'", [("uri", Server.BaseUri), .. Secrets]);
        Assert.Equal(("POST", path), (Request.Method, Request.Path));
        Assert.Equal(headers, Sent(Request));
    }

    [Theory]
    [InlineData("-ApiKey $key", "api-key=sk-provider")]
    [InlineData("-EntraToken $key", "Authorization=Bearer sk-provider")]
    public void Azures_classic_address_is_posted_to_with_its_query(string secret, string headers)
    {
        string root = Server.BaseUri.AbsoluteUri.Replace("/v1", "?x=1");
        Invoke("Connect-GptChat -BaseUri $uri -ApiVersion 2024-10-21 -Deployment 'my model' " + secret + "; Invoke-GptChat 'x'", [("uri", root), .. Secrets]);
        Assert.Equal("/openai/deployments/my%20model/chat/completions?x=1&api-version=2024-10-21", Request.Path);
        Assert.Equal(headers, Sent(Request));
    }

    [Fact]
    public void On_Azures_classic_address_no_call_can_ask_for_another_model_in_vain()
    {
        Invoke("Connect-GptChat -BaseUri https://res.openai.azure.com -ApiVersion 2024-10-21 -Deployment prod -ApiKey $key", Secrets);
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -Model other").IsKind("InvalidParameter");
        Assert.Contains("'prod' in its address", error.Exception.Message);
        Assert.Equal(["prod"], Run("Invoke-GptChat 'x' -Model prod -WhatIf").Information.Where(record => record.Tags.Contains("GptChatRequest")).Select(record => record.MessageData.Member("Model")));
    }

    [Theory]
    [InlineData("-ApiToken $token -SecretName s", "Authorization=Bearer from-the-vault;cf-aig-authorization=Bearer cf-token-1")]
    [InlineData("-SecretName s", "cf-aig-authorization=Bearer from-the-vault")]
    public void At_the_gateway_host_a_vault_fills_what_is_missing(string parameters, string headers)
    {
        Invoke(
            "function global:Get-Secret { param($Name) $kept }; Connect-GptChat -Provider CloudflareGateway -BaseUri $uri -Model m " + parameters + "; Invoke-GptChat 'x'",
            [("uri", Server.BaseUri), ("kept", ModuleHost.Secure("from-the-vault")), .. Secrets]);
        Assert.Equal(headers, Sent(Request));
    }

    [Fact]
    public void Neither_of_two_secrets_is_shown_or_kept()
    {
        string path = Folder.At("r.jsonl");
        Server.Enqueue(Reply.Error(401, "Keys sk-provider and cf-token-1 are wrong"), Reply.Completion("You have sk-provider and cf-token-1"));
        Invoke("Connect-GptChat -Provider CloudflareGateway -BaseUri $uri -Model m -ApiKey $key -ApiToken $token", [("uri", Server.BaseUri), .. Secrets]);
        string message = InvokeError("Invoke-GptChat 'x' -Record $path -Verbose -Debug", ("path", path)).Exception.Message;
        Assert.Contains("Keys *** and *** are wrong", message);
        Invoke("Invoke-GptChat 'My keys: sk-provider, cf-token-1' -Record $path");
        string all = System.IO.File.ReadAllText(path) + PSSerializer.Serialize(InvokeOne("Get-GptConnection"), 5);
        Assert.DoesNotContain("sk-provider", all);
        Assert.DoesNotContain("cf-token-1", all);
    }

    private static string Sent(ReceivedRequest request) =>
        string.Join(';', Known.Where(request.Headers.ContainsKey).Select(name => name + "=" + request.Headers[name]));
}
