using System.Linq;
using System.Text.Json;

namespace GptChat.TestServer;

/// <summary>Finds the text that an echo answers with.</summary>
internal static class EchoText
{
    /// <summary>The text of the last user message of <paramref name="request"/>, or nothing.</summary>
    public static string Of(ReceivedRequest request)
    {
        if (request.Json.ValueKind != JsonValueKind.Object
            || !request.Json.TryGetProperty("messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array)
            return "";
        JsonElement last = messages.EnumerateArray().LastOrDefault(message => Member(message, "role") == "user");
        if (last.ValueKind != JsonValueKind.Object || !last.TryGetProperty("content", out JsonElement content)) return "";
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => Member(part, "text"))),
            _ => "",
        };
    }

    private static string? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
