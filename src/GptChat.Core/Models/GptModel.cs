using System;
using System.Collections.Generic;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat;

/// <summary>A model that a server lists.</summary>
public sealed class GptModel
{
    private static readonly string[] Known = { "id", "object", "created", "owned_by" };

    internal GptModel(string id, JsonElement item, string connection)
    {
        Id = id;
        Connection = connection;
        if (item.ValueKind != JsonValueKind.Object) return;
        OwnedBy = item.Text("owned_by");
        Created = item.TryGetProperty("created", out JsonElement created) && created.ValueKind == JsonValueKind.Number && created.TryGetDouble(out double seconds) && seconds is > 0 and < 100_000_000_000
            ? UnixTime.ToDate((long)seconds)
            : null;
        ExtensionData = (Dictionary<string, object?>)JsonValues.ToClr(item)!;
        foreach (string known in Known) ExtensionData.Remove(known);
    }

    /// <summary>Its name, for <c>-Model</c>.</summary>
    public string Id { get; }

    /// <summary>When it was made; null where the server does not say.</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>Whose it is, in the server's words.</summary>
    public string? OwnedBy { get; }

    /// <summary>The name of the connection that lists it.</summary>
    public string Connection { get; }

    /// <summary>Members that this version does not know, as plain values.</summary>
    public Dictionary<string, object?> ExtensionData { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name, so that a model can be given wherever one is named.</summary>
    public override string ToString() => Id;
}
