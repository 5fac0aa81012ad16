using System;
using System.Linq;
using GptChat.Connections;
using Xunit;

namespace GptChat.Core.Tests.Connections;

/// <summary>Every provider's connection, and what each refuses.</summary>
public sealed class ConnectionFactoryTests
{
    private const string Account = "0123456789abcdef0123456789abcdef";

    private static GptConnection Make(
        GptProvider provider, string? key = Calls.Key, string? baseUri = null, string? account = null, string? model = null, string? gateway = null, string? limit = null, string? name = null) =>
        ConnectionFactory.Create(new ConnectionParts
        {
            Provider = provider, Key = SecureText.From(key), BaseUri = baseUri, AccountId = account, Model = model, GatewayId = gateway, TokenLimitName = limit, Name = name,
        });

    private static string Refused(Func<GptConnection> make)
    {
        GptChatException failure = Assert.Throws<GptChatException>(() => { make(); });
        Assert.Equal(GptErrorKind.InvalidConnection, failure.Kind);
        Assert.DoesNotContain(Calls.Key, failure.ToString(), StringComparison.Ordinal);
        return failure.Message;
    }

    [Theory]
    [InlineData(GptProvider.Cloudflare, null, "https://api.cloudflare.com/client/v4/accounts/0123456789abcdef0123456789abcdef/ai/v1/chat/completions", "openai/gpt-5.1-chat")]
    [InlineData(GptProvider.Cloudflare, "http://127.0.0.1:5/v1", "http://127.0.0.1:5/v1/chat/completions", "openai/gpt-5.1-chat")]
    [InlineData(GptProvider.OpenAI, null, "https://api.openai.com/v1/chat/completions", "gpt-5.1-chat-latest")]
    [InlineData(GptProvider.OpenAI, "https://api.openai.com/v1/", "https://api.openai.com/v1/chat/completions", "gpt-5.1-chat-latest")]
    [InlineData(GptProvider.OpenAI, "https://other.example/v1", "https://other.example/v1/chat/completions", null)]
    [InlineData(GptProvider.AzureOpenAI, "https://r.openai.azure.com/", "https://r.openai.azure.com/openai/v1/chat/completions", null)]
    [InlineData(GptProvider.Ollama, null, "http://127.0.0.1:11434/v1/chat/completions", null)]
    [InlineData(GptProvider.Ollama, "127.0.0.1", "http://127.0.0.1:11434/v1/chat/completions", null)]
    [InlineData(GptProvider.Compatible, "http://localhost:8080/v1", "http://localhost:8080/v1/chat/completions", null)]
    public void A_provider_has_its_address_and_model(GptProvider provider, string? baseUri, string uri, string? model)
    {
        GptConnection connection = Make(provider, baseUri: baseUri, account: Account);
        Assert.Equal(uri, connection.Uri.AbsoluteUri);
        Assert.Equal(model, connection.Model);
        Assert.Equal(provider == GptProvider.Compatible ? connection.Uri.Authority : provider.ToString(), connection.Name);
        Assert.True(connection.HasKey);
    }

    [Fact]
    public void Given_parts_are_kept_and_blank_ones_are_not()
    {
        GptConnection connection = Make(GptProvider.Cloudflare, account: Account, model: " m ", gateway: " g ", name: " work ", limit: "max_tokens");
        Assert.Equal(("m", "g", "work", "max_tokens"), (connection.Model, connection.GatewayId, connection.Name, connection.TokenLimitName));
        GptConnection blank = Make(GptProvider.Cloudflare, account: Account, model: " ", gateway: "", name: " ", baseUri: " ");
        Assert.Equal(("openai/gpt-5.1-chat", null, "Cloudflare"), (blank.Model, blank.GatewayId, blank.Name));
    }

    [Theory]
    [InlineData(GptProvider.Cloudflare, "CLOUDFLARE_API_TOKEN")]
    [InlineData(GptProvider.OpenAI, "OPENAI_API_KEY")]
    [InlineData(GptProvider.AzureOpenAI, "AZURE_OPENAI_API_KEY")]
    public void A_missing_key_is_named(GptProvider provider, string variable) => Assert.Contains(
        variable, Refused(() => Make(provider, key: " ", account: Account, baseUri: provider == GptProvider.AzureOpenAI ? "https://r.openai.azure.com" : null)), StringComparison.Ordinal);

    [Theory]
    [InlineData(GptProvider.Ollama)]
    [InlineData(GptProvider.Compatible)]
    public void A_server_that_wants_no_key_needs_none(GptProvider provider) => Assert.False(Make(provider, key: null, baseUri: "http://example.com/v1").HasKey);

    [Theory]
    [InlineData(GptProvider.Cloudflare, "-AccountId")]
    [InlineData(GptProvider.AzureOpenAI, "-BaseUri")]
    [InlineData(GptProvider.Compatible, "-BaseUri")]
    public void A_missing_address_is_named(GptProvider provider, string parameter) => Assert.Contains(parameter, Refused(() => Make(provider)), StringComparison.Ordinal);

    [Theory]
    [InlineData(Calls.Key + "\n" + Calls.Key)]
    [InlineData(Calls.Key + " " + Calls.Key)]
    [InlineData(Calls.Key + "\r")]
    [InlineData(Calls.Key + "é")]
    public void A_key_that_no_header_can_carry_is_refused_and_not_repeated(string key)
    {
        using System.Security.SecureString untrimmed = new();
        foreach (char c in key) untrimmed.AppendChar(c);
        Assert.Contains("line break", Refused(() => ConnectionFactory.Create(new ConnectionParts { Provider = GptProvider.OpenAI, Key = untrimmed })), StringComparison.Ordinal);
    }

    [Fact]
    public void The_word_bearer_before_a_key_is_refused() => Assert.Contains("Bearer", Refused(() => Make(GptProvider.OpenAI, key: "Bearer " + Calls.Key)), StringComparison.Ordinal);

    [Fact]
    public void White_space_around_a_pasted_key_does_not_matter() => Assert.Equal(Calls.Key, Make(GptProvider.OpenAI, key: "\t" + Calls.Key + "\r\n").RevealKey());

    [Fact]
    public void A_key_goes_unencrypted_to_no_other_machine() => Assert.Contains("https", Refused(() => Make(GptProvider.Compatible, baseUri: "http://example.com/v1")), StringComparison.Ordinal);

    [Fact]
    public void A_connection_shows_its_key_nowhere()
    {
        GptConnection connection = Make(GptProvider.OpenAI);
        string all = string.Concat(typeof(GptConnection).GetProperties().Select(property => property.GetValue(connection)));
        Assert.DoesNotContain(Calls.Key, all + connection, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GptProvider.Cloudflare, "openai/gpt-5.1-chat", null, true)]
    [InlineData(GptProvider.Cloudflare, "@cf/meta/llama-3.1-8b-instruct", null, false)]
    [InlineData(GptProvider.Cloudflare, "@cf/openai/gpt-oss-120b", null, false)]
    [InlineData(GptProvider.OpenAI, "anything", null, true)]
    [InlineData(GptProvider.AzureOpenAI, "my-deployment", null, true)]
    [InlineData(GptProvider.Ollama, "gpt-oss:20b", null, false)]
    [InlineData(GptProvider.Compatible, "gpt-4.1", null, true)]
    [InlineData(GptProvider.Compatible, "chatgpt-4o-latest", null, true)]
    [InlineData(GptProvider.Compatible, "o3-mini", null, true)]
    [InlineData(GptProvider.Compatible, "o1", null, true)]
    [InlineData(GptProvider.Compatible, "OpenAI/gpt-5", null, true)]
    [InlineData(GptProvider.Compatible, "gpt-oss-20b", null, false)]
    [InlineData(GptProvider.Compatible, "qwen3", null, false)]
    [InlineData(GptProvider.Compatible, null, null, false)]
    [InlineData(GptProvider.Compatible, "qwen3", "max_completion_tokens", true)]
    [InlineData(GptProvider.OpenAI, "gpt-5", "max_tokens", false)]
    public void The_limit_of_tokens_has_the_name_that_the_server_knows(GptProvider provider, string? model, string? forced, bool isNew) => Assert.Equal(
        isNew, Make(provider, account: Account, baseUri: provider is GptProvider.AzureOpenAI or GptProvider.Compatible ? "https://example.com" : null, limit: forced).UsesMaxCompletionTokens(model));

    [Fact]
    public void Gateways_are_checked_by_name() =>
        Assert.Contains("-GatewayId", Refused(() => Make(GptProvider.Cloudflare, account: Account, gateway: "a b")), StringComparison.Ordinal);
}
