using System.Text.Json;

namespace GptChat.Core.Tests;

/// <summary>Lines of a recording, as a person would write them.</summary>
internal static class ExchangeLines
{
    public static string Line(string prompt, string answer, string? cacheKey = null, string recorded = "2026-01-01T00:00:00Z") =>
        "{\"gptchat\":1,\"recorded\":\"" + recorded + "\"," + (cacheKey is null ? string.Empty : "\"cache\":\"" + cacheKey + "\",")
        + "\"request\":{\"uri\":\"u\",\"body\":{\"messages\":[{\"role\":\"user\",\"content\":" + JsonSerializer.Serialize(prompt) + "}]}},"
        + "\"response\":{\"status\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":{\"choices\":[{\"message\":{\"content\":" + JsonSerializer.Serialize(answer) + "},\"finish_reason\":\"stop\"}]}}}";
}
