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
    private const string AzureDeployment = "AZURE_OPENAI_DEPLOYMENT";
    private const string OpenAIKey = "OPENAI_API_KEY";
    private const string OpenAIBase = "OPENAI_BASE_URL";
    private const string Ollama = "OLLAMA_HOST";

    /// <summary>Every variable that is looked at, in order, for the error that names them.</summary>
    public static readonly string[] Variables =
    {
        AccountId, ApiToken, GatewayId, AzureEndpoint, AzureKey, AzureDeployment, OpenAIKey, OpenAIBase, Ollama,
    };

    // What makes a group, in the order in which the groups are looked at.
    private static readonly (GptProvider Provider, string First, string Second)[] Pairs =
    {
        (GptProvider.Cloudflare, AccountId, ApiToken),
        (GptProvider.AzureOpenAI, AzureEndpoint, AzureKey),
    };

    /// <summary>The connection that the environment describes, or null.</summary>
    /// <param name="read">Reads a variable.</param>
    /// <exception cref="GptChatException">A variable is set and malformed; the message names it.</exception>
    public static GptConnection? Find(Func<string, string?> read)
    {
        string? Get(string name) => read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

        if (Get(AccountId) is { } account && Get(ApiToken) is { } token)
        {
            return Make(GptProvider.Cloudflare, ApiToken, token, accountId: account, gatewayId: Get(GatewayId));
        }

        if (Get(AzureEndpoint) is { } endpoint && Get(AzureKey) is { } azureKey)
        {
            return Make(GptProvider.AzureOpenAI, AzureKey, azureKey, baseUri: endpoint, model: Get(AzureDeployment));
        }

        if (Get(OpenAIKey) is { } openAIKey) return Make(GptProvider.OpenAI, OpenAIKey, openAIKey, baseUri: Get(OpenAIBase));
        return Get(Ollama) is { } host ? Make(GptProvider.Ollama, null, null, baseUri: host) : null;
    }

    /// <summary>
    /// What to say where a service that would have come first is set up by half: the text goes to another one than its owner may
    /// think. Null where there is nothing to say.
    /// </summary>
    /// <param name="found">The connection that the environment describes.</param>
    /// <param name="read">Reads a variable.</param>
    public static string? Remark(GptConnection found, Func<string, string?> read)
    {
        foreach ((GptProvider provider, string first, string second) in Pairs)
        {
            if (provider == found.Provider) return null;
            bool hasFirst = !string.IsNullOrWhiteSpace(read(first));
            if (hasFirst == !string.IsNullOrWhiteSpace(read(second))) continue;
            (string set, string unset) = hasFirst ? (first, second) : (second, first);
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

    private static GptConnection Make(
        GptProvider provider,
        string? keySource,
        string? key,
        string? accountId = null,
        string? gatewayId = null,
        string? baseUri = null,
        string? model = null) => ConnectionFactory.Create(new ConnectionParts
        {
            Provider = provider,
            AccountId = accountId,
            GatewayId = gatewayId,
            BaseUri = baseUri,
            Key = SecureText.From(key),
            KeySource = keySource,
            Model = model,
            SourceOf = part => Source(provider, part),
        });

    private static string Source(GptProvider provider, string part) => (provider, part) switch
    {
        (GptProvider.Cloudflare, "AccountId") => AccountId,
        (GptProvider.Cloudflare, "GatewayId") => GatewayId,
        (GptProvider.AzureOpenAI, _) => AzureEndpoint,
        (GptProvider.OpenAI, _) => OpenAIBase,
        (GptProvider.Ollama, _) => Ollama,
        _ => part,
    };
}
