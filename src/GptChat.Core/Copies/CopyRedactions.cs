using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using GptChat.Redaction;
using GptChat.Wire;

namespace GptChat.Copies;

/// <summary>
/// Writes and reads what was taken out, and by which rules. A conversation that travels goes on being redacted; the values that
/// its placeholders stand for stay where they are.
/// </summary>
internal static class CopyRedactions
{
    /// <summary>Writes the report of a response.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<GptRedaction> redactions)
    {
        if (redactions.Count == 0) return;
        writer.WriteStartArray("redactions");
        foreach (GptRedaction redaction in redactions)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", redaction.Kind);
            writer.WriteString("placeholder", redaction.Placeholder);
            writer.WriteNumber("count", redaction.Count);
            writer.WriteStartArray("where");
            foreach (string place in redaction.Where) writer.WriteStringValue(place);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the rules of a conversation.</summary>
    public static void Write(Utf8JsonWriter writer, ConversationRedaction? redaction)
    {
        if (redaction is null) return;
        writer.WriteStartObject("redact");
        writer.WriteNumber("kinds", (int)redaction.Rules.Kinds);
        writer.WriteStartArray("patterns");
        foreach (RedactionPattern pattern in redaction.Rules.Patterns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", pattern.Name);
            writer.WriteString("pattern", pattern.Regex.ToString());
            writer.WriteNumber("options", (int)pattern.Regex.Options);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The report of a response.</summary>
    public static IReadOnlyList<GptRedaction> Read(JsonElement copy) => CopyFacts.Items(copy, "redactions").Select(redaction => new GptRedaction(
        redaction.Text("kind") ?? string.Empty,
        redaction.Text("placeholder") ?? string.Empty,
        (int)(CopyFacts.Number(redaction, "count") ?? 0),
        CopyFacts.Items(redaction, "where").Select(JsonValues.String).ToArray())).ToArray();

    /// <summary>The rules that a conversation goes on with; null where it had none.</summary>
    /// <exception cref="FormatException">A pattern is damaged.</exception>
    public static ConversationRedaction? OfConversation(JsonElement copy)
    {
        if (!copy.TryGetProperty("redact", out JsonElement rules)) return null;
        var kinds = (GptRedactionKind)(CopyFacts.Number(rules, "kinds") ?? (int)GptRedactionKind.Secret);
        try
        {
            return new ConversationRedaction(new RedactionRules(kinds, CopyFacts.Items(rules, "patterns").Select(Pattern).ToArray()), new RedactionVault());
        }
        catch (GptChatException damage)
        {
            throw new FormatException("its patterns for redaction are damaged (" + damage.Message + ")", damage);
        }
    }

    private static RedactionPattern Pattern(JsonElement pattern) => RedactionPattern.Create(
        pattern.Text("name") ?? string.Empty, pattern.Text("pattern") ?? string.Empty, (RegexOptions)(CopyFacts.Number(pattern, "options") ?? 0), "-RedactPattern");
}
