using System.Text.Json;

namespace GptChat.Wire;

/// <summary>
/// Writes a message as a request carries it. That is not what an answer carries: annotations and reasoning are refused by
/// servers when sent back, and a spoken answer is referred to by its id alone.
/// </summary>
internal static class MessageWriter
{
    private static readonly MessageContentConverter Content = new();
    private static readonly ToolCallConverter ToolCall = new();

    /// <summary>The message as UTF-8 JSON.</summary>
    public static byte[] ToUtf8(GptMessage message) => JsonBytes.Of(message, Write);

    /// <summary>Writes one message as one JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, GptMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("role", message.Role);
        if (message.Body is not null)
        {
            writer.WritePropertyName("content");
            Content.Write(writer, message.Body, WireJson.Default.Options);
        }

        WriteText(writer, "refusal", message.Refusal);
        WriteText(writer, "name", message.Name);
        WriteText(writer, "tool_call_id", message.ToolCallId);
        WriteCalls(writer, message);
        if (message.Audio?.Id is string audio)
        {
            writer.WriteStartObject("audio");
            writer.WriteString("id", audio);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteCalls(Utf8JsonWriter writer, GptMessage message)
    {
        if (message.ToolCalls.Count > 0)
        {
            writer.WriteStartArray("tool_calls");
            foreach (GptToolCall call in message.ToolCalls) ToolCall.Write(writer, call, WireJson.Default.Options);
            writer.WriteEndArray();
        }

        if (message.FunctionCall is { } function)
        {
            writer.WriteStartObject("function_call");
            writer.WriteString("name", function.Name);
            writer.WriteString("arguments", function.Arguments ?? string.Empty);
            writer.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }
}
