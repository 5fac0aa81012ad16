using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace GptChat.TestServer.Scripting;

/// <summary>The members of a described reply, with a note of those that have been read.</summary>
internal sealed class ScriptMembers(JsonElement description)
{
    private readonly HashSet<string> _read = [];

    /// <summary>The members that nobody has read.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Rest() =>
        description.EnumerateObject().Where(member => !_read.Contains(member.Name)).Select(member => (member.Name, member.Value));

    public JsonElement? Optional(string name)
    {
        _read.Add(name);
        return description.TryGetProperty(name, out JsonElement value) ? value : null;
    }

    public JsonElement Required(string name) => Optional(name) ?? throw new FormatException($"The member '{name}' is missing.");

    public string? OptionalString(string name) => Optional(name)?.GetString();

    public string String(string name) => Required(name).GetString() ?? throw new FormatException($"The member '{name}' is null.");

    public int Integer(string name) => Required(name).GetInt32();
}
