using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat;

/// <summary>
/// A call of a tool that the model asks for, and in the log of a call that ran tools what became of it. Members that a provider adds
/// beside the name and the arguments stand in ExtensionData under <c>function</c> or <c>custom</c>, as on the wire.
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

    /// <summary>What became of it; <c>NotRun</c> where nothing was to be run.</summary>
    public GptToolOutcome Outcome { get; private init; }

    /// <summary>What the model was told of it; null where nothing was to be run.</summary>
    public string? Result { get; private init; }

    /// <summary>The number of the answer that asked for it, from 1; 0 where nothing was to be run.</summary>
    public int Round { get; private init; }

    /// <summary>When it began; null where nothing was to be run.</summary>
    public DateTimeOffset? Started { get; private init; }

    /// <summary>How long it took, the time not counted in which somebody was asked; null where nothing was to be run.</summary>
    public TimeSpan? Duration { get; private init; }

    /// <summary>The same call, with what became of it. A message keeps the call as it was asked for.</summary>
    internal GptToolCall Done(GptToolOutcome outcome, string result, int round, DateTimeOffset started, TimeSpan duration) => new(Id, Type, Name, Arguments, Extra)
    {
        Outcome = outcome,
        Result = result,
        Round = round,
        Started = started,
        Duration = duration,
    };

    /// <summary>For people: <c>name(arguments)</c>, and what became of it.</summary>
    public override string ToString() => Name + "(" + Arguments + ")" + (Outcome == GptToolOutcome.NotRun ? string.Empty : ": " + Outcome);
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
