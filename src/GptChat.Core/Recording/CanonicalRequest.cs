using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GptChat.Connections;
using GptChat.Errors;
using GptChat.Wire;

namespace GptChat.Recording;

/// <summary>
/// A request reduced to what it asks: the order of members and the spelling of numbers do not matter, nor do the members that
/// say how the answer travels. Two requests that ask the same are equal as text.
/// </summary>
internal sealed class CanonicalRequest
{
    private const string Model = "model";

    // How the answer travels, not what it is: a recorded stream answers a plain call, and the other way round.
    private static readonly string[] Ignored = { "stream", "stream_options" };

    private readonly SortedDictionary<string, string> _leaves = new(StringComparer.Ordinal);

    private CanonicalRequest(JsonElement body, KeyForms[] secrets)
    {
        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (Ignored.Contains(member.Name, StringComparer.Ordinal)) continue;

            // One limit under two names: which of them goes out depends on the connection alone.
            string name = member.NameEquals(TokenLimit.MaxTokens) ? TokenLimit.MaxCompletionTokens : member.Name;
            Collect(name, member.Value, secrets);
        }
    }

    /// <summary>Whether the request names a model; one that names none matches any.</summary>
    public bool HasModel => _leaves.ContainsKey(Model);

    /// <summary>What it asks, whichever model is asked, as a hash: requests that match have the same.</summary>
    public string Key
    {
        get
        {
            byte[] text = Encoding.UTF8.GetBytes(string.Concat(_leaves.Where(leaf => leaf.Key != Model).Select(leaf => leaf.Key + "\n" + leaf.Value + "\n")));
#if NET
            return Convert.ToBase64String(SHA256.HashData(text));
#else
            using var hash = SHA256.Create();
            return Convert.ToBase64String(hash.ComputeHash(text));
#endif
        }
    }

    /// <summary>Reads the body of a request.</summary>
    /// <param name="body">The JSON object.</param>
    /// <param name="secrets">The connection's secrets, which must not be told apart from their mask.</param>
    public static CanonicalRequest From(JsonElement body, IReadOnlyList<string>? secrets = null) => new(body, KeyForms.Of(secrets ?? Array.Empty<string>()));

    /// <summary>Whether it answers a request with the same <see cref="Key"/>.</summary>
    public bool IsModelOf(CanonicalRequest sent) => !sent.HasModel || (_leaves.TryGetValue(Model, out string? recorded) && recorded == sent._leaves[Model]);

    /// <summary>How many values differ, the model left out where <paramref name="sent"/> names none.</summary>
    public IReadOnlyList<string> DifferencesFrom(CanonicalRequest sent)
    {
        var differences = new List<string>();
        foreach (string path in _leaves.Keys.Union(sent._leaves.Keys, StringComparer.Ordinal).OrderBy(path => path, StringComparer.Ordinal))
        {
            if (path == Model && !sent.HasModel) continue;
            _leaves.TryGetValue(path, out string? recorded);
            sent._leaves.TryGetValue(path, out string? now);
            if (string.Equals(recorded, now, StringComparison.Ordinal)) continue;
            differences.Add(string.Format(CultureInfo.InvariantCulture, "{0}: recorded {1}, sent {2}", path, Shown(recorded), Shown(now)));
        }

        return differences;
    }

    private static string Shown(string? value)
    {
        const int Longest = 60;
        if (value is null) return "nothing";
        return value.Length <= Longest ? value : value.Substring(0, Longest) + "…";
    }

    private void Collect(string path, JsonElement value, KeyForms[] secrets)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                foreach (JsonProperty member in value.EnumerateObject()) Collect(path + "." + member.Name, member.Value, secrets);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray()) Collect(path + "[" + (index++).ToString(CultureInfo.InvariantCulture) + "]", item, secrets);
                break;
            case JsonValueKind.Number:
                _leaves[path] = value.TryGetInt64(out long whole) ? whole.ToString(CultureInfo.InvariantCulture) : value.GetDouble().ToString("R", CultureInfo.InvariantCulture);
                break;
            default:
                _leaves[path] = KeyMask.InContent(Text(value), secrets);
                break;
        }
    }

    private static string Text(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions)) value.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
