using System;
using System.Collections.Generic;
using System.Linq;
using GptChat.Recording;

namespace GptChat.Connections;

/// <summary>Makes connections, each provider's in one place, checked before anything can be sent.</summary>
internal static class ConnectionFactory
{
    /// <summary>The default model on Cloudflare.</summary>
    public const string CloudflareModel = "openai/gpt-5.1-chat";

    /// <summary>The same model under OpenAI's own name.</summary>
    public const string OpenAIModel = "gpt-5.1-chat-latest";

    private const string OpenAIBase = "https://api.openai.com/v1";
    private const string UnifiedPath = "compat";

    // Where servers listen that nobody has told otherwise.
    private static readonly Dictionary<GptProvider, string> DefaultBases = new()
    {
        [GptProvider.OpenAI] = OpenAIBase,
        [GptProvider.Ollama] = "http://127.0.0.1:11434/v1",
        [GptProvider.LMStudio] = "http://127.0.0.1:1234/v1",
        [GptProvider.LlamaCpp] = "http://127.0.0.1:8080/v1",
        [GptProvider.Vllm] = "http://127.0.0.1:8000/v1",
    };

    /// <summary>Makes the connection that the given parts describe.</summary>
    /// <exception cref="GptChatException">A part is missing or malformed; the message names it by <see cref="ConnectionParts.SourceOf"/>.</exception>
    public static GptConnection Create(ConnectionParts parts)
    {
        (Uri uri, string? deployment) = Address(parts);
        RequireKey(parts);
        HeldHeader[] credentials = CredentialHeaders.Of(parts).ToArray();
        Endpoint.RefuseKeyInClear(uri, credentials.Concat(parts.Headers).Any(header => header.IsSecret));
        if (parts.GatewayOption is { } option) GatewayHeaders.Require(option, parts.Provider, parts.SourceOf("GatewayOption"));
        return new GptConnection(Blank(parts.Name) ?? DefaultName(parts, uri), parts.Provider, uri)
        {
            Credentials = credentials,
            Headers = parts.Headers,
            KeySource = parts.KeySource,
            Model = Blank(parts.Model) ?? Blank(parts.Deployment) ?? deployment ?? DefaultModel(parts),
            Deployment = deployment,
            GatewayId = Blank(parts.GatewayId) is { } gateway ? Endpoint.Gateway(gateway, parts.SourceOf("GatewayId")) : null,
            GatewayOption = parts.GatewayOption is { } options ? GatewayHeaders.Copy(options) : null,
            Organization = OneLine(parts.Organization, parts.SourceOf("Organization")),
            Project = OneLine(parts.Project, parts.SourceOf("Project")),
            Http = parts.Http,
            Redaction = parts.Redaction,
            TokenLimitName = parts.TokenLimitName,
            Recording = parts.Recording,
            CacheOfCalls = parts.Cache,
            Budget = parts.Budget,
        };
    }

    private static (Uri Uri, string? Deployment) Address(ConnectionParts parts)
    {
        if (parts.Provider == GptProvider.AzureOpenAI) return AzureEndpoint.Compose(parts);
        string source = parts.SourceOf("BaseUri");
        string? given = Blank(parts.BaseUri);
        Uri uri = parts.Provider switch
        {
            GptProvider.Cloudflare when given is null => Endpoint.Cloudflare(
                parts.AccountId ?? throw Missing("Cloudflare needs an account id: Connect-GptChat -AccountId ID -ApiToken TOKEN."), parts.SourceOf("AccountId")),
            GptProvider.CloudflareGateway when given is null => Endpoint.CloudflareGateway(
                parts.AccountId ?? throw Missing("The gateway host needs an account id: Connect-GptChat -Provider CloudflareGateway -AccountId ID -GatewayId NAME."),
                parts.GatewayId ?? throw Missing("The gateway host needs the name of a gateway: -GatewayId NAME."),
                Blank(parts.GatewayPath) ?? UnifiedPath,
                parts.SourceOf),
            GptProvider.Ollama when given is not null => Endpoint.FromBase(OllamaHost.ToBaseUri(given), source),
            _ => Endpoint.FromBase(
                given ?? (DefaultBases.TryGetValue(parts.Provider, out string? usual) ? usual : throw Missing("A compatible server needs its address: -BaseUri http://HOST:PORT/v1.")), source),
        };
        return (uri, null);
    }

    private static void RequireKey(ConnectionParts parts)
    {
        if (parts.Key is not null || parts.Recording?.Mode == RecordingMode.Replay) return;
        switch (parts.Provider)
        {
            case GptProvider.Cloudflare:
                throw Missing("Cloudflare needs a token: Connect-GptChat -AccountId ID -ApiToken TOKEN, or CLOUDFLARE_API_TOKEN.");
            case GptProvider.CloudflareGateway when parts.GatewayToken is null:
                throw Missing("The gateway host needs the provider's key (-ApiKey), Cloudflare's token (-ApiToken), or both.");
            case GptProvider.OpenAI:
                throw Missing("OpenAI needs a key: Connect-GptChat -Provider OpenAI -ApiKey KEY, or OPENAI_API_KEY.");
            case GptProvider.AzureOpenAI:
                throw Missing("Azure OpenAI needs a key or a token: Connect-GptChat -Provider AzureOpenAI -BaseUri ENDPOINT, with -ApiKey KEY or -EntraToken TOKEN, or AZURE_OPENAI_API_KEY or AZURE_OPENAI_AD_TOKEN.");
        }
    }

    private static string? DefaultModel(ConnectionParts parts) => parts.Provider switch
    {
        GptProvider.Cloudflare => CloudflareModel,

        // A base of one's own may be any server behind OpenAI's variables: no model can be assumed there.
        GptProvider.OpenAI when Blank(parts.BaseUri) is null || parts.BaseUri!.Trim().StartsWith(OpenAIBase, StringComparison.OrdinalIgnoreCase) => OpenAIModel,
        _ => null,
    };

    /// <summary>There may be several compatible servers and gateways; of the others there is mostly one.</summary>
    private static string DefaultName(ConnectionParts parts, Uri uri) => parts.Provider switch
    {
        GptProvider.Compatible => uri.Authority,
        GptProvider.CloudflareGateway when Blank(parts.GatewayId) is { } gateway => gateway,
        _ => parts.Provider.ToString(),
    };

    private static string? OneLine(string? text, string source)
    {
        if (Blank(text) is not { } value) return null;
        return value.All(character => character is > ' ' and <= '~') ? value : throw Missing(source + " holds a space or another character that no id has.");
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();

    private static GptChatException Missing(string message) => new(GptErrorKind.InvalidConnection, message);
}
