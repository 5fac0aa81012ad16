using System;
using GptChat.Connections;
using Xunit;

namespace GptChat.Core.Tests.Connections;

/// <summary>Addresses are composed and checked before anything is sent.</summary>
public sealed class EndpointTests
{
    private const string Account = "0123456789abcdef0123456789ABCDEF";

    private static GptChatException Refused(Action action)
    {
        GptChatException failure = Assert.Throws<GptChatException>(action);
        Assert.Equal(GptErrorKind.InvalidConnection, failure.Kind);
        Assert.Equal(0, failure.Attempts);
        return failure;
    }

    [Fact]
    public void Cloudflare_has_the_account_in_its_path() => Assert.Equal(
        "https://api.cloudflare.com/client/v4/accounts/" + Account + "/ai/v1/chat/completions", Endpoint.Cloudflare(" " + Account + " ", "-AccountId").AbsoluteUri);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("$CLOUDFLARE_ACCOUNT_ID", "not expanded")]
    [InlineData("${ACCOUNT}", "not expanded")]
    [InlineData("{account_id}", "not expanded")]
    [InlineData("%CLOUDFLARE_ACCOUNT_ID%", "not expanded")]
    [InlineData("0123456789abcdef", "16 characters")]
    [InlineData("my account", "32 hexadecimal")]
    [InlineData("0123456789abcdef0123456789abcdeg", "32 hexadecimal")]
    public void An_account_id_that_is_none_is_refused(string id, string named) =>
        Assert.Contains(named, Refused(() => Endpoint.Cloudflare(id, "CLOUDFLARE_ACCOUNT_ID")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cfut_AbCdEf0123456789")]
    [InlineData("Bearer AbCdEf0123456789")]
    [InlineData("AbCdEf0123456789AbCdEf0123456789AbCdEf01")]
    public void A_token_in_the_place_of_the_account_id_is_recognised_and_not_repeated(string token)
    {
        string message = Refused(() => Endpoint.Cloudflare(token, "-AccountId")).Message;
        Assert.Contains("looks like a token", message, StringComparison.Ordinal);
        Assert.Contains("-ApiToken", message, StringComparison.Ordinal);
        Assert.DoesNotContain("AbCdEf", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://r.openai.azure.com")]
    [InlineData("https://r.openai.azure.com/openai")]
    [InlineData("https://r.openai.azure.com/openai/v1/")]
    public void A_suffix_that_is_there_in_part_is_completed(string given) =>
        Assert.Equal("https://r.openai.azure.com/openai/v1/chat/completions", Endpoint.FromBase(given, "-BaseUri", "/openai/v1").AbsoluteUri);

    [Theory]
    [InlineData("https://host/v1?key=AbCdEf0123456789")]
    [InlineData("https://host/v1?api-version=1&API_KEY=AbCdEf0123456789")]
    public void A_key_in_the_query_is_refused_and_not_repeated(string given) =>
        Assert.DoesNotContain("AbCdEf", Refused(() => Endpoint.FromBase(given, "-BaseUri")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_token_in_the_place_of_the_gateway_is_recognised_and_not_repeated()
    {
        string message = Refused(() => Endpoint.Gateway("cfut_AbCdEf0123456789", "-GatewayId")).Message;
        Assert.Contains("looks like a token", message, StringComparison.Ordinal);
        Assert.DoesNotContain("AbCdEf", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1/chat/completions")]
    [InlineData("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1/chat/completions")]
    [InlineData(" \"http://127.0.0.1:8080/v1//\" ", "http://127.0.0.1:8080/v1/chat/completions")]
    [InlineData("https://host", "https://host/chat/completions")]
    [InlineData("https://host/", "https://host/chat/completions")]
    [InlineData("https://host/v1/chat/completions", "https://host/v1/chat/completions")]
    [InlineData("https://host/v1/Chat/Completions/", "https://host/v1/Chat/Completions")]
    [InlineData("https://host/v1?api-version=2024-10-21", "https://host/v1/chat/completions?api-version=2024-10-21")]
    [InlineData("https://host/deployments/d/chat/completions?api-version=1&x=a%20b", "https://host/deployments/d/chat/completions?api-version=1&x=a%20b")]
    [InlineData("https://host/v1#part", "https://host/v1/chat/completions")]
    [InlineData("https://host:443/a%20b/v1", "https://host/a%20b/v1/chat/completions")]
    [InlineData("http://[::1]:8080/v1", "http://[::1]:8080/v1/chat/completions")]
    public void A_base_becomes_the_address_to_post_to(string given, string uri) => Assert.Equal(uri, Endpoint.FromBase(given, "-BaseUri").AbsoluteUri);

    [Theory]
    [InlineData("https://r.openai.azure.com")]
    [InlineData("https://r.openai.azure.com/")]
    [InlineData("https://r.openai.azure.com/openai/v1")]
    [InlineData("https://r.openai.azure.com/openai/v1/")]
    [InlineData("https://r.openai.azure.com/openai/v1/chat/completions")]
    public void A_providers_own_path_is_added_once(string given) =>
        Assert.Equal("https://r.openai.azure.com/openai/v1/chat/completions", Endpoint.FromBase(given, "-BaseUri", "/openai/v1").AbsoluteUri);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("''", "empty")]
    [InlineData("$OPENAI_BASE_URL", "not expanded")]
    [InlineData("https://${HOST}/v1", "not expanded")]
    [InlineData("https://host/%MODEL%/v1", "not expanded")]
    [InlineData("host/v1", "not a web address")]
    [InlineData("localhost:8080", "not a web address")]
    [InlineData("ftp://host/v1", "not a web address")]
    [InlineData("file:///v1", "not a web address")]
    public void What_is_no_web_address_is_refused(string given, string named)
    {
        string message = Refused(() => Endpoint.FromBase(given, "OPENAI_BASE_URL")).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains("OPENAI_BASE_URL", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:AbCdEf0123456789@host/v1")]
    [InlineData("sk-proj-AbCdEf0123456789")]
    [InlineData("AbCdEf0123456789AbCdEf0123456789AbCdEf01")]
    public void A_key_in_the_place_of_the_address_is_not_repeated(string given) =>
        Assert.DoesNotContain("AbCdEf", Refused(() => Endpoint.FromBase(given, "-BaseUri")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://example.com/v1")]
    [InlineData("http://192.168.1.5:8080/v1")]
    [InlineData("http://127.0.0.1.example.com/v1")]
    public void A_key_crosses_no_network_in_clear(string address)
    {
        Assert.Contains("unencrypted", Refused(() => Endpoint.RefuseKeyInClear(new Uri(address), hasKey: true)).Message, StringComparison.Ordinal);
        Endpoint.RefuseKeyInClear(new Uri(address), hasKey: false);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/v1")]
    [InlineData("http://localhost/v1")]
    [InlineData("http://[::1]/v1")]
    [InlineData("https://example.com/v1")]
    public void A_key_may_go_to_this_machine_and_over_tls(string address) => Endpoint.RefuseKeyInClear(new Uri(address), hasKey: true);

    [Theory]
    [InlineData("my-gateway_1", true)]
    [InlineData(" my-gateway ", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\r\nX-Other: 1", false)]
    public void A_gateway_has_a_plain_name(string name, bool isGood)
    {
        if (isGood) Assert.Equal(name.Trim(), Endpoint.Gateway(name, "-GatewayId"));
        else Refused(() => Endpoint.Gateway(name, "-GatewayId"));
    }
}
