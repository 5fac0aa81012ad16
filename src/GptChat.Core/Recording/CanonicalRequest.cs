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
using GptChat.Schemas;
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
    private static readonly string[] Travel = { "stream", "stream_options" };

    // Who asks and under which label: they name a person, a machine or a run, and no answer depends on them.
    private static readonly string[] Labels = { "metadata", "prompt_cache_key", "safety_identifier", "user" };

    private readonly SortedDictionary<string, string> _leaves = new(StringComparer.Ordinal);

    private CanonicalRequest(JsonElement body, bool hasLabels, Func<string, string> mask)
    {
        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (Travel.Contains(member.Name, StringComparer.Ordinal) || (!hasLabels && Labels.Contains(member.Name, StringComparer.Ordinal))) continue;

            // One limit under two names: which of them goes out depends on the connection alone.
            string name = member.NameEquals(TokenLimit.MaxTokens) ? TokenLimit.MaxCompletionTokens : Name(member.Name);
            Collect(name, member.Value, mask);
        }
    }

    /// <summary>The model that is asked, as JSON; null where none is named.</summary>
    public string? ModelText => _leaves.TryGetValue(Model, out string? model) ? model : null;

    /// <summary>Its values by their places, in order.</summary>
    public IReadOnlyDictionary<string, string> Leaves => _leaves;

    /// <summary>What it asks, whichever model is asked, as a hash: requests that match have the same.</summary>
    public string Key => Hash(string.Concat(_leaves.Where(leaf => leaf.Key != Model).Select(leaf => leaf.Key + "\n" + leaf.Value + "\n")));

    /// <summary>Reads the body of a request for a recording: what labels it does not count.</summary>
    /// <param name="body">The JSON object.</param>
    /// <param name="secrets">The connection's secrets, which must not be told apart from their mask.</param>
    public static CanonicalRequest From(JsonElement body, IReadOnlyList<string>? secrets = null) => new(body, hasLabels: false, Masking(secrets));

    /// <summary>Reads the body of a request; all counts but how its answer travels.</summary>
    /// <param name="body">The JSON object.</param>
    /// <param name="secrets">The connection's secrets, which must not be told apart from their mask.</param>
    public static CanonicalRequest Exact(JsonElement body, IReadOnlyList<string>? secrets) => new(body, hasLabels: true, Masking(secrets));

    /// <summary>Reads the body of a request, secrets included: for a hash alone, whose requests may differ in nothing but a key that they ask about.</summary>
    public static CanonicalRequest Unmasked(JsonElement body) => new(body, hasLabels: true, text => text);

    /// <summary>Whether a recorded model is the one that is asked; a request that names none matches any.</summary>
    public bool IsModel(string? recorded) => ModelText is not { } asked || recorded == asked;

    /// <summary>Every value that differs from a request that is sent, the model left out where that names none.</summary>
    public IReadOnlyList<string> DifferencesFrom(CanonicalRequest sent) => RequestDifference.Between(this, sent).Select(difference => difference.ToString()).ToArray();

    /// <summary>A hash of a text.</summary>
    public static string Hash(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
#if NET
        return Convert.ToBase64String(SHA256.HashData(bytes));
#else
        using var hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(bytes));
#endif
    }

    private static Func<string, string> Masking(IReadOnlyList<string>? secrets)
    {
        KeyForms[] forms = KeyForms.Of(secrets ?? Array.Empty<string>());
        return text => KeyMask.InContent(text, forms);
    }

    private void Collect(string path, JsonElement value, Func<string, string> mask)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                foreach (JsonProperty member in value.EnumerateObject()) Collect(path + "." + Name(member.Name), member.Value, mask);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray()) Collect(path + "[" + (index++).ToString(CultureInfo.InvariantCulture) + "]", item, mask);
                break;
            case JsonValueKind.Number:
                _leaves[path] = value.TryGetInt64(out long whole) ? whole.ToString(CultureInfo.InvariantCulture) : JsonNumber.ToDouble(value).ToString("R", CultureInfo.InvariantCulture);
                break;
            default:
                _leaves[path] = mask(Text(value));
                break;
        }
    }

    /// <summary>A name as it stands in a path: one that holds the path's own marks is quoted, or two requests would look the same.</summary>
    private static string Name(string name) => name.Length > 0 && name.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '$') ? name : "'" + name.Replace("'", "''").Replace("\n", "\\n") + "'";

    private static string Text(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions)) value.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
