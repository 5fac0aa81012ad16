using System.Collections.Generic;

namespace GptChat.Cmdlets;

/// <summary>Which parameters of Connect-GptChat exclude each other, need another, or belong to one service.</summary>
internal static class ConnectRules
{
    private const string OneKey = "There is one key: choose where it comes from.";

    private static readonly GptProvider[] BothOfCloudflare = { GptProvider.Cloudflare, GptProvider.CloudflareGateway };
    private static readonly GptProvider[] OnlyGateway = { GptProvider.CloudflareGateway };
    private static readonly GptProvider[] OnlyAzure = { GptProvider.AzureOpenAI };
    private static readonly GptProvider[] OpenAIAndItsGateway = { GptProvider.OpenAI, GptProvider.CloudflareGateway };

    /// <summary>Pairs of which one may be given, and why.</summary>
    internal static readonly (string First, string Second, string Why)[] Exclusive =
    {
        ("ApiKey", "SecretName", OneKey),
        ("ApiKey", "EntraToken", OneKey),
        ("EntraToken", "SecretName", OneKey),
        ("AccountId", "BaseUri", "The account is part of Cloudflare's address: give the account, or a whole address of your own."),
        ("Record", "Replay", "-Replay answers without a server, so there is nothing to record: choose one."),
        ("Record", "ReplayOrRecord", "-ReplayOrRecord records what it does not hold: choose one."),
        ("Replay", "ReplayOrRecord", "-Replay never sends, -ReplayOrRecord sends what is not in the file: choose one."),
        ("Record", "Cache", "A recording is to have all that is asked, and a cache keeps requests from being sent: choose one."),
        ("Replay", "Cache", "One file answers: choose one."),
        ("ReplayOrRecord", "Cache", "One file answers: choose one."),
        ("GatewayPath", "BaseUri", "The path is part of the address: give -AccountId, -GatewayId and the path, or a whole address of your own."),
    };

    /// <summary>As <see cref="Exclusive"/>, but at Cloudflare's gateway host, where there may be two keys, they go together.</summary>
    internal static readonly (string First, string Second, string Why)[] ExclusiveKeys =
    {
        ("ApiToken", "ApiKey", OneKey + " Only -Provider CloudflareGateway takes two: Cloudflare's token and the key of the provider behind it."),
        ("ApiToken", "SecretName", OneKey),
    };

    /// <summary>Parameters that mean something only beside one of others.</summary>
    internal static readonly (string Parameter, string[] Needs, string Why)[] Dependent =
    {
        ("Vault", new[] { "SecretName" }, "Name the secret that holds the key."),
        ("ProxyCredential", new[] { "Proxy" }, "Name the proxy that asks for it."),
        ("CacheExpiry", new[] { "Cache" }, "It says how long an answer of the cache is good for."),
    };

    /// <summary>Parameters of some services, and what to do for others.</summary>
    internal static readonly (string Parameter, GptProvider[] Providers, string Why)[] Belonging =
    {
        ("AccountId", BothOfCloudflare, "Other services have an address instead: -BaseUri."),
        ("ApiToken", BothOfCloudflare, "A token of Cloudflare must not go elsewhere; the key of another service is -ApiKey."),
        ("GatewayId", BothOfCloudflare, "Leave it out."),
        ("GatewayOption", BothOfCloudflare, "Other services do not know it: leave it out."),
        ("GatewayPath", OnlyGateway, "The REST API has one path: leave it out."),
        ("Organization", OpenAIAndItsGateway, "Other services do not know it; a header of your own is -Header."),
        ("Project", OpenAIAndItsGateway, "Other services do not know it; a header of your own is -Header."),
        ("ApiVersion", OnlyAzure, "Put what another service wants into the address, as in -BaseUri 'https://host/v1?version=1'."),
        ("Deployment", OnlyAzure, "Elsewhere it is called -Model."),
        ("EntraToken", OnlyAzure, "The key of another service is -ApiKey."),
    };

    /// <summary>Throws for the first rule that is broken, whatever the service.</summary>
    /// <exception cref="GptChatException">Names the parameters.</exception>
    public static void CheckPairs(IReadOnlyDictionary<string, object> bound) =>
        new RuleTable(GptErrorKind.InvalidConnection, bound).Exclude(Exclusive).Need(Dependent);

    /// <summary>Throws for the first rule of the service that is broken.</summary>
    /// <exception cref="GptChatException">Names the parameters.</exception>
    public static void Check(IReadOnlyDictionary<string, object> bound, GptProvider provider)
    {
        var table = new RuleTable(GptErrorKind.InvalidConnection, bound);
        if (provider != GptProvider.CloudflareGateway) table.Exclude(ExclusiveKeys);
        table.Belong(provider, Belonging);
    }
}
