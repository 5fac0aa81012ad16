using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>
/// Reads a string that is the same in every chunk of a stream (id, model, tier): the last few of a thread are remembered
/// and compared as bytes, so that ten thousand chunks share one string instead of allocating ten thousand.
/// </summary>
internal sealed class RepeatedStringConverter : JsonConverter<string>
{
    private const int Slots = 8;
    private const int LongestRemembered = 128;

    [ThreadStatic]
    private static string?[]? s_recent;

    [ThreadStatic]
    private static int s_next;

    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String)
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.GetRawText();
        }

        string?[] recent = s_recent ??= new string?[Slots];
        foreach (string? known in recent)
        {
            if (known is not null && reader.ValueTextEquals(known)) return known;
        }

        string text = reader.GetString()!;
        if (text.Length <= LongestRemembered)
        {
            recent[s_next] = text;
            s_next = (s_next + 1) % Slots;
        }

        return text;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
