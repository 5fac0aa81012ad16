using System;
using System.Globalization;

namespace GptChat.Connections;

/// <summary>
/// Reads <c>OLLAMA_HOST</c> as Ollama itself does: no scheme means http and port 11434, <c>http://</c> alone port 80,
/// <c>https://</c> port 443; a bad port falls back to the default. Addresses that a server listens on but nobody can connect
/// to become loopback.
/// </summary>
internal static class OllamaHost
{
    private const int DefaultPort = 11434;

    /// <summary>The base address, <c>/v1</c> included.</summary>
    public static string ToBaseUri(string host)
    {
        string text = host.Trim().Trim('"', '\'').Trim();
        string scheme = "http";
        int port = DefaultPort;
        int mark = text.IndexOf("://", StringComparison.Ordinal);
        if (mark >= 0)
        {
            scheme = text.Substring(0, mark).ToLowerInvariant();
            text = text.Substring(mark + 3);
            port = scheme == "https" ? 443 : scheme == "http" ? 80 : DefaultPort;
        }

        int slash = text.IndexOf('/');
        string path = slash < 0 ? string.Empty : text.Substring(slash).TrimEnd('/');
        string authority = slash < 0 ? text : text.Substring(0, slash);
        (string name, string? portText) = Split(authority);
        if (portText is not null && int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given is > 0 and <= 65535) port = given;
        if (name.Length == 0 || name == "0.0.0.0" || name == "[::]" || name == "::") name = "127.0.0.1";
        if (name.IndexOf(':') >= 0 && name[0] != '[') name = "[" + name + "]";
        if (!path.EndsWith("/v1", StringComparison.Ordinal) && !path.EndsWith(Endpoint.ChatPath, StringComparison.OrdinalIgnoreCase)) path += "/v1";
        return scheme + "://" + name + ":" + port.ToString(CultureInfo.InvariantCulture) + path;
    }

    private static (string Name, string? Port) Split(string authority)
    {
        if (authority.StartsWith("[", StringComparison.Ordinal))
        {
            int close = authority.IndexOf(']');
            if (close > 0)
            {
                string rest = authority.Substring(close + 1);
                return (authority.Substring(0, close + 1), rest.StartsWith(":", StringComparison.Ordinal) ? rest.Substring(1) : null);
            }
        }

        int colon = authority.LastIndexOf(':');

        // More than one colon and no brackets: an IPv6 address without a port.
        if (colon < 0 || authority.IndexOf(':') != colon) return (authority, null);
        return (authority.Substring(0, colon), authority.Substring(colon + 1));
    }
}
