using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using GptChat.Connections;
using GptChat.Transport;

namespace GptChat.Recording;

/// <summary>
/// What a cache knows a request by: where it goes and all that it says, as a hash. The connection's name and its keys do not
/// count, so that a key may be changed; nor does whether the answer is streamed.
/// </summary>
internal static class CacheKey
{
    /// <summary>The key of a request.</summary>
    public static string Of(ChatCall call)
    {
        GptConnection connection = call.Connection;
        var text = new StringBuilder();
        Line(text, "uri", call.Uri.AbsoluteUri);
        Line(text, "organization", connection.Organization);
        Line(text, "project", connection.Project);
        Line(text, "gateway", connection.GatewayId);
        foreach (KeyValuePair<string, string> option in GatewayHeaders.Of(call.GatewayOption, connection.GatewayOption)) Line(text, option.Key, option.Value);

        // A header may choose what answers. Of one that may be a secret the name has to do.
        foreach (HeldHeader header in connection.Headers.Concat(call.Headers).OrderBy(header => header.Name, StringComparer.OrdinalIgnoreCase))
        {
            Line(text, "header " + header.Name.ToLowerInvariant(), header.IsSecret ? null : header.Reveal());
        }

        using JsonDocument body = JsonDocument.Parse(call.Body.ToArray());
        foreach (KeyValuePair<string, string> leaf in CanonicalRequest.Unmasked(body.RootElement).Leaves) Line(text, leaf.Key, leaf.Value);
        return CanonicalRequest.Hash(text.ToString());
    }

    private static void Line(StringBuilder text, string name, string? value) => text.Append(name).Append('\n').Append(value).Append('\n');
}
