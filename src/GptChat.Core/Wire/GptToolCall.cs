using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat;

/// <summary>
/// A call of a tool that the model asks for. Nothing has run because of it. Members that a provider adds beside the name and the
/// arguments stand in ExtensionData under <c>function</c> or <c>custom</c>, as on the wire.
/// </summary>
[JsonConverter(typeof(Wire.ToolCallConverter))]
[TypeConverter(Copies.CopyType.Converter)]
public sealed class GptToolCall : GptExtensible
{
    internal GptToolCall(string id, string type, string name, string arguments, Dictionary<string, JsonElement>? extra = null)
    {
        Id = id;
        Type = type;
        Name = name;
        Arguments = arguments;
        Extra = extra;
    }

    /// <summary>The id that the tool's answer must carry.</summary>
    public string Id { get; }

    /// <summary>The kind of tool: <c>function</c>, <c>custom</c>, or what a later protocol adds.</summary>
    public string Type { get; }

    /// <summary>The tool's name.</summary>
    public string Name { get; }

    /// <summary>What the model passes: JSON text for a function (possibly invalid, models err), free text for a custom tool.</summary>
    public string Arguments { get; }

    /// <summary>For people: <c>name(arguments)</c>.</summary>
    public override string ToString() => Name + "(" + Arguments + ")";
}

/// <summary>The deprecated single call of a function, which old servers still send.</summary>
public sealed class GptFunctionCall : GptExtensible
{
    /// <summary>The function's name.</summary>
    [JsonInclude]
    public string? Name { get; internal init; }

    /// <summary>JSON text, possibly invalid.</summary>
    [JsonInclude]
    [JsonConverter(typeof(Wire.RawJsonTextConverter))]
    public string? Arguments { get; internal init; }

    /// <summary>For people: <c>name(arguments)</c>.</summary>
    public override string ToString() => Name + "(" + Arguments + ")";
}
