using System;
using System.Globalization;
using System.Text.Json;
using GptChat.Conversations;
using GptChat.Wire;

namespace GptChat.Copies;

/// <summary>Writes and reads what the turns of a conversation send unless a call says otherwise.</summary>
internal static class CopySettings
{
    private const string Member = "defaults";

    /// <summary>Writes them; nothing where there are none.</summary>
    public static void Write(Utf8JsonWriter writer, ConversationDefaults settings)
    {
        if (settings == ConversationDefaults.None) return;
        writer.WriteStartObject(Member);
        foreach (System.Collections.Generic.KeyValuePair<string, object> setting in settings.ToDictionary())
        {
            writer.WriteString(setting.Key, setting.Value is double number ? number.ToString("R", CultureInfo.InvariantCulture) : Convert.ToString(setting.Value, CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">One of them is damaged.</exception>
    public static ConversationDefaults Read(JsonElement copy)
    {
        if (!copy.TryGetProperty(Member, out JsonElement settings)) return ConversationDefaults.None;
        return new ConversationDefaults
        {
            Temperature = Number(nameof(ConversationDefaults.Temperature)),
            TopP = Number(nameof(ConversationDefaults.TopP)),
            MaxCompletionTokens = (int?)Number(nameof(ConversationDefaults.MaxCompletionTokens)),
            ReasoningEffort = settings.Text(nameof(ConversationDefaults.ReasoningEffort)),
            AnswerVerbosity = settings.Text(nameof(ConversationDefaults.AnswerVerbosity)),
            ContextPolicy = Enum.TryParse(settings.Text(nameof(ConversationDefaults.ContextPolicy)), out GptContextPolicy policy) ? policy : null,
            ContextWindow = (int?)Number(nameof(ConversationDefaults.ContextWindow)),
        };

        double? Number(string name) => settings.Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
