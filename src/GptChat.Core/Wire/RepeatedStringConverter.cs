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
    private static readonly LenientStringConverter Text = new();

    private const int Slots = 8;
    private const int LongestRemembered = 128;

    [ThreadStatic]
    private static (byte[] Utf8, string Text)[]? s_recent;

    [ThreadStatic]
    private static int s_next;

    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        bool isPlain = reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && !reader.HasValueSequence && reader.ValueSpan.Length <= LongestRemembered;
        return isPlain ? Recall(ref reader) : Text.Read(ref reader, typeToConvert, options);
    }

    private static string Recall(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> utf8 = reader.ValueSpan;
        (byte[] Utf8, string Text)[] recent = s_recent ??= new (byte[], string)[Slots];
        foreach ((byte[] known, string text) in recent)
        {
            if (known is not null && utf8.SequenceEqual(known)) return text;
        }

        string added = reader.GetString()!;
        recent[s_next] = (utf8.ToArray(), added);
        s_next = (s_next + 1) % Slots;
        return added;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
