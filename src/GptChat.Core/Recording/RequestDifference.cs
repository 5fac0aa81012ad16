using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace GptChat.Recording;

/// <summary>A place where a recorded request and a sent one differ. Of long texts it shows where they part, and not how they begin.</summary>
/// <param name="Path">The place, as <c>messages[1].content</c>.</param>
/// <param name="Recorded">The value recorded there, as JSON; null for nothing.</param>
/// <param name="Sent">The value sent there.</param>
internal sealed record RequestDifference(string Path, string? Recorded, string? Sent)
{
    private const int Longest = 60;
    private const int Before = 24;
    private const int After = 36;
    private const string Cut = "…";

    /// <summary>How far apart they are: 1 where one is missing, less where they share a beginning or an end.</summary>
    public double Distance
    {
        get
        {
            if (Recorded is null || Sent is null) return 1;
            int start = CommonStart(Recorded, Sent);
            int end = CommonEnd(Recorded, Sent, start);
            return 1 - ((double)(start + end) / Math.Max(1, Math.Max(Recorded.Length, Sent.Length)));
        }
    }

    /// <summary>All of them, by place.</summary>
    public static IReadOnlyList<RequestDifference> Between(CanonicalRequest recorded, CanonicalRequest sent)
    {
        var differences = new List<RequestDifference>();
        foreach (string path in recorded.Leaves.Keys.Union(sent.Leaves.Keys, StringComparer.Ordinal).OrderBy(path => path, StringComparer.Ordinal))
        {
            if (path == "model" && sent.ModelText is null) continue;
            recorded.Leaves.TryGetValue(path, out string? then);
            sent.Leaves.TryGetValue(path, out string? now);
            if (!string.Equals(then, now, StringComparison.Ordinal)) differences.Add(new RequestDifference(path, then, now));
        }

        return differences;
    }

    /// <summary>For people.</summary>
    public override string ToString()
    {
        string? then = Recorded is null ? null : Media(Recorded);
        string? now = Sent is null ? null : Media(Sent);
        bool isText = then is ['"', ..] && now is ['"', ..];
        if (!isText || (then!.Length <= Longest && now!.Length <= Longest)) return string.Format(CultureInfo.InvariantCulture, "{0}: recorded {1}, sent {2}", Path, Shown(then), Shown(now));
        string recorded = Plain(then);
        string sent = Plain(now!);
        int at = CommonStart(recorded, sent);
        return string.Format(
            CultureInfo.InvariantCulture, "{0}, from character {1} on: recorded {2}, sent {3}", Path, at + 1, Around(recorded, at), Around(sent, at));
    }

    /// <summary>What stands around the place where two texts part.</summary>
    private static string Around(string text, int at)
    {
        int start = Whole(text, Math.Max(0, at - Before));
        int end = Whole(text, Math.Min(text.Length, at + After));
        return (start > 0 ? Cut : string.Empty) + Quoted(text.Substring(start, end - start)) + (end < text.Length ? Cut : string.Empty) + (at >= text.Length ? " (its end)" : string.Empty);
    }

    private static string Shown(string? value)
    {
        if (value is null) return "nothing";
        return value.Length <= Longest ? value : value.Substring(0, Whole(value, Longest)) + Cut;
    }

    /// <summary>Images, sound and documents are told by their kind, their size and a hash: letters of Base64 tell nobody anything.</summary>
    private string Media(string value)
    {
        const int ShortestData = 200;
        if (value.Length < ShortestData || value[0] != '"') return value;
        string text = Plain(value);
        int comma = text.StartsWith("data:", StringComparison.Ordinal) ? text.IndexOf(',', 0, Math.Min(text.Length, ShortestData)) : -1;
        string data = text.Substring(comma + 1);
        if (comma < 0 && !(Path.EndsWith(".data", StringComparison.Ordinal) || Path.EndsWith(".file_data", StringComparison.Ordinal))) return value;
        string kind = comma < 0 ? "data" : text.Substring(5, comma - 5).Replace(";base64", string.Empty);
        string hash = CanonicalRequest.Hash(data).Substring(0, 8);
        return string.Format(CultureInfo.InvariantCulture, "{0} of {1:0} bytes (SHA-256 {2}…)", kind, Math.Floor(data.TrimEnd('=').Length * 3.0 / 4), hash);
    }

    private static string Plain(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.GetString() ?? string.Empty;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // A mask may have swallowed an escape.
            return json.Trim('"');
        }
    }

    private static string Quoted(string text) => "\"" + text.Replace("\r", "\\r").Replace("\n", "\\n") + "\"";

    private static int CommonStart(string one, string other)
    {
        int most = Math.Min(one.Length, other.Length);
        int at = 0;
        while (at < most && one[at] == other[at]) at++;
        return at;
    }

    private static int CommonEnd(string one, string other, int start)
    {
        int most = Math.Min(one.Length, other.Length) - start;
        int count = 0;
        while (count < most && one[one.Length - 1 - count] == other[other.Length - 1 - count]) count++;
        return count;
    }

    /// <summary>A place that does not take a character apart.</summary>
    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
