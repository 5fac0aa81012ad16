using System;
using System.Globalization;

namespace GptChat.Transport;

/// <summary>What an answer came from.</summary>
internal enum AnswerSource
{
    /// <summary>A server.</summary>
    Server,

    /// <summary>A recording.</summary>
    Recording,

    /// <summary>A cache on disk.</summary>
    Cache,
}

/// <summary>Where an answer came from that was not asked for now.</summary>
/// <param name="Source">What it is.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">Its line there.</param>
/// <param name="Recorded">When it was asked for; null where the file does not say.</param>
internal sealed record AnswerOrigin(AnswerSource Source, string Path, int Line, DateTimeOffset? Recorded)
{
    /// <summary>For people: <c>the recording r.jsonl, line 3, of 2026-01-31 10:00:00Z</c>.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "the {0} {1}, line {2}{3}",
        Source == AnswerSource.Cache ? "cache" : "recording",
        Path,
        Line,
        Recorded is { } date ? ", of " + date.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) : string.Empty);
}
