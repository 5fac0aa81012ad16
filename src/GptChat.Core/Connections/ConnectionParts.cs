using System;
using System.Collections.Generic;
using System.Security;
using GptChat.Recording;
using GptChat.Redaction;
using GptChat.Transport;

namespace GptChat.Connections;

/// <summary>What a connection is made of, from parameters or from the environment.</summary>
internal sealed class ConnectionParts
{
    public GptProvider Provider { get; init; }

    public string? Name { get; init; }

    public string? AccountId { get; init; }

    public string? GatewayId { get; init; }

    /// <summary>Which door of Cloudflare's gateway host; its unified one if not given.</summary>
    public string? GatewayPath { get; init; }

    public GptGatewayOption? GatewayOption { get; init; }

    public string? BaseUri { get; init; }

    /// <summary>The key of the service. At Cloudflare's gateway host: that of the provider behind it.</summary>
    public SecureString? Key { get; init; }

    /// <summary>Cloudflare's token, for its gateway host alone.</summary>
    public SecureString? GatewayToken { get; init; }

    /// <summary>Whether the key is a token of Entra, which Azure wants in another header.</summary>
    public bool IsEntraToken { get; init; }

    /// <summary>The variable that the key came from.</summary>
    public string? KeySource { get; init; }

    public string? Model { get; init; }

    public string? ApiVersion { get; init; }

    public string? Deployment { get; init; }

    public string? Organization { get; init; }

    public string? Project { get; init; }

    public IReadOnlyList<HeldHeader> Headers { get; init; } = Array.Empty<HeldHeader>();

    public RedactionRules? Redaction { get; init; }

    public HttpSettings Http { get; init; } = HttpSettings.Default;

    public string? TokenLimitName { get; init; }

    /// <summary>The recording of its calls. One that is all that answers needs no key.</summary>
    public RecordingChoice? Recording { get; init; }

    public CacheChoice? Cache { get; init; }

    public decimal? Budget { get; init; }

    /// <summary>What the user calls a part, for errors: a parameter or a variable.</summary>
    public Func<string, string> SourceOf { get; init; } = part => "-" + part;
}
