using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>Which parameters of Connect-GptChat exclude or need each other or belong to one service: every rule, in words.</summary>
public sealed class ConnectRuleTests : ModuleTest
{
    private const string Account = "-AccountId 0123456789abcdef0123456789abcdef ";
    private const string Local = "-BaseUri http://127.0.0.1:1/v1 ";

    public static TheoryData<string, string, string> Rules => new()
    {
        // Rule, call, message.
        { "ApiKey SecretName", Local + "-ApiKey $key -SecretName s", "-ApiKey and -SecretName cannot be used together" },
        { "ApiKey EntraToken", Local + "-Provider AzureOpenAI -ApiKey $key -EntraToken $key", "-ApiKey and -EntraToken cannot be used together" },
        { "EntraToken SecretName", Local + "-Provider AzureOpenAI -SecretName s -EntraToken $key", "-EntraToken and -SecretName cannot be used together" },
        { "AccountId BaseUri", Account + Local + "-ApiToken $key", "-AccountId and -BaseUri cannot be used together" },
        { "Record Replay", Local + "-Record a -Replay b", "-Record and -Replay cannot be used together" },
        { "Record ReplayOrRecord", Local + "-Record a -ReplayOrRecord b", "-Record and -ReplayOrRecord cannot be used together" },
        { "Replay ReplayOrRecord", "-Replay a -ReplayOrRecord b", "-Replay and -ReplayOrRecord cannot be used together" },
        { "Record Cache", Local + "-Record a -Cache b", "-Record and -Cache cannot be used together" },
        { "Replay Cache", Local + "-Replay a -Cache b", "-Replay and -Cache cannot be used together" },
        { "ReplayOrRecord Cache", Local + "-ReplayOrRecord a -Cache b", "-ReplayOrRecord and -Cache cannot be used together" },
        { "CacheExpiry", Local + "-CacheExpiry 1:00:00", "-CacheExpiry needs -Cache" },
        { "GatewayPath BaseUri", Local + "-GatewayPath openai -ApiKey $key", "-GatewayPath and -BaseUri cannot be used together" },
        { "ApiToken ApiKey", Account + "-ApiToken $key -ApiKey $key", "-ApiToken and -ApiKey cannot be used together" },
        { "ApiToken SecretName", Account + "-ApiToken $key -SecretName s", "-ApiToken and -SecretName cannot be used together" },
        { "Vault", Local + "-Vault v", "-Vault needs -SecretName" },
        { "ProxyCredential", Local + "-ProxyCredential ([pscredential]::new('me', $key))", "-ProxyCredential needs -Proxy" },
        { "AccountId", Account + "-Provider OpenAI -ApiKey $key", "-AccountId is for -Provider Cloudflare or CloudflareGateway, not for OpenAI" },
        { "ApiToken", Local + "-ApiToken $key", "-ApiToken is for -Provider Cloudflare or CloudflareGateway, not for Compatible" },
        { "GatewayId", Local + "-GatewayId g -Provider Vllm", "-GatewayId is for -Provider Cloudflare or CloudflareGateway, not for Vllm" },
        { "GatewayOption", Local + "-GatewayOption @{ SkipCache = $true }", "-GatewayOption is for -Provider Cloudflare or CloudflareGateway, not for Compatible" },
        { "GatewayPath", Account + "-Provider Cloudflare -ApiToken $key -GatewayPath openai", "-GatewayPath is for -Provider CloudflareGateway, not for Cloudflare" },
        { "Organization", Local + "-Organization o", "-Organization is for -Provider OpenAI or CloudflareGateway, not for Compatible" },
        { "Project", "-Provider Ollama -Project p", "-Project is for -Provider OpenAI or CloudflareGateway, not for Ollama" },
        { "ApiVersion", "-Provider OpenAI -ApiKey $key -ApiVersion 2024-10-21", "-ApiVersion is for -Provider AzureOpenAI, not for OpenAI" },
        { "Deployment", "-Provider OpenAI -ApiKey $key -Deployment d", "-Deployment is for -Provider AzureOpenAI, not for OpenAI" },
        { "EntraToken", "-Provider OpenAI -EntraToken $key", "-EntraToken is for -Provider AzureOpenAI, not for OpenAI" },
    };

    private protected override bool IsConnected => false;

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_that_is_broken_is_named(string rule, string call, string message)
    {
        Assert.NotEmpty(rule);
        Assert.Contains(message, InvokeError("Connect-GptChat " + call, ("key", ModuleHost.Secure("sk-abcdefgh"))).IsKind("InvalidConnection", "ConnectGptChatCommand").Exception.Message);
        Assert.Empty(Invoke("Get-GptConnection"));
    }

    [Fact]
    public void Every_rule_of_the_tables_is_tested()
    {
        Invoke("Get-GptConnection");
        Type table = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "GptChat").GetType("GptChat.Cmdlets.ConnectRules", throwOnError: true)!;
        IEnumerable<string> rules = Rows(table, "Exclusive").Concat(Rows(table, "ExclusiveKeys")).Select(row => row[0] + " " + row[1])
            .Concat(Rows(table, "Dependent").Concat(Rows(table, "Belonging")).Select(row => (string)row[0]!));
        Assert.Equal(rules.Order(), Rules.Select(row => (string)row[0]).Order());
    }

    [Theory]
    [InlineData("-Provider CloudflareGateway " + Account + "-GatewayId g", "-ApiKey")]
    [InlineData("-Provider CloudflareGateway " + Account + "-ApiKey $key", "-GatewayId")]
    [InlineData("-Provider CloudflareGateway -GatewayId g -ApiKey $key", "account id")]
    [InlineData(Account + "-GatewayPath ../x -GatewayId g -ApiKey $key", "-GatewayPath")]
    [InlineData("-Provider AzureOpenAI -BaseUri https://r.openai.azure.com", "-EntraToken")]
    [InlineData("-BaseUri https://r.openai.azure.com -ApiKey $key -ApiVersion 2024-10-21", "-Deployment")]
    [InlineData("-BaseUri https://r.openai.azure.com -ApiKey $key -ApiVersion soon -Deployment d", "-ApiVersion")]
    [InlineData("-BaseUri https://r.openai.azure.com/openai/v1 -ApiKey $key -ApiVersion 2024-10-21 -Deployment d", "v1 address")]
    [InlineData("-BaseUri 'https://r.openai.azure.com/openai/deployments/d?api-version=2024-02-01' -ApiKey $key -ApiVersion 2024-10-21", "another api-version")]
    [InlineData("-BaseUri https://r.openai.azure.com -ApiKey $key -ApiVersion 2024-10-21 -Deployment ..", "-Deployment")]
    [InlineData("-BaseUri https://r.openai.azure.com -ApiKey $key -Deployment d -Model m", "not two names")]
    [InlineData("-Provider OpenAI -ApiKey $key -Organization 'a b'", "-Organization")]
    [InlineData(Local + "-Proxy ftp://proxy", "-Proxy")]
    [InlineData(Local + "-Proxy http://me:pw@proxy:1", "-ProxyCredential")]
    public void What_cannot_work_is_refused_at_once(string call, string named) =>
        Assert.Contains(named, InvokeError("Connect-GptChat " + call, ("key", ModuleHost.Secure("sk-abcdefgh"))).IsKind("InvalidConnection", "ConnectGptChatCommand").Exception.Message);

    private static IEnumerable<ITuple> Rows(Type table, string name) =>
        ((IEnumerable)table.GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!).Cast<ITuple>();
}
