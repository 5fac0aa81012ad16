using System;
using System.Text.Json;
using GptChat.Wire;

namespace GptChat.Conversations;

/// <summary>Reads a message of the protocol that people bring along: that of a file, or one that they wrote.</summary>
internal static class MessageElement
{
    /// <summary>The message.</summary>
    /// <param name="element">Its JSON.</param>
    /// <param name="place">How an error speaks of it.</param>
    /// <param name="wrong">Makes the error.</param>
    /// <exception cref="GptChatException">It is none.</exception>
    public static GptMessage Read(JsonElement element, string place, Func<string, Exception?, GptChatException> wrong)
    {
        if (element.ValueKind != JsonValueKind.Object) throw wrong(place + " is not an object", null);
        if (element.Text("role") is not { Length: > 0 } role) throw wrong(place + " has no role", null);
        if (role == Roles.Tool && string.IsNullOrEmpty(element.Text("tool_call_id"))) throw wrong(place + " answers a call of a tool and does not say which (tool_call_id)", null);
        if (element.TryGetProperty("content", out JsonElement content) && content.ValueKind is not (JsonValueKind.String or JsonValueKind.Null or JsonValueKind.Array))
        {
            throw wrong("the content of " + place + " is neither text nor a list of parts", null);
        }

        try
        {
            return element.Deserialize(WireJson.Default.GptMessage)!;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw wrong(place + " is no message of the protocol: " + failure.Message, failure);
        }
    }
}
