using System;
using System.Collections.Generic;
using GptChat.Connections;

namespace GptChat.Transport;

/// <summary>The headers of a request beside those that frame it. What a call says outranks its connection; nothing outranks the key.</summary>
internal static class RequestHeaders
{
    /// <summary>The name of the header that says who asks.</summary>
    public const string UserAgent = "User-Agent";

    private static readonly string Product = "GptChat/" + (typeof(RequestHeaders).Assembly.GetName().Version?.ToString(3) ?? "0");

    /// <summary>The headers by name.</summary>
    public static Dictionary<string, string> Of(ChatCall call)
    {
        GptConnection connection = call.Connection;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Accept"] = call.IsStream ? "text/event-stream" : "application/json",
            [UserAgent] = Product,

            // A compressed body could unfold to a thousand times what was sent, and a compressed stream comes late.
            ["Accept-Encoding"] = "identity",
        };
        if (connection.Organization is { } organization) headers["OpenAI-Organization"] = organization;
        if (connection.Project is { } project) headers["OpenAI-Project"] = project;
        if (connection is { Provider: GptProvider.Cloudflare, GatewayId: { } gateway }) headers["cf-aig-gateway-id"] = gateway;
        foreach (KeyValuePair<string, string> option in GatewayHeaders.Of(call.GatewayOption, connection.GatewayOption)) headers[option.Key] = option.Value;
        foreach (HeldHeader header in connection.Headers) headers[header.Name] = header.Reveal();
        foreach (HeldHeader header in call.Headers) headers[header.Name] = header.Reveal();
        foreach (HeldHeader credential in connection.Credentials) headers[credential.Name] = credential.Reveal();
        return headers;
    }
}
