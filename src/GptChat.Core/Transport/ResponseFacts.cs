using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using GptChat.Errors;

namespace GptChat.Transport;

/// <summary>What the headers of an answer tell about it.</summary>
internal static class ResponseFacts
{
    private static readonly string[] RequestIdHeaders =
    {
        "x-request-id", "apim-request-id", "cf-aig-request-id", "cf-aig-log-id", "cf-aig-event-id", "x-generation-id", "cf-ray",
    };

    /// <summary>The id to quote to the provider's support; null where there is none.</summary>
    public static string? RequestId(TransportResponse response)
    {
        foreach (string name in RequestIdHeaders)
        {
            if (response.Header(name) is { } id && !string.IsNullOrWhiteSpace(id)) return id;
        }

        return null;
    }

    /// <summary>Writes the facts into the answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="response">What brought it.</param>
    /// <param name="secrets">What must not be in it: servers and what stands before them repeat keys in headers too.</param>
    public static void Apply(GptResponse answer, TransportResponse response, IReadOnlyList<string> secrets)
    {
        KeyForms[] hidden = KeyForms.In(response.Headers.Values, secrets);
        answer.RequestId = RequestId(response) is { } id ? Without(id, hidden) : null;
        answer.CacheStatus = response.Header("cf-aig-cache-status");
        answer.GatewayStep = int.TryParse(response.Header("cf-aig-step"), NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : null;
        answer.GatewayLogId = response.Header("cf-aig-log-id");
        answer.GatewayEventId = response.Header("cf-aig-event-id");
        answer.RateLimit = RateLimitHeaders.Of(response, DateTimeOffset.UtcNow);
        answer.Headers = Visible(response, hidden);
    }

    private static ReadOnlyDictionary<string, string> Visible(TransportResponse response, KeyForms[] secrets)
    {
        var visible = new Dictionary<string, string>(response.Headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in response.Headers)
        {
            if (!IsHidden(header.Key)) visible[header.Key] = Without(header.Value, secrets);
        }

        return new ReadOnlyDictionary<string, string>(visible);
    }

    // A cookie is a secret of the session with the server, and nobody sends it back.
    private static bool IsHidden(string name) => name.Equals("set-cookie", StringComparison.OrdinalIgnoreCase) || name.Equals("set-cookie2", StringComparison.OrdinalIgnoreCase);

    /// <summary>Only the request's own secrets are looked for: the patterns of all others would cost every session's first answer their making.</summary>
    private static string Without(string text, KeyForms[] secrets)
    {
        foreach (KeyForms secret in secrets) text = secret.Mask(text);
        return text;
    }
}
