using System;
using System.Security;

namespace GptChat.Connections;

/// <summary>Makes connections, each provider's in one place, checked before anything can be sent.</summary>
internal static class ConnectionFactory
{
    /// <summary>The default model on Cloudflare.</summary>
    public const string CloudflareModel = "openai/gpt-5.1-chat";

    /// <summary>The same model under OpenAI's own name.</summary>
    public const string OpenAIModel = "gpt-5.1-chat-latest";

    private const string OpenAIBase = "https://api.openai.com/v1";
    private const string OllamaBase = "http://127.0.0.1:11434/v1";

    /// <summary>Makes the connection that the given parts describe.</summary>
    /// <exception cref="GptChatException">A part is missing or malformed; the message names it by <see cref="ConnectionParts.SourceOf"/>.</exception>
    public static GptConnection Create(ConnectionParts parts)
    {
        Uri uri = Address(parts);
        Endpoint.RefuseKeyInClear(uri, parts.Key is not null);
        RequireKey(parts);
        var connection = new GptConnection(Blank(parts.Name) ?? DefaultName(parts.Provider, uri), parts.Provider, uri)
        {
            Key = parts.Key,
            KeySource = parts.KeySource,
            Model = Blank(parts.Model) ?? DefaultModel(parts),
            GatewayId = Blank(parts.GatewayId) is { } gateway ? Endpoint.Gateway(gateway, parts.SourceOf("GatewayId")) : null,
            TokenLimitName = parts.TokenLimitName,
        };
        RequireUsableKey(connection);
        return connection;
    }

    private static Uri Address(ConnectionParts parts)
    {
        string baseSource = parts.SourceOf("BaseUri");
        return parts.Provider switch
        {
            GptProvider.Cloudflare when Blank(parts.BaseUri) is { } given => Endpoint.FromBase(given, baseSource),
            GptProvider.Cloudflare => Endpoint.Cloudflare(
                parts.AccountId ?? throw Missing("Cloudflare needs an account id: Connect-GptChat -AccountId ID -ApiToken TOKEN."), parts.SourceOf("AccountId")),
            GptProvider.OpenAI => Endpoint.FromBase(Blank(parts.BaseUri) ?? OpenAIBase, baseSource),
            GptProvider.AzureOpenAI => Endpoint.FromBase(
                Blank(parts.BaseUri) ?? throw Missing("Azure OpenAI needs its endpoint: -BaseUri https://RESOURCE.openai.azure.com."), baseSource, "/openai/v1"),
            GptProvider.Ollama => Endpoint.FromBase(Blank(parts.BaseUri) is { } host ? OllamaHost.ToBaseUri(host) : OllamaBase, baseSource),
            _ => Endpoint.FromBase(Blank(parts.BaseUri) ?? throw Missing("A compatible server needs its address: -BaseUri http://HOST:PORT/v1."), baseSource),
        };
    }

    private static void RequireKey(ConnectionParts parts)
    {
        if (parts.Key is not null) return;
        switch (parts.Provider)
        {
            case GptProvider.Cloudflare:
                throw Missing("Cloudflare needs a token: Connect-GptChat -AccountId ID -ApiToken TOKEN, or CLOUDFLARE_API_TOKEN.");
            case GptProvider.OpenAI:
                throw Missing("OpenAI needs a key: Connect-GptChat -Provider OpenAI -ApiKey KEY, or OPENAI_API_KEY.");
            case GptProvider.AzureOpenAI:
                throw Missing("Azure OpenAI needs a key: Connect-GptChat -Provider AzureOpenAI -BaseUri ENDPOINT -ApiKey KEY, or AZURE_OPENAI_API_KEY.");
        }
    }

    /// <summary>What would make a malformed header, and an error from the provider that does not say so.</summary>
    private static void RequireUsableKey(GptConnection connection)
    {
        string? key = connection.RevealKey();
        string source = connection.KeySource ?? "The key";
        if (key is null) return;
        if (key.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase)) throw Missing(source + " begins with the word 'Bearer': give the key alone.");
        foreach (char character in key)
        {
            if (character is < '!' or > '~') throw Missing(source + " holds a space, a line break or another character that no key has: was more than the key copied?");
        }
    }

    private static string? DefaultModel(ConnectionParts parts) => parts.Provider switch
    {
        GptProvider.Cloudflare => CloudflareModel,

        // A base of one's own may be any server behind OpenAI's variables: no model can be assumed there.
        GptProvider.OpenAI when Blank(parts.BaseUri) is null || parts.BaseUri!.Trim().StartsWith(OpenAIBase, StringComparison.OrdinalIgnoreCase) => OpenAIModel,
        _ => null,
    };

    /// <summary>There may be several compatible servers; of the others there is mostly one.</summary>
    private static string DefaultName(GptProvider provider, Uri uri) => provider == GptProvider.Compatible ? uri.Authority : provider.ToString();

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();

    private static GptChatException Missing(string message) => new(GptErrorKind.InvalidConnection, message);
}

/// <summary>What a connection is made of, from parameters or from the environment.</summary>
internal sealed class ConnectionParts
{
    public GptProvider Provider { get; init; }

    public string? Name { get; init; }

    public string? AccountId { get; init; }

    public string? GatewayId { get; init; }

    public string? BaseUri { get; init; }

    public SecureString? Key { get; init; }

    /// <summary>The variable that the key came from.</summary>
    public string? KeySource { get; init; }

    public string? Model { get; init; }

    public string? TokenLimitName { get; init; }

    /// <summary>What the user calls a part, for errors: a parameter or a variable.</summary>
    public Func<string, string> SourceOf { get; init; } = part => "-" + part;
}
