using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GptChat.Tokens;

namespace GptChat.Input;

/// <summary>Parameters that are hashtables of pairs, checked by the API's rules for them.</summary>
internal static class TextPairs
{
    private const int MostMetadata = 16;
    private const int LongestMetadataKey = 64;
    private const int LongestMetadataValue = 512;
    private const int MostBias = 100;

    /// <summary>Metadata: texts by name. Numbers, dates and the like become the text that is the same on every machine.</summary>
    /// <exception cref="GptChatException">There are too many, one is too long, or one is no text.</exception>
    public static IReadOnlyDictionary<string, string>? Metadata(IDictionary? given)
    {
        if (given is null) return null;
        if (given.Count > MostMetadata) throw Invalid("-Metadata holds " + given.Count + " pairs, and providers take " + MostMetadata, "Leave some out.");
        var pairs = new Dictionary<string, string>(System.StringComparer.Ordinal);
        foreach (DictionaryEntry entry in given)
        {
            string name = Plain(entry.Key)?.ToString() ?? string.Empty;
            if (name.Length is 0 or > LongestMetadataKey) throw Invalid("-Metadata has a name of " + name.Length + " characters: '" + name + "'", "A name has 1 to " + LongestMetadataKey + " characters.");
            if (Plain(entry.Value) is not { } value || !ScalarText.TryGet(value, out string? text))
            {
                throw Invalid("-Metadata '" + name + "' is no text", "Values are texts, numbers or dates; leave the pair out where there is none.");
            }

            if (text.Length > LongestMetadataValue) throw Invalid("-Metadata '" + name + "' has " + text.Length + " characters", "A value has at most " + LongestMetadataValue + ".");
            pairs[name] = text;
        }

        return pairs;
    }

    /// <summary>How much tokens are favoured, by their id.</summary>
    /// <param name="given">From a token's id or text to a number from -100 to 100.</param>
    /// <param name="model">Whose tokens they are.</param>
    /// <exception cref="GptChatException">A text is not one token of that model, or a number is out of range.</exception>
    public static IReadOnlyDictionary<string, int>? LogitBias(IDictionary? given, string? model)
    {
        if (given is null) return null;
        var biases = new Dictionary<string, int>(System.StringComparer.Ordinal);
        foreach (DictionaryEntry entry in given)
        {
            string token = System.Convert.ToString(Plain(entry.Key), CultureInfo.InvariantCulture) ?? string.Empty;
            if (!TryBias(entry.Value, out int bias))
            {
                throw Invalid("-LogitBias of '" + token + "' is not a whole number from -100 to 100", "-100 bans the token, 100 all but forces it.");
            }

            string id = int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number.ToString(CultureInfo.InvariantCulture) : IdOf(token, model);
            if (biases.ContainsKey(id)) throw Invalid("-LogitBias names the token " + id + " twice, by its text and by its id", "Leave one of them out.");
            biases[id] = bias;
        }

        return biases;
    }

    /// <summary>PowerShell makes a 6 of 5.7, a 0 of nothing and a 1 of $true: neither was said.</summary>
    private static bool TryBias(object? value, out int bias)
    {
        bias = 0;
        object? plain = Plain(value);
        if (plain is null or bool or char || plain is string text && string.IsNullOrWhiteSpace(text)) return false;
        if (!LanguagePrimitives.TryConvertTo(plain, CultureInfo.InvariantCulture, out double number) || !(number is >= -MostBias and <= MostBias) || number % 1 != 0) return false;
        bias = (int)number;
        return true;
    }

    private static string IdOf(string token, string? model)
    {
        if (!TokenIds.IsKnown(model))
        {
            throw Invalid("-LogitBias names the token '" + token + "' by its text, and the tokens of the model '" + (model ?? "that the recording used") + "' are not known here", "Give the token's id, a whole number.");
        }

        IReadOnlyList<int> ids = TokenIds.Of(token);
        return ids.Count == 1
            ? ids[0].ToString(CultureInfo.InvariantCulture)
            : throw Invalid(
                "-LogitBias '" + token + "' is " + ids.Count + " tokens (" + string.Join(", ", ids) + ")",
                "A bias is for one token: use a shorter text, mind the space before a word (' yes' is another token than 'yes'), or give ids.");
    }

    private static object? Plain(object? value) => (value as PSObject)?.BaseObject ?? value;

    private static GptChatException Invalid(string message, string hint) => new(GptErrorKind.InvalidParameter, message) { Hint = hint };
}
