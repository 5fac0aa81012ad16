#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using GptChat.Errors;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Auditing;

/// <summary>
/// What was said, for traces: only where the variable asks for it that OpenTelemetry has for this. It is what was sent, so what
/// redaction took out is not in it, and neither are keys or the bytes of images and sound.
/// </summary>
internal static class TraceContent
{
    /// <summary>The variable.</summary>
    public const string Variable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private static readonly string[] Yes = { "true", "1", "span_only", "span_and_event" };

    /// <summary>Whether it is asked for.</summary>
    public static bool IsWanted => IsYes(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Whether a value of the variable asks for it on activities.</summary>
    public static bool IsYes(string? value) => value is not null && Yes.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The messages of a request and of its answer, under the convention's names.</summary>
    public static IEnumerable<(string Name, string Json)> Of(ChatCall call, GptResponse? response)
    {
        IReadOnlyList<string> secrets = call.RevealSecrets();
        using JsonDocument body = JsonDocument.Parse(call.Body.ToArray());
        JsonElement messages = body.RootElement.GetProperty("messages");
        yield return ("gen_ai.input.messages", KeyMask.InContent(Array(writer =>
        {
            foreach (JsonElement message in messages.EnumerateArray()) Write(writer, message, null);
        }), secrets));
        if (response is null) yield break;
        yield return ("gen_ai.output.messages", KeyMask.InContent(Array(writer =>
        {
            foreach (GptChoice choice in response.Choices.Where(choice => choice.Message is not null))
            {
                using JsonDocument message = JsonDocument.Parse(choice.Message!.Utf8);
                Write(writer, message.RootElement, choice.FinishReason);
            }
        }), secrets));
    }

    private static string Array(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions))
        {
            writer.WriteStartArray();
            write(writer);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement message, string? finishReason)
    {
        string role = message.Text("role") ?? Roles.Assistant;
        writer.WriteStartObject();
        writer.WriteString("role", role);
        writer.WriteStartArray("parts");
        if (message.Text("tool_call_id") is { } answered) Part(writer, "tool_call_response", ("id", answered), ("response", ContentText(message)));
        else if (message.TryGetProperty("content", out JsonElement content)) WriteContent(writer, content);
        if (message.Text("refusal") is { } refusal) Part(writer, "refusal", ("content", refusal));
        if (message.TryGetProperty("tool_calls", out JsonElement calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement call in calls.EnumerateArray()) WriteCall(writer, call);
        }

        writer.WriteEndArray();
        if (finishReason is not null) writer.WriteString("finish_reason", finishReason);
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String) Part(writer, "text", ("content", JsonValues.String(content)));
        if (content.ValueKind != JsonValueKind.Array) return;
        foreach (JsonElement part in content.EnumerateArray())
        {
            // Of images, sound and files the kind has to do.
            if (part.Text("text") is { } text) Part(writer, "text", ("content", text));
            else Part(writer, part.Text("type") ?? "unknown");
        }
    }

    private static void WriteCall(Utf8JsonWriter writer, JsonElement call)
    {
        JsonElement called = call.TryGetProperty("function", out JsonElement function) ? function : call.TryGetProperty("custom", out JsonElement custom) ? custom : default;
        Part(writer, "tool_call", ("id", call.Text("id")), ("name", called.Text("name")), ("arguments", called.Text("arguments") ?? called.Text("input")));
    }

    private static string? ContentText(JsonElement message) => message.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.Array
        ? string.Concat(content.EnumerateArray().Select(part => part.Text("text")))
        : message.Text("content");

    private static void Part(Utf8JsonWriter writer, string type, params (string Name, string? Value)[] members)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        foreach ((string name, string? value) in members)
        {
            if (value is not null) writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }
}
#endif
