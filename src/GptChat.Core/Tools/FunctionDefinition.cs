using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Tools;

/// <summary>Writes a tool as a request carries it.</summary>
internal static class FunctionDefinition
{
    /// <summary>The protocol's shape: <c>{type: "function", function: {name, description, parameters}}</c>.</summary>
    public static JsonElement Create(string name, string? description, JsonElement schema)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WireJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("type", ToolCallConverter.Function);
            writer.WriteStartObject(ToolCallConverter.Function);
            writer.WriteString("name", name);
            if (!string.IsNullOrWhiteSpace(description)) writer.WriteString("description", description);
            writer.WritePropertyName("parameters");
            schema.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    /// <summary>A choice of one tool, by its name.</summary>
    public static JsonElement Choice(string name)
    {
        var function = new Dictionary<string, JsonElement> { ["name"] = JsonSerializer.SerializeToElement(name, WireJson.Default.String) };
        return JsonValues.ToElement(new Dictionary<string, JsonElement>
        {
            ["type"] = JsonSerializer.SerializeToElement(ToolCallConverter.Function, WireJson.Default.String),
            [ToolCallConverter.Function] = JsonValues.ToElement(function),
        });
    }
}
