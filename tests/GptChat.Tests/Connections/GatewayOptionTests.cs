using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Connections;

/// <summary>What a gateway of Cloudflare is told, by a connection and by a call.</summary>
public sealed class GatewayOptionTests : ModuleTest
{
    private void Connect(string option) => Invoke(
        "Connect-GptChat -Provider Cloudflare -BaseUri $uri -ApiToken $key -GatewayOption " + option, ("uri", Server.BaseUri), ("key", ModuleHost.Secure(ModuleHost.Key)));

    private static string Sent(ReceivedRequest request) => string.Join(
        ';', request.Headers.Where(header => header.Key.StartsWith("cf-aig-", System.StringComparison.Ordinal)).OrderBy(header => header.Key).Select(header => header.Key + "=" + header.Value));

    [Theory]
    [InlineData("@{ SkipCache = $true }", "cf-aig-skip-cache=true")]
    [InlineData("@{ skipcache = $false }", "cf-aig-skip-cache=false")]
    [InlineData("@{ CacheTtlSeconds = 3600 }", "cf-aig-cache-ttl=3600")]
    [InlineData("@{ CacheTtlSeconds = [timespan]'01:00:00' }", "cf-aig-cache-ttl=3600")]
    [InlineData("@{ CacheKey = 'faq 7' }", "cf-aig-cache-key=faq 7")]
    [InlineData("@{ CollectLog = $false }", "cf-aig-collect-log=false")]
    [InlineData("@{ RequestTimeoutSeconds = 2.5 }", "cf-aig-request-timeout=2500")]
    [InlineData("@{ MaxAttempts = 5; RetryDelaySeconds = 0.25; Backoff = 'Exponential' }", "cf-aig-backoff=exponential;cf-aig-max-attempts=5;cf-aig-retry-delay=250")]
    [InlineData("@{ Metadata = [ordered]@{ team = 'Zürich'; user = 12; test = $true } }", "cf-aig-metadata={\"team\":\"Z\\u00FCrich\",\"user\":12,\"test\":true}")]
    [InlineData("@{ CustomCost = [ordered]@{ per_token_in = 0.000001; per_token_out = 0.5 } }", "cf-aig-custom-cost={\"per_token_in\":0.000001,\"per_token_out\":0.5}")]
    [InlineData("@{ ZeroDataRetention = $true }", "cf-aig-zdr=true")]
    [InlineData("@{ ByokAlias = 'prod' }", "cf-aig-byok-alias=prod")]
    [InlineData("@{ NoWholesale = $true }", "cf-aig-no-wholesale=true")]
    [InlineData("@{ NoWholesale = $false }", "")]
    [InlineData("@{ GatewayId = 'other' }", "cf-aig-gateway-id=other")]
    [InlineData("([GptChat.GptGatewayOption]@{ SkipCache = $true; CacheKey = 'k' })", "cf-aig-cache-key=k;cf-aig-skip-cache=true")]
    public void Each_option_has_its_header(string option, string headers)
    {
        Invoke("Invoke-GptChat 'x' -GatewayOption " + option);
        Connect(option);
        Invoke("Invoke-GptChat 'x'");
        Assert.Equal([headers, headers], Server.Requests.Select(Sent));
    }

    [Fact]
    public void A_call_comes_before_its_connection_option_by_option()
    {
        Connect("@{ SkipCache = $true; CacheKey = 'mine'; NoWholesale = $true; Metadata = @{ a = 1 } } -GatewayId base");
        Invoke("Invoke-GptChat 'x' -GatewayOption @{ SkipCache = $false; NoWholesale = $false; GatewayId = 'edge' }");
        Assert.Equal("cf-aig-cache-key=mine;cf-aig-gateway-id=edge;cf-aig-metadata={\"a\":1};cf-aig-skip-cache=false", Sent(Request));
    }

    [Theory]
    [InlineData("@{ SkipCach = $true }", "no option 'SkipCach'")]
    [InlineData("@{ SkipCache = 'false' }", "SkipCache is $true or $false")]
    [InlineData("@{ SkipCache = $null }", "SkipCache is empty")]
    [InlineData("@{ CacheTtlSeconds = 59 }", "CacheTtlSeconds is 59")]
    [InlineData("@{ CacheTtlSeconds = 9999999 }", "CacheTtlSeconds is 9999999")]
    [InlineData("@{ CacheTtlSeconds = 'long' }", "CacheTtlSeconds is a number")]
    [InlineData("@{ CacheKey = \"a`nb\" }", "CacheKey is not one line")]
    [InlineData("@{ MaxAttempts = 6 }", "MaxAttempts is 6")]
    [InlineData("@{ MaxAttempts = 0 }", "MaxAttempts is 0")]
    [InlineData("@{ RetryDelaySeconds = 5.1 }", "RetryDelaySeconds is 5.1")]
    [InlineData("@{ Backoff = 'random' }", "constant, linear, exponential")]
    [InlineData("@{ RequestTimeoutSeconds = 0 }", "RequestTimeoutSeconds is 0")]
    [InlineData("@{ Metadata = @{ a = 1; b = 2; c = 3; d = 4; e = 5; f = 6 } }", "6 entries")]
    [InlineData("@{ Metadata = @{ a = @{ b = 1 } } }", "Metadata.a is a Hashtable")]
    [InlineData("@{ Metadata = @{ a = $null } }", "Metadata.a is nothing")]
    [InlineData("@{ Metadata = 'a' }", "Metadata is a hashtable")]
    [InlineData("@{ CustomCost = @{ a = 'free' } }", "CustomCost.a is a String")]
    [InlineData("@{ GatewayId = 'a b' }", "GatewayId")]
    [InlineData("'edge'", "-GatewayId")]
    public void What_the_gateway_would_drop_or_refuse_is_refused_at_once(string option, string message)
    {
        string said = InvokeError("Invoke-GptChat 'x' -GatewayOption " + option).Exception.Message;
        Assert.Contains(message, said);
        Assert.Contains("-GatewayOption", said);
        Assert.Contains(message, InvokeError("Connect-GptChat -Provider Cloudflare -BaseUri $uri -ApiToken $key -GatewayOption " + option, ("uri", Server.BaseUri), ("key", ModuleHost.Secure(ModuleHost.Key))).Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Elsewhere_than_at_Cloudflare_it_is_refused_since_it_would_protect_nothing()
    {
        Invoke("Connect-GptChat -BaseUri $uri -Model m", ("uri", Server.BaseUri));
        Assert.Contains("is for Cloudflare", InvokeError("Invoke-GptChat 'x' -GatewayOption @{ ZeroDataRetention = $true }").IsKind("InvalidParameter").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void At_the_gateway_host_the_gateway_cannot_be_another()
    {
        Invoke("Connect-GptChat -Provider CloudflareGateway -BaseUri $uri -Model m -ApiToken $key", ("uri", Server.BaseUri), ("key", ModuleHost.Secure(ModuleHost.Key)));
        InvokeError("Invoke-GptChat 'x' -GatewayOption @{ GatewayId = 'other' }").IsKind("InvalidParameter");
        Invoke("Invoke-GptChat 'x' -GatewayOption @{ SkipCache = $true }");
        Assert.Equal("cf-aig-authorization=Bearer " + ModuleHost.Key + ";cf-aig-skip-cache=true", Sent(Request));
    }

    [Theory]
    [InlineData("-GatewayOption @{ MaxAttempts = 3 }", 1)]
    [InlineData("-GatewayOption @{ SkipCache = $true } -RetryIntervalSec 0", 3)]
    [InlineData("-GatewayOption @{ MaxAttempts = 3 } -MaximumRetryCount 1 -RetryIntervalSec 0", 2)]
    public void Where_the_gateway_tries_again_the_client_does_not_unless_it_is_told_to(string parameters, int requests)
    {
        Server.Default = Reply.Error(503, "busy");
        InvokeError("Invoke-GptChat 'x' " + parameters).IsKind("ServerError");
        Assert.Equal(requests, Server.Requests.Count);
    }

    [Fact]
    public void That_holds_for_the_attempts_of_a_connection_too()
    {
        Server.Default = Reply.Error(503, "busy");
        Connect("@{ MaxAttempts = 2 }");
        InvokeError("Invoke-GptChat 'x'").IsKind("ServerError");
        Assert.Equal("cf-aig-max-attempts=2", Sent(Request));
    }

    [Fact]
    public void A_connection_keeps_what_it_was_given()
    {
        Invoke("$o = [GptChat.GptGatewayOption]@{ CacheKey = 'a'; Metadata = @{ m = 1 } }; Connect-GptChat -Provider Cloudflare -BaseUri $uri -ApiToken $key -GatewayOption $o; $o.CacheKey = 'b'; $o.Metadata.m = 2; Invoke-GptChat 'x'",
            ("uri", Server.BaseUri), ("key", ModuleHost.Secure(ModuleHost.Key)));
        Assert.Equal("cf-aig-cache-key=a;cf-aig-metadata={\"m\":1}", Sent(Request));
        Assert.Equal("a", InvokeOne("(Get-GptConnection).GatewayOption.CacheKey").BaseObject);
    }
}
