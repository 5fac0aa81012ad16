using System;
using System.Collections.Generic;
using System.Linq;
using GptChat.Connections;
using Xunit;

namespace GptChat.Core.Tests.Connections;

/// <summary>Which connection an environment describes.</summary>
public sealed class EnvironmentConnectionTests
{
    private const string Account = "0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, string> All = new()
    {
        ["CLOUDFLARE_ACCOUNT_ID"] = Account,
        ["CLOUDFLARE_API_TOKEN"] = Calls.Key,
        ["CLOUDFLARE_GATEWAY_ID"] = "gate",
        ["AZURE_OPENAI_ENDPOINT"] = "https://r.openai.azure.com",
        ["AZURE_OPENAI_API_KEY"] = Calls.Key + "A",
        ["AZURE_OPENAI_DEPLOYMENT"] = "deployed",
        ["AZURE_OPENAI_AD_TOKEN"] = " ",
        ["OPENAI_ORG_ID"] = "org-1",
        ["OPENAI_PROJECT_ID"] = "proj_2",
        ["OPENAI_API_KEY"] = Calls.Key + "O",
        ["OPENAI_BASE_URL"] = "https://other.example/v1",
        ["OLLAMA_HOST"] = "127.0.0.1:8000",
    };

    private static GptConnection? Find(Dictionary<string, string> variables) => EnvironmentConnection.Find(name => variables.GetValueOrDefault(name));

    private static Dictionary<string, string> Without(params string[] names) => All.Where(pair => !names.Contains(pair.Key)).ToDictionary();

    private static Dictionary<string, string> Only(params (string Name, string Value)[] pairs) => pairs.ToDictionary(pair => pair.Name, pair => pair.Value);

    [Fact]
    public void Cloudflare_comes_first()
    {
        GptConnection connection = Find(All)!;
        Assert.Equal((GptProvider.Cloudflare, "gate", "CLOUDFLARE_API_TOKEN", Calls.Key), (connection.Provider, connection.GatewayId, connection.KeySource, connection.RevealKey()));
        Assert.Contains(Account, connection.Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CLOUDFLARE_ACCOUNT_ID")]
    [InlineData("CLOUDFLARE_API_TOKEN")]
    public void Then_azure_where_a_part_of_cloudflare_is_missing(string missing)
    {
        GptConnection connection = Find(Without(missing))!;
        Assert.Equal((GptProvider.AzureOpenAI, "deployed", "AZURE_OPENAI_API_KEY", Calls.Key + "A"), (connection.Provider, connection.Model, connection.KeySource, connection.RevealKey()));
        Assert.Null(connection.GatewayId);
    }

    [Theory]
    [InlineData("AZURE_OPENAI_ENDPOINT")]
    [InlineData("AZURE_OPENAI_API_KEY")]
    public void Then_openai_where_a_part_of_azure_is_missing(string missing)
    {
        GptConnection connection = Find(Without("CLOUDFLARE_API_TOKEN", missing))!;
        Assert.Equal((GptProvider.OpenAI, null, "OPENAI_API_KEY"), (connection.Provider, connection.Model, connection.KeySource));
        Assert.Equal("https://other.example/v1/chat/completions", connection.Uri.AbsoluteUri);
    }

    [Fact]
    public void A_token_of_entra_comes_before_a_key_that_stands_there_for_years()
    {
        Dictionary<string, string> variables = Without("CLOUDFLARE_API_TOKEN");
        variables["AZURE_OPENAI_AD_TOKEN"] = Calls.Key + "E";
        GptConnection connection = Find(variables)!;
        Assert.Equal(("AZURE_OPENAI_AD_TOKEN", "Authorization", "Bearer " + Calls.Key + "E"), (connection.KeySource, connection.Credentials[0].Name, connection.Credentials[0].Reveal()));
        variables.Remove("AZURE_OPENAI_API_KEY");
        Assert.Equal("AZURE_OPENAI_AD_TOKEN", Find(variables)!.KeySource);
        Assert.Equal("api-key", Find(Without("CLOUDFLARE_API_TOKEN"))!.Credentials[0].Name);
    }

    [Theory]
    [InlineData("deployed", "https://r.openai.azure.com/openai/deployments/deployed/chat/completions?api-version=2024-10-21")]
    [InlineData(" ", "https://r.openai.azure.com/openai/v1/chat/completions")]
    public void A_version_asks_for_azures_classic_address_where_there_is_a_deployment(string deployment, string uri)
    {
        Dictionary<string, string> variables = Without("CLOUDFLARE_API_TOKEN");
        variables["AZURE_OPENAI_DEPLOYMENT"] = deployment;
        variables["OPENAI_API_VERSION"] = "2024-10-21";
        Assert.Equal(uri, Find(variables)!.Uri.AbsoluteUri);
    }

    [Fact]
    public void Openai_has_its_organization_and_its_project()
    {
        GptConnection connection = Find(Only(("OPENAI_API_KEY", Calls.Key), ("OPENAI_ORG_ID", " org-1 "), ("OPENAI_PROJECT_ID", "proj_2")))!;
        Assert.Equal(("org-1", "proj_2"), (connection.Organization, connection.Project));
    }

    [Theory]
    [InlineData("AZURE_OPENAI_AD_TOKEN", "x", "AZURE_OPENAI_AD_TOKEN is set but AZURE_OPENAI_ENDPOINT is not")]
    [InlineData("AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com", "AZURE_OPENAI_ENDPOINT is set but AZURE_OPENAI_API_KEY or AZURE_OPENAI_AD_TOKEN is not")]
    public void Azure_that_is_set_up_by_half_is_remarked_on(string name, string value, string remark)
    {
        Dictionary<string, string> variables = Only((name, value), ("OPENAI_API_KEY", Calls.Key));
        Assert.StartsWith(remark, EnvironmentConnection.Remark(Find(variables)!, variables.GetValueOrDefault), StringComparison.Ordinal);
    }

    [Fact]
    public void Then_ollama()
    {
        GptConnection connection = Find(Without("CLOUDFLARE_API_TOKEN", "AZURE_OPENAI_API_KEY", "OPENAI_API_KEY"))!;
        Assert.Equal((GptProvider.Ollama, false, null), (connection.Provider, connection.HasKey, connection.KeySource));
        Assert.Equal("http://127.0.0.1:8000/v1/chat/completions", connection.Uri.AbsoluteUri);
    }

    [Fact]
    public void And_then_none() => Assert.Null(Find([]));

    [Fact]
    public void Blank_counts_as_unset_and_white_space_is_trimmed()
    {
        Assert.Null(Find(Only(("OPENAI_API_KEY", "  "), ("OLLAMA_HOST", "\t"))));
        GptConnection connection = Find(Only(("OPENAI_API_KEY", " " + Calls.Key + "\r\n"), ("OPENAI_BASE_URL", " ")))!;
        Assert.Equal((Calls.Key, "https://api.openai.com/v1/chat/completions", "gpt-5.1-chat-latest"), (connection.RevealKey(), connection.Uri.AbsoluteUri, connection.Model));
    }

    [Theory]
    [InlineData("CLOUDFLARE_ACCOUNT_ID", "$CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_ACCOUNT_ID")]
    [InlineData("CLOUDFLARE_ACCOUNT_ID", Calls.Key + Calls.Key, "CLOUDFLARE_ACCOUNT_ID")]
    [InlineData("CLOUDFLARE_GATEWAY_ID", "a b", "CLOUDFLARE_GATEWAY_ID")]
    [InlineData("CLOUDFLARE_API_TOKEN", "Bearer x", "CLOUDFLARE_API_TOKEN")]
    [InlineData("CLOUDFLARE_API_TOKEN", "two words", "CLOUDFLARE_API_TOKEN")]
    public void A_malformed_variable_is_named(string name, string value, string named)
    {
        GptChatException failure = Assert.Throws<GptChatException>(() => Find(new Dictionary<string, string>(All) { [name] = value }));
        Assert.Equal(GptErrorKind.InvalidConnection, failure.Kind);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Calls.Key, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AZURE_OPENAI_ENDPOINT", "r.openai.azure.com")]
    [InlineData("AZURE_OPENAI_ENDPOINT", "http://r.openai.azure.com")]
    public void A_malformed_address_is_refused(string name, string value)
    {
        Dictionary<string, string> variables = Without("CLOUDFLARE_API_TOKEN");
        variables[name] = value;
        Assert.Equal(GptErrorKind.InvalidConnection, Assert.Throws<GptChatException>(() => Find(variables)).Kind);
    }

    [Fact]
    public void The_fingerprint_changes_with_any_variable()
    {
        string all = EnvironmentConnection.Fingerprint(All.GetValueOrDefault);
        Assert.Equal(all, EnvironmentConnection.Fingerprint(new Dictionary<string, string>(All).GetValueOrDefault));
        Assert.All(All.Keys.Where(name => !string.IsNullOrWhiteSpace(All[name])), name => Assert.NotEqual(all, EnvironmentConnection.Fingerprint(Without(name).GetValueOrDefault)));
    }

    [Fact]
    public void What_is_set_is_described_by_name_and_never_by_value()
    {
        string description = EnvironmentConnection.Describe(Only(("OPENAI_BASE_URL", "https://secret.example"), ("OPENAI_API_KEY", " ")).GetValueOrDefault);
        Assert.StartsWith("set: OPENAI_BASE_URL; not set: CLOUDFLARE_ACCOUNT_ID", description, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY", description, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", description, StringComparison.Ordinal);
        Assert.All(EnvironmentConnection.Variables, name => Assert.Contains(name, EnvironmentConnection.Describe(_ => null), StringComparison.Ordinal));
    }
}
