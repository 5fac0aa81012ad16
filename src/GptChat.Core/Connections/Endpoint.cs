using System;
using System.Linq;
using System.Text.RegularExpressions;
using GptChat.Errors;

namespace GptChat.Connections;

/// <summary>Composes and checks addresses, so that what would end in a puzzling 404 ends in a plain sentence before anything is sent.</summary>
internal static class Endpoint
{
    public const string ChatPath = "/chat/completions";

    /// <summary>Cloudflare's address for an account.</summary>
    public static Uri Cloudflare(string accountId, string source)
    {
        string id = accountId.Trim();
        if (!IsAccountId(id)) throw Invalid(AccountProblem(id, source));
        return new Uri("https://api.cloudflare.com/client/v4/accounts/" + id + "/ai/v1" + ChatPath);
    }

    /// <summary>Checks the name of a Cloudflare AI gateway.</summary>
    public static string Gateway(string gatewayId, string source)
    {
        string id = gatewayId.Trim();
        if (KeyMask.IsLikeKey(id)) throw Invalid(source + " looks like a token, not the name of a gateway. The token goes into -ApiToken or CLOUDFLARE_API_TOKEN.");
        return Patterns.GatewayId.IsMatch(id)
            ? id
            : throw Invalid(source + " is not the name of a gateway (letters, digits, - and _, at most 64): '" + id + "'.");
    }

    /// <summary>The address at Cloudflare's gateway host.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="gatewayId">The gateway.</param>
    /// <param name="path">Which of the gateway's doors: <c>compat</c> for models of all providers, else a provider's own path.</param>
    /// <param name="sourceOf">What the user calls a part.</param>
    public static Uri CloudflareGateway(string accountId, string gatewayId, string path, Func<string, string> sourceOf)
    {
        string account = accountId.Trim();
        if (!IsAccountId(account)) throw Invalid(AccountProblem(account, sourceOf("AccountId")));
        string gateway = Gateway(gatewayId, sourceOf("GatewayId"));
        string door = path.Trim().Trim('/');
        return Patterns.GatewayPath.IsMatch(door)
            ? new Uri("https://gateway.ai.cloudflare.com/v1/" + account + "/" + gateway + "/" + door + ChatPath)
            : throw Invalid(sourceOf("GatewayPath") + " is not a path of the gateway, such as compat, openai or workers-ai/v1.");
    }

    /// <summary>The address to post to, from a base such as <c>http://127.0.0.1:8080/v1</c>.</summary>
    /// <param name="baseUri">What the user gave.</param>
    /// <param name="source">Where it was given, for the error.</param>
    /// <param name="suffix">What this provider puts between the base and the chat path.</param>
    public static Uri FromBase(string baseUri, string source, string suffix = "")
    {
        UriBuilder builder = Parse(baseUri, source);
        string path = builder.Path.TrimEnd('/');
        builder.Path = IsChat(path) ? path : Extend(path, suffix) + ChatPath;
        return builder.Uri;
    }

    /// <summary>Where the server lists its models: beside the chat.</summary>
    public static Uri Models(GptConnection connection)
    {
        var builder = new UriBuilder(connection.Uri);
        string path = builder.Path.TrimEnd('/');
        if (IsChat(path)) path = path.Substring(0, path.Length - ChatPath.Length);

        // The classic address of Azure goes through a deployment; the list belongs to the resource.
        int deployment = connection.Provider == GptProvider.AzureOpenAI ? path.IndexOf("/deployments/", StringComparison.OrdinalIgnoreCase) : -1;
        builder.Path = (deployment < 0 ? path : path.Substring(0, deployment)) + "/models";
        return builder.Uri;
    }

    /// <summary>Checks an address and takes it apart.</summary>
    public static UriBuilder Parse(string baseUri, string source)
    {
        string text = baseUri.Trim().Trim('"', '\'');
        RefuseUnexpanded(text, source);
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || (uri.Scheme != "http" && uri.Scheme != "https") || uri.Host.Length == 0)
        {
            // What has nothing of an address may be a key in the wrong place, and what stands before an @ a password: neither is repeated.
            string shown = Patterns.LikeAnAddress.IsMatch(text) && text.IndexOf('@') < 0 ? ": '" + KeyMask.InError(text, []) + "'" : string.Empty;
            throw Invalid(source + " is not a web address" + shown + ". One looks like http://127.0.0.1:8080/v1 or https://host/v1.");
        }

        if (uri.UserInfo.Length > 0) throw Invalid(source + " holds a user name or password, which would appear in every error: give the key as -ApiKey.");
        if (uri.Query.Length > 0 && Patterns.SecretInQuery.IsMatch(uri.Query)) throw Invalid(source + " holds a key in its query, which would appear in every error: give it as -ApiKey.");
        return new UriBuilder(uri) { Fragment = string.Empty };
    }

    /// <summary>Whether a path is already that of the chat.</summary>
    public static bool IsChat(string path) => path.EndsWith(ChatPath, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds what is still missing of a suffix: of <c>/openai/v1</c>, an address may already have all or <c>/openai</c>.</summary>
    public static string Extend(string path, string suffix)
    {
        for (int length = suffix.Length; length > 0; length = suffix.LastIndexOf('/', length - 1))
        {
            if (path.EndsWith(suffix.Substring(0, length), StringComparison.OrdinalIgnoreCase)) return path + suffix.Substring(length);
        }

        return path + suffix;
    }

    /// <summary>A key must not cross a network in clear.</summary>
    public static void RefuseKeyInClear(Uri uri, bool hasKey)
    {
        if (hasKey && uri.Scheme == "http" && !uri.IsLoopback)
        {
            throw Invalid("A key would be sent unencrypted to " + uri.Host + ": use https, or leave the key out if the server wants none.");
        }
    }

    private static bool IsAccountId(string id) => id.Length == 32 && id.All(Uri.IsHexDigit);

    private static string AccountProblem(string id, string source)
    {
        if (id.Length == 0) return source + " is empty.";
        if (id.IndexOfAny(['$', '{', '}', '%']) >= 0) return NotExpanded(source, id);

        // Never repeat it: what stands in the place of the id may be the token.
        bool looksLikeToken = id.StartsWith("cf", StringComparison.OrdinalIgnoreCase) && id.Contains('_')
            || id.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase)
            || (id.Length >= 36 && id.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'));
        return looksLikeToken
            ? source + " looks like a token, not an account id. The id is 32 hexadecimal digits (Cloudflare dashboard, Account home); the token goes into -ApiToken or CLOUDFLARE_API_TOKEN."
            : source + " is not an account id: 32 hexadecimal digits are expected (Cloudflare dashboard, Account home), " + id.Length + " characters were given.";
    }

    private static void RefuseUnexpanded(string text, string source)
    {
        if (text.Length == 0) throw Invalid(source + " is empty.");
        if (text.IndexOfAny(['$', '{', '}']) >= 0 || (text.IndexOf('%') >= 0 && Patterns.BetweenPercents.IsMatch(text)))
        {
            throw Invalid(NotExpanded(source, text));
        }
    }

    /// <summary>Names the variable; anything beyond a name is not repeated, since it may be a key.</summary>
    private static string NotExpanded(string source, string text)
    {
        Match variable = Patterns.VariableName.Match(text);
        return source + " holds a variable that was not expanded" + (variable.Success ? ": " + variable.Value : string.Empty) + ". Use double quotes, or no quotes.";
    }

    private static GptChatException Invalid(string message) => new(GptErrorKind.InvalidConnection, message);

    /// <summary>In a class of their own: most addresses need none of them, and making one costs a session's first call milliseconds.</summary>
    private static class Patterns
    {
        public static readonly Regex VariableName = new(@"\$\{?(?:env:)?[A-Za-z_]+\}?|\{\{?[A-Za-z_]+\}?\}|%[A-Za-z_]+%", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        public static readonly Regex SecretInQuery = new(@"[?&](?:api[-_]?key|key|token|access_token|sig|password)=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        public static readonly Regex GatewayPath = new("^[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        public static readonly Regex LikeAnAddress = new(@"^(?:[a-z]{2,8}:/|[A-Za-z0-9.-]+:[0-9]{1,5}(?:/|$)|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/|$))", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        public static readonly Regex GatewayId = new("^[A-Za-z0-9_-]{1,64}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        public static readonly Regex BetweenPercents = new("%[A-Za-z_]+%", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
