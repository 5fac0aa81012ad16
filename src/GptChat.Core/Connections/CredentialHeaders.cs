using System;
using System.Collections.Generic;
using System.Security;

namespace GptChat.Connections;

/// <summary>Which key goes into which header.</summary>
internal static class CredentialHeaders
{
    private const string Authorization = "Authorization";
    private const string Bearer = "Bearer";

    /// <summary>The headers of a connection's keys, checked.</summary>
    /// <exception cref="GptChatException">A key is one that no header can carry; it is not repeated.</exception>
    public static IEnumerable<HeldHeader> Of(ConnectionParts parts)
    {
        if (parts.Key is { } key)
        {
            RequireUsable(key, parts.KeySource ?? "The key");
            yield return parts.Provider == GptProvider.AzureOpenAI && !parts.IsEntraToken ? new HeldHeader("api-key", key) : new HeldHeader(Authorization, key, Bearer);
        }

        // At this host the other header is for the provider behind it, which must never see Cloudflare's token.
        if (parts.GatewayToken is { } token)
        {
            RequireUsable(token, "The token");
            yield return new HeldHeader("cf-aig-authorization", token, Bearer);
        }
    }

    /// <summary>What would make a malformed header, and an error from the provider that does not say so.</summary>
    private static void RequireUsable(SecureString secret, string source)
    {
        string key = SecureText.Reveal(secret);
        if (key.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase)) throw Invalid(source + " begins with the word 'Bearer': give the key alone.");
        foreach (char character in key)
        {
            if (character is < '!' or > '~') throw Invalid(source + " holds a space, a line break or another character that no key has: was more than the key copied?");
        }
    }

    private static GptChatException Invalid(string message) => new(GptErrorKind.InvalidConnection, message);
}
