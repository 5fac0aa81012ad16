using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GptChat;

/// <summary>A part of an answer that keeps what it does not know, so that what a provider adds is never lost.</summary>
public abstract class GptExtensible
{
    private protected GptExtensible()
    {
    }

    /// <summary>Members that this version does not know, as plain values: <c>$response.ExtensionData.gatewayMetadata.keySource</c>.</summary>
    [JsonIgnore]
    public Dictionary<string, object?> ExtensionData => Wire.JsonValues.ToClr(Extra);

    [JsonExtensionData]
    [JsonInclude]
    internal Dictionary<string, JsonElement>? Extra { get; set; }
}
