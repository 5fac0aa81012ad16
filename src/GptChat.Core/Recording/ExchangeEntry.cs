using System;

namespace GptChat.Recording;

/// <summary>Where an exchange stands in its file, and what it is found by. What was asked and answered stays in the file.</summary>
internal sealed class ExchangeEntry
{
    /// <summary>Takes note of an exchange.</summary>
    /// <param name="offset">Where its line begins, in bytes.</param>
    /// <param name="length">How long its line is.</param>
    /// <param name="line">The number of its line, from 1.</param>
    /// <param name="exchange">The exchange.</param>
    public ExchangeEntry(long offset, int length, int line, RecordedExchange exchange)
    {
        Offset = offset;
        Length = length;
        Line = line;
        Recorded = exchange.Recorded;
        CacheKey = exchange.CacheKey;
        CanonicalRequest request = CanonicalRequest.From(exchange.Request);
        Key = request.Key;
        Model = request.ModelText;
    }

    /// <summary>Where its line begins, in bytes.</summary>
    public long Offset { get; }

    /// <summary>How long its line is, in bytes.</summary>
    public int Length { get; }

    /// <summary>The number of its line, from 1.</summary>
    public int Line { get; }

    /// <summary>What it asks, whichever model is asked.</summary>
    public string Key { get; }

    /// <summary>The model that was asked, as JSON; null for none.</summary>
    public string? Model { get; }

    /// <summary>When it was recorded; null where it does not say.</summary>
    public DateTimeOffset? Recorded { get; }

    /// <summary>What a cache knows it by; null where it is none of a cache's.</summary>
    public string? CacheKey { get; }

    /// <summary>Whether it has answered in this session.</summary>
    public bool IsUsed { get; set; }
}
