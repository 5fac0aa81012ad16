using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat.Wire;

/// <summary>
/// Reads and writes a tool call: <c>{id, type: "function", function: {name, arguments}}</c> or
/// <c>{id, type: "custom", custom: {name, input}}</c>. A call without an id gets one, since its answer must name it.
/// </summary>
internal sealed class ToolCallConverter : JsonConverter<GptToolCall>
{
    /// <summary>The kind whose payload is called <c>custom</c> and whose argument is called <c>input</c>.</summary>
    public const string Custom = "custom";

    /// <summary>The usual kind.</summary>
    public const string Function = "function";

    /// <summary>An id for a call that came without one.</summary>
    public static string NewId() => "call_" + Guid.NewGuid().ToString("N");

    /// <inheritdoc/>
    public override GptToolCall Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement call = document.RootElement;
        if (call.ValueKind != JsonValueKind.Object) throw new JsonException("A tool call is not an object.");

        bool isCustom = call.TryGetProperty(Custom, out JsonElement payload) && payload.ValueKind == JsonValueKind.Object;
        if (!isCustom) call.TryGetProperty(Function, out payload);
        string id = call.Text("id") is { Length: > 0 } given ? given : NewId();
        string type = call.Text("type") ?? (isCustom ? Custom : Function);
        return new GptToolCall(id, type, payload.Text("name") ?? string.Empty, Argument(payload, isCustom ? "input" : "arguments"));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GptToolCall value, JsonSerializerOptions options)
    {
        bool isCustom = string.Equals(value.Type, Custom, StringComparison.Ordinal);
        writer.WriteStartObject();
        writer.WriteString("id", value.Id);
        writer.WriteString("type", value.Type);
        writer.WriteStartObject(isCustom ? Custom : Function);
        writer.WriteString("name", value.Name);
        writer.WriteString(isCustom ? "input" : "arguments", value.Arguments);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Argument(JsonElement payload, string name)
    {
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(name, out JsonElement argument)) return string.Empty;
        return argument.ValueKind switch
        {
            JsonValueKind.String => JsonValues.String(argument),
            JsonValueKind.Null => string.Empty,
            _ => JsonSerializer.Serialize(argument, WireJson.Default.JsonElement),
        };
    }
}
