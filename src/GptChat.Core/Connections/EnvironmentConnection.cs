using System;
using System.Collections.Generic;
using System.Linq;

namespace GptChat.Connections;

/// <summary>
/// Finds a connection in the environment: Cloudflare, then Azure OpenAI, then OpenAI, then Ollama. A group counts when all it
/// needs is set; blank counts as unset. The outcome is remembered by the values found, so that a loop of calls has one
/// connection and a changed variable another.
/// </summary>
internal static class EnvironmentConnection
{
    private const string AccountId = "CLOUDFLARE_ACCOUNT_ID";
    private const string ApiToken = "CLOUDFLARE_API_TOKEN";
    private const string GatewayId = "CLOUDFLARE_GATEWAY_ID";
    private const string AzureEndpoint = "AZURE_OPENAI_ENDPOINT";
    private const string AzureKey = "AZURE_OPENAI_API_KEY";
    private const string AzureToken = "AZURE_OPENAI_AD_TOKEN";
    private const string AzureDeployment = "AZURE_OPENAI_DEPLOYMENT";
    private const string AzureVersion = "OPENAI_API_VERSION";
    private const string OpenAIKey = "OPENAI_API_KEY";
    private const string OpenAIBase = "OPENAI_BASE_URL";
    private const string OpenAIOrganization = "OPENAI_ORG_ID";
    private const string OpenAIProject = "OPENAI_PROJECT_ID";
    private const string Ollama = "OLLAMA_HOST";

    /// <summary>Every variable that is looked at, in order, for the error that names them.</summary>
    public static readonly string[] Variables =
    {
        AccountId, ApiToken, GatewayId, AzureEndpoint, AzureKey, AzureToken, AzureDeployment, AzureVersion,
        OpenAIKey, OpenAIBase, OpenAIOrganization, OpenAIProject, Ollama,
    };

    // What makes a group, in the order in which the groups are looked at.
    private static readonly (GptProvider Provider, string First, string[] Second)[] Pairs =
    {
        (GptProvider.Cloudflare, AccountId, new[] { ApiToken }),
        (GptProvider.AzureOpenAI, AzureEndpoint, new[] { AzureToken, AzureKey }),
    };

    /// <summary>The connection that the environment describes, or null.</summary>
    /// <param name="read">Reads a variable.</param>
    /// <exception cref="GptChatException">A variable is set and malformed; the message names it.</exception>
    public static GptConnection? Find(Func<string, string?> read)
    {
        string? Get(string name) => read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

        if (Get(AccountId) is { } account && Get(ApiToken) is { } token)
        {
            return ConnectionFactory.Create(new ConnectionParts { Provider = GptProvider.Cloudflare, KeySource = ApiToken, Key = SecureText.From(token), AccountId = account, GatewayId = Get(GatewayId), SourceOf = Cloudflare });
        }

        // A token of Entra is made for the hour, a key stands there for years: the token is what is meant now.
        string azureSource = Get(AzureToken) is null ? AzureKey : AzureToken;
        if (Get(AzureEndpoint) is { } endpoint && Get(azureSource) is { } azureKey)
        {
            return ConnectionFactory.Create(new ConnectionParts
            {
                Provider = GptProvider.AzureOpenAI,
                KeySource = azureSource,
                Key = SecureText.From(azureKey),
                IsEntraToken = azureSource == AzureToken,
                BaseUri = endpoint,
                Deployment = Get(AzureDeployment),

                // Without a deployment there is no classic address to compose; the v1 address does without.
                ApiVersion = Get(AzureDeployment) is null ? null : Get(AzureVersion),
                SourceOf = Azure,
            });
        }

        if (Get(OpenAIKey) is { } openAIKey)
        {
            return ConnectionFactory.Create(new ConnectionParts
            {
                Provider = GptProvider.OpenAI,
                KeySource = OpenAIKey,
                Key = SecureText.From(openAIKey),
                BaseUri = Get(OpenAIBase),
                Organization = Get(OpenAIOrganization),
                Project = Get(OpenAIProject),
                SourceOf = OpenAI,
            });
        }

        return Get(Ollama) is { } host ? ConnectionFactory.Create(new ConnectionParts { Provider = GptProvider.Ollama, BaseUri = host, SourceOf = _ => Ollama }) : null;
    }

    /// <summary>
    /// What to say where a service that would have come first is set up by half: the text goes to another one than its owner may
    /// think. Null where there is nothing to say.
    /// </summary>
    /// <param name="found">The connection that the environment describes.</param>
    /// <param name="read">Reads a variable.</param>
    public static string? Remark(GptConnection found, Func<string, string?> read)
    {
        foreach ((GptProvider provider, string first, string[] seconds) in Pairs)
        {
            if (provider == found.Provider) return null;
            bool hasFirst = !string.IsNullOrWhiteSpace(read(first));
            string? second = seconds.FirstOrDefault(name => !string.IsNullOrWhiteSpace(read(name)));
            if (hasFirst == second is not null) continue;
            string set = second ?? first;
            string unset = hasFirst ? string.Join(" or ", Enumerable.Reverse(seconds)) : first;
            return set + " is set but " + unset + " is not, so the connection comes from the variables for " + found.Provider + ": " + found.Uri.Host + ".";
        }

        return null;
    }

    /// <summary>All values that <see cref="Find"/> depends on, joined: equal where the outcome is equal.</summary>
    public static string Fingerprint(Func<string, string?> read) => string.Join("\n", Variables.Select(name => read(name)));

    /// <summary>Which variables are set and which are not, for the error: never their values.</summary>
    public static string Describe(Func<string, string?> read)
    {
        IEnumerable<string> set = Variables.Where(name => !string.IsNullOrWhiteSpace(read(name)));
        IEnumerable<string> unset = Variables.Where(name => string.IsNullOrWhiteSpace(read(name)));
        string missing = "not set: " + string.Join(", ", unset);
        return set.Any() ? "set: " + string.Join(", ", set) + "; " + missing : missing;
    }

    private static string Cloudflare(string part) => part == "GatewayId" ? GatewayId : AccountId;

    private static string Azure(string part) => part switch
    {
        "ApiVersion" => AzureVersion,
        "Deployment" => AzureDeployment,
        _ => AzureEndpoint,
    };

    private static string OpenAI(string part) => part switch
    {
        "Organization" => OpenAIOrganization,
        "Project" => OpenAIProject,
        _ => OpenAIBase,
    };
}
