using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using GptChat.Wire;

namespace GptChat.Redaction;

/// <summary>
/// Writes and reads by which rules a conversation is redacted, wherever it goes. The values that its placeholders stand for are not
/// written: they stay where they are.
/// </summary>
internal static class RedactionRulesJson
{
    private const string Member = "redact";

    /// <summary>Writes the rules as a member; nothing where there are none.</summary>
    public static void Write(Utf8JsonWriter writer, ConversationRedaction? redaction)
    {
        if (redaction is null) return;
        writer.WriteStartObject(Member);
        writer.WriteString("kinds", redaction.Rules.Kinds.ToString());
        writer.WriteStartArray("patterns");
        foreach (RedactionPattern pattern in redaction.Rules.Patterns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", pattern.Name);
            writer.WriteString("pattern", pattern.Regex.ToString());
            writer.WriteString("options", pattern.Regex.Options.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The rules that a conversation goes on with; null where it had none.</summary>
    /// <param name="owner">What has the member.</param>
    /// <exception cref="FormatException">They are damaged. To go on without them would send what was not to be sent.</exception>
    public static ConversationRedaction? Read(JsonElement owner)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(Member, out JsonElement rules) || rules.ValueKind == JsonValueKind.Null) return null;
        if (rules.ValueKind != JsonValueKind.Object) throw new FormatException("its rules for redaction are not an object");
        GptRedactionKind kinds = Word(rules, "kinds", GptRedactionKind.Secret);
        if ((kinds & ~GptRedactionKind.All) != 0) throw Unknown("kinds", rules.Text("kinds"));
        try
        {
            return new ConversationRedaction(new RedactionRules(kinds, Patterns(rules).ToArray()), new RedactionVault());
        }
        catch (GptChatException damage)
        {
            throw new FormatException("its patterns for redaction are damaged (" + damage.Message + ")", damage);
        }
    }

    private static IEnumerable<RedactionPattern> Patterns(JsonElement rules)
    {
        if (!rules.TryGetProperty("patterns", out JsonElement list)) yield break;
        if (list.ValueKind != JsonValueKind.Array) throw new FormatException("its patterns for redaction are not a list");
        foreach (JsonElement pattern in list.EnumerateArray())
        {
            if (pattern.ValueKind != JsonValueKind.Object) throw new FormatException("a pattern for redaction is not an object");
            yield return RedactionPattern.Create(pattern.Text("name") ?? RedactionPattern.DefaultName, pattern.Text("pattern") ?? string.Empty, Word(pattern, "options", RegexOptions.None), "-RedactPattern");
        }
    }

    private static T Word<T>(JsonElement owner, string name, T otherwise)
        where T : struct
    {
        if (!owner.TryGetProperty(name, out _)) return otherwise;
        string? text = owner.Text(name);
        return Enum.TryParse(text, ignoreCase: true, out T value) ? value : throw Unknown(name, text);
    }

    private static FormatException Unknown(string name, string? text) => new("its rules for redaction have the " + name + " '" + text + "', which this module does not know");
}
