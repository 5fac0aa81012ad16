using System;
using System.Text.Json;
using GptChat.Tools;

namespace GptChat;

/// <summary>A command that a model may call, with the limits within which it runs.</summary>
public sealed class GptTool
{
    private readonly JsonElement _schema;

    internal GptTool(string name, string? description, JsonElement schema, ToolRunner runner)
    {
        Name = name;
        Description = description;
        _schema = schema;
        Runner = runner;
    }

    /// <summary>The name that the model calls it by.</summary>
    public string Name { get; }

    /// <summary>What the model is told about it; null where there is nothing to tell.</summary>
    public string? Description { get; }

    /// <summary>What is run: a command, a script block, a tool of an MCP server.</summary>
    public string Source => Runner.ToString()!;

    /// <summary>Whether it changes nothing, so that it runs without being asked about.</summary>
    public bool IsReadOnly { get; internal init; }

    /// <summary>How long one call may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; internal init; }

    /// <summary>How many characters of a result the model gets to see.</summary>
    public int MaxResultLength { get; internal init; } = ToolDefaults.MaxResultLength;

    /// <summary>The JSON schema of its arguments.</summary>
    public string Schema => _schema.GetRawText();

    internal ToolRunner Runner { get; }

    internal JsonElement SchemaElement => _schema;

    internal JsonElement Definition => FunctionDefinition.Create(Name, Description, _schema);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>The limits of a tool that has none of its own.</summary>
internal static class ToolDefaults
{
    /// <summary>Characters of a result: about five thousand tokens of English.</summary>
    public const int MaxResultLength = 20_000;

    /// <summary>Seconds of one call.</summary>
    public const int TimeoutSec = 120;
}
