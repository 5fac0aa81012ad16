using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;

namespace GptChat.Connections;

/// <summary>
/// Which headers a user may add. What frames the message or carries the key is not theirs: a second one would break the
/// request in ways that no provider explains. No error repeats a value, since it may be a secret.
/// </summary>
internal static class HeaderRules
{
    private const string Symbols = "!#$%&'*+-.^_`|~";

    private static readonly string[] Framing =
    {
        "host", "connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "expect", "accept", "accept-encoding",
        "allow", "expires", "last-modified", "proxy-connection",
    };

    private static readonly Dictionary<string, string> Instead = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Authorization"] = "give the key as Connect-GptChat -ApiKey, or an Entra token as -EntraToken",
        ["api-key"] = "give the key as Connect-GptChat -Provider AzureOpenAI -ApiKey",
        ["Proxy-Authorization"] = "give it as Connect-GptChat -ProxyCredential",
        ["cf-aig-authorization"] = "give the token as Connect-GptChat -Provider CloudflareGateway -ApiToken",
        ["cf-aig-gateway-id"] = "give the name as Connect-GptChat -GatewayId, or per call as -GatewayOption @{ GatewayId = NAME }",
        ["OpenAI-Organization"] = "give it as Connect-GptChat -Organization",
        ["OpenAI-Project"] = "give it as Connect-GptChat -Project",
    };

    private static readonly string[] SecretWords = { "auth", "key", "token", "secret", "cookie", "passw", "signature", "credential" };

    /// <summary>A header, checked.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="parameter">The parameter it was given with.</param>
    /// <exception cref="GptChatException">It cannot be sent; the message holds no value.</exception>
    public static HeldHeader Make(string name, SecureString? value, string parameter)
    {
        RequireName(name, parameter);
        string text = value is null ? string.Empty : SecureText.Reveal(value).Trim();
        if (text.Length == 0) throw Invalid(parameter + " gives the header " + name + " no value", "Is the variable set? Leave the header out if it is not wanted.");
        if (text.Any(character => character is < ' ' or > '~'))
        {
            throw Invalid(parameter + " gives the header " + name + " a value that no header can carry", "A value is one line of ASCII: look for a line break or a letter with an accent in it.");
        }

        return new HeldHeader(name, SecureText.From(text)!, IsSecret: IsSecretName(name) || Errors.KeyMask.IsLikeKey(text));
    }

    /// <summary>Whether a header of this name most likely holds a secret.</summary>
    public static bool IsSecretName(string name) => SecretWords.Any(word => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    private static void RequireName(string name, string parameter)
    {
        if (name.Length == 0 || !name.All(character => (character < 128 && char.IsLetterOrDigit(character)) || Symbols.IndexOf(character) >= 0))
        {
            throw Invalid(parameter + " holds a name that no header can have", "A name is letters, digits and hyphens, such as X-Team. Is a value in its place?");
        }

        if (Instead.TryGetValue(name, out string? instead)) throw Invalid(parameter + " cannot set the header " + name, "To do what it does, " + instead + ".");
        if (GatewayHeaders.OptionOf(name) is { } option) throw Invalid(parameter + " cannot set the header " + name, "To do what it does, use -GatewayOption @{ " + option + " = … }.");
        if (Framing.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid(parameter + " cannot set the header " + name, "It frames the message and follows from what is sent.");
        }
    }

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };
}
