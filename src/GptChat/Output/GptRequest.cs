using System;
using System.Collections.Generic;
using System.Globalization;
using GptChat.Spending;

namespace GptChat;

/// <summary>A request that would be sent: what <c>-WhatIf</c> puts on the information stream.</summary>
public sealed class GptRequest
{
    internal GptRequest(Uri uri, string? model, string body, long bytes, RequestForecast? forecast)
    {
        if (forecast is { HasUncountable: false })
        {
            Tokens = forecast.Prompt.Tokens;
            IsEstimate = !forecast.Prompt.IsExact;
            MaxCost = forecast.MaxCost;
        }

        Uri = uri;
        Model = model;
        Body = body;
        Bytes = bytes;
    }

    /// <summary>Where it would go.</summary>
    public Uri Uri { get; }

    /// <summary>The model it would ask.</summary>
    public string? Model { get; }

    /// <summary>Its body, as JSON; what looks like a key in it is masked.</summary>
    public string Body { get; }

    /// <summary>The length of the body in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The tools that would be run if the model asked for them; definitions that are only sent are in the body.</summary>
    public IReadOnlyList<GptTool> Tools { get; internal init; } = Array.Empty<GptTool>();

    /// <summary>What redaction took out of it; empty where it was not asked for or found nothing.</summary>
    public IReadOnlyList<GptRedaction> Redactions { get; internal init; } = Array.Empty<GptRedaction>();

    /// <summary>The tokens of its prompt; null where neither the model's vocabulary nor its price is known, or nobody can tell before (sound, documents).</summary>
    public long? Tokens { get; }

    /// <summary>Whether <see cref="Tokens"/> is an estimate: for tools, formats, images and models whose overhead is not known.</summary>
    public bool IsEstimate { get; }

    /// <summary>
    /// The most that it would cost, in US dollars: the whole prompt, and answers as long as the request or the model allows. Null where a
    /// price is not known.
    /// </summary>
    public decimal? MaxCost { get; }

    /// <summary>For people: the length, the tokens, the cost and the address.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "POST {0}, {1} bytes{2}", Uri.AbsoluteUri, Bytes, Describe(Tokens, IsEstimate, MaxCost));

    /// <summary>The tokens and the cost in parentheses; nothing where they are not known.</summary>
    internal static string Describe(RequestForecast? forecast) =>
        forecast is null or { HasUncountable: true } ? string.Empty : Describe(forecast.Prompt.Tokens, !forecast.Prompt.IsExact, forecast.MaxCost);

    private static string Describe(long? tokens, bool isEstimate, decimal? cost)
    {
        if (tokens is null) return string.Empty;
        string price = cost is null ? string.Empty : string.Format(CultureInfo.InvariantCulture, ", at most {0:0.00####} USD", cost);
        return string.Format(CultureInfo.InvariantCulture, " ({0}{1} tokens{2})", isEstimate ? "about " : string.Empty, tokens, price);
    }
}
