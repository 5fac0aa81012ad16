using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace GptChat.Schemas;

/// <summary>
/// Makes the schema that is sent from the one that is checked: what strict mode does not take is said in the description instead.
/// </summary>
internal sealed class SentSchema(bool isStrict)
{
    private readonly List<string> _remarks = new();
    private readonly List<string> _unsaid = new();

    /// <summary>What is said in words only, for the user: <c>Name: minLength</c>.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>What the model is not told of, for the user.</summary>
    public IReadOnlyList<string> Unsaid => _unsaid;

    /// <summary>A copy to send.</summary>
    public JsonObject From(JsonObject schema) => From(schema, string.Empty);

    private JsonObject From(JsonObject schema, string path)
    {
        var sent = new JsonObject();
        var words = new List<string>();
        foreach (KeyValuePair<string, JsonNode?> member in schema)
        {
            if (member.Key == SchemaWords.OwnUnsaid) _unsaid.Add(path + ": " + SchemaNodes.Text(member.Value));
            if (member.Key.StartsWith(SchemaWords.Own, System.StringComparison.Ordinal)) continue;
            switch (member.Key)
            {
                case SchemaWords.Properties or SchemaWords.Definitions or SchemaWords.OldDefinitions when member.Value is JsonObject named:
                    sent[member.Key] = Named(named, member.Key == SchemaWords.Properties ? path : string.Empty);
                    break;
                case SchemaWords.AnyOf or SchemaWords.OneOf or "allOf" when member.Value is JsonArray choices:
                    sent[isStrict && member.Key == SchemaWords.OneOf ? SchemaWords.AnyOf : member.Key] = new JsonArray(choices.Select(choice => choice is JsonObject one ? From(one, path) : choice?.DeepClone()).ToArray());
                    break;
                case SchemaWords.Items or SchemaWords.Additional or "not" when member.Value is JsonObject inner:
                    sent[member.Key] = From(inner, path + (member.Key == SchemaWords.Items ? "[]" : string.Empty));
                    break;
                default:
                    if (isStrict && InWords(member.Key, member.Value) is { } sentence)
                    {
                        if (sentence.Length == 0) break;
                        words.Add(sentence);
                        _remarks.Add((path.Length == 0 ? "the answer" : path) + ": " + Shown(member.Key, member.Value));
                        break;
                    }

                    sent[member.Key] = member.Value?.DeepClone();
                    break;
            }
        }

        foreach (string sentence in words) SchemaNodes.Describe(sent, sentence);
        return sent;
    }

    private JsonObject Named(JsonObject members, string path)
    {
        var named = new JsonObject();
        foreach (KeyValuePair<string, JsonNode?> member in members)
        {
            string inner = path.Length == 0 ? member.Key : path + "." + member.Key;
            named[member.Key] = member.Value is JsonObject schema ? From(schema, inner) : member.Value?.DeepClone();
        }

        return named;
    }

    /// <summary>What to say instead of a keyword; empty to leave it out, null to send it.</summary>
    private static string? InWords(string key, JsonNode? value)
    {
        string text = value is null ? SchemaWords.Null : SchemaNodes.Text(value) ?? value.ToJsonString();
        switch (key)
        {
            case SchemaWords.Format:
                return SchemaWords.StrictFormats.Contains(text) ? null : "Its format is " + text + ".";
            case SchemaWords.Pattern:
                return EcmaPattern.IsPortable(text) ? null : "It matches the .NET regular expression " + text + " .";
            case "minLength":
                return "At least " + text + " characters.";
            case "maxLength":
                return "At most " + text + " characters.";
            case "uniqueItems":
                return "No two items are equal.";
            case "minProperties":
                return "At least " + text + " members.";
            case "maxProperties":
                return "At most " + text + " members.";
            default:
                return SchemaWords.Strict.Contains(key) ? null : string.Empty;
        }
    }

    private static string Shown(string key, JsonNode? value) => key is SchemaWords.Format or SchemaWords.Pattern ? key + " " + SchemaNodes.Text(value) : key;
}
