using System.Collections;

namespace GptChat;

/// <summary>
/// What a Cloudflare AI gateway is told about a request, through its <c>cf-aig-</c> headers. What is null is not sent, and then the
/// gateway's own setting holds.
/// </summary>
public sealed class GptGatewayOption
{
    /// <summary>The gateway to pass through, instead of the connection's; on Cloudflare's REST API only.</summary>
    public string? GatewayId { get; set; }

    /// <summary>Whether the cache is passed by.</summary>
    public bool? SkipCache { get; set; }

    /// <summary>How long an answer stays in the cache: 60 seconds to a month.</summary>
    public double? CacheTtlSeconds { get; set; }

    /// <summary>Under which key an answer is cached, instead of the request itself.</summary>
    public string? CacheKey { get; set; }

    /// <summary>Whether the gateway keeps a log of the request.</summary>
    public bool? CollectLog { get; set; }

    /// <summary>Until when the first byte of an answer must have come from the provider.</summary>
    public double? RequestTimeoutSeconds { get; set; }

    /// <summary>How often the gateway tries, 1 to 5. The client then tries once, unless -MaximumRetryCount says otherwise.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>How long the gateway waits between its tries, at most 5 seconds.</summary>
    public double? RetryDelaySeconds { get; set; }

    /// <summary>How that wait grows: <c>constant</c>, <c>linear</c> or <c>exponential</c>.</summary>
    public string? Backoff { get; set; }

    /// <summary>Up to five entries for the gateway's log: text, numbers, booleans.</summary>
    public IDictionary? Metadata { get; set; }

    /// <summary>What the request costs, where the gateway does not know: numbers by name, such as per_token_in and per_token_out.</summary>
    public IDictionary? CustomCost { get; set; }

    /// <summary>Whether the provider must not keep anything; for unified billing of some providers.</summary>
    public bool? ZeroDataRetention { get; set; }

    /// <summary>Which of the provider's keys that are stored at the gateway is used.</summary>
    public string? ByokAlias { get; set; }

    /// <summary>Whether the gateway must not fall back to its unified billing.</summary>
    public bool? NoWholesale { get; set; }
}
