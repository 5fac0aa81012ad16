using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GptChat.Redaction;
using GptChat.Wire;

namespace GptChat.Recording;

/// <summary>
/// What redaction has to do with a miss. A recording that was made without it holds the very values that a call takes out, and
/// an error ends in a log: it must not show them.
/// </summary>
internal static class RedactedDifference
{
    /// <summary>A difference as it may be shown.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="redact">Takes secrets out of a text under its name; null where the call sends them.</param>
    public static RequestDifference Shown(RequestDifference difference, Func<string, string, string>? redact)
    {
        if (redact is null || Text(difference.Recorded) is not { } text) return difference;
        string clean = redact(NameOf(difference.Path), text);
        return clean == text ? difference : difference with { Recorded = JsonSerializer.Serialize(clean, WireJson.Default.String) };
    }

    /// <summary>What to do where redaction alone, or the lack of it, keeps a request from matching; empty where it does not.</summary>
    /// <param name="differences">All differences.</param>
    /// <param name="redact">Takes secrets out of a text under its name; null where the call sends them.</param>
    public static string Hint(IReadOnlyList<RequestDifference> differences, Func<string, string, string>? redact)
    {
        if (differences.Count == 0) return string.Empty;
        if (redact is not null)
        {
            return differences.Any(one => Text(one.Recorded) is { } text && redact(NameOf(one.Path), text) != text)
                ? "The recording was made without -Redact and holds what this call takes out: record it anew with -Redact. "
                : string.Empty;
        }

        return differences.Any(one => Placeholders(one.Recorded) > Placeholders(one.Sent))
            ? "The recording was made with -Redact: give it to this call too. "
            : string.Empty;
    }

    private static int Placeholders(string? json) => json is null ? 0 : PlaceholderText.In(json).Count;

    private static string? Text(string? json)
    {
        if (json is not ['"', ..]) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.GetString();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // A mask may have swallowed an escape.
            return json.Trim('"');
        }
    }

    /// <summary>The name of the member that a path ends with, without its place in a list.</summary>
    private static string NameOf(string path)
    {
        string name = path.Substring(path.LastIndexOf('.') + 1);
        int bracket = name.IndexOf('[');
        return (bracket > 0 ? name.Substring(0, bracket) : name).Trim('\'');
    }
}
