using System;
using System.Collections.Generic;
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
        string payloadName = isCustom ? Custom : Function;
        string argumentName = isCustom ? "input" : "arguments";
        string id = call.Text("id") is { Length: > 0 } given ? given : NewId();
        string type = call.Text("type") ?? payloadName;
        bool isRead = payload.ValueKind == JsonValueKind.Object;
        Dictionary<string, JsonElement>? inner = isRead ? Others(payload, "name", argumentName) : null;
        Dictionary<string, JsonElement>? others = Others(call, "id", "type", isRead ? payloadName : null);
        return new GptToolCall(id, type, payload.Text("name") ?? string.Empty, Argument(payload, argumentName), WithInner(others, payloadName, inner));
    }

    /// <summary>
    /// Writes a call with all that a provider added to it, which it expects to see again: Gemini refuses the next turn without the
    /// signature that it put under <c>extra_content</c>. The number of a call belongs to answers alone.
    /// </summary>
    public override void Write(Utf8JsonWriter writer, GptToolCall value, JsonSerializerOptions options)
    {
        bool isCustom = string.Equals(value.Type, Custom, StringComparison.Ordinal);
        string payload = isCustom ? Custom : Function;
        JsonElement inner = value.Extra is not null && value.Extra.TryGetValue(payload, out JsonElement found) ? found : default;
        writer.WriteStartObject();
        writer.WriteString("id", value.Id);
        writer.WriteString("type", value.Type);
        writer.WriteStartObject(payload);
        writer.WriteString("name", value.Name);
        writer.WriteString(isCustom ? "input" : "arguments", value.Arguments);
        if (inner.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in inner.EnumerateObject()) WriteOther(writer, JsonValues.Name(member), member.Value);
        }

        writer.WriteEndObject();
        foreach (KeyValuePair<string, JsonElement> member in value.Extra ?? new Dictionary<string, JsonElement>())
        {
            if (member.Key is not ("index" or Custom or Function)) WriteOther(writer, member.Key, member.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteOther(Utf8JsonWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
    }

    /// <summary>The members that are not known, those of the payload under its name; null where there are none.</summary>
    public static Dictionary<string, JsonElement>? WithInner(Dictionary<string, JsonElement>? others, string payloadName, Dictionary<string, JsonElement>? inner)
    {
        if (inner is null) return others;
        others ??= new Dictionary<string, JsonElement>();
        others[payloadName] = JsonValues.ToElement(inner);
        return others;
    }

    /// <summary>The members beside these.</summary>
    private static Dictionary<string, JsonElement>? Others(JsonElement element, params string?[] known)
    {
        Dictionary<string, JsonElement>? others = null;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = JsonValues.Name(member);
            if (Array.IndexOf(known, name) >= 0) continue;
            others ??= new Dictionary<string, JsonElement>();
            others[name] = member.Value.Clone();
        }

        return others;
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
