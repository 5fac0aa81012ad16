using System.Collections.Generic;
using System.Text.Json;

namespace GptChat.Wire;

/// <summary>The members of a request beside its messages. What is null is not sent: never a null, never a copy of a default.</summary>
internal sealed class ChatParameters
{
    public string? Model { get; set; }

    public double? Temperature { get; set; }

    public double? TopP { get; set; }

    /// <summary>The limit under its old name, for servers that know no other.</summary>
    public int? MaxTokens { get; set; }

    /// <summary>The limit, reasoning tokens included.</summary>
    public int? MaxCompletionTokens { get; set; }

    public double? FrequencyPenalty { get; set; }

    public double? PresencePenalty { get; set; }

    public bool? Stream { get; set; }

    public JsonElement? StreamOptions { get; set; }

    public IReadOnlyList<JsonElement>? Tools { get; set; }

    public JsonElement? ToolChoice { get; set; }

    public JsonElement? ResponseFormat { get; set; }

    public IReadOnlyList<string>? Modalities { get; set; }

    public JsonElement? Audio { get; set; }
}
