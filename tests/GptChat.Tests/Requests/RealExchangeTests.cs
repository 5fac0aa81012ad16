using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Requests;

/// <summary>Natural calls send what real requests of the default endpoint hold, and real answers come back whole.</summary>
public sealed class RealExchangeTests : ModuleTest
{
    [RealExchangeTheory]
    [InlineData("simple", "Invoke-GptChat $user[0]", 169)]
    [InlineData("system-message", "Invoke-GptChat $user[0] -System $system", 121)]
    [InlineData("multi-turn", "$user[0] | New-GptMessage | ForEach-Object { $_, (New-GptMessage -Role Assistant $assistant) } | Invoke-GptChat $user[1] -MaxCompletionTokens 8192", 422)]
    [InlineData("creative-writing", "Invoke-GptChat $user[0] -MaxCompletionTokens 8192", 182)]
    public void A_plain_call_matches_and_its_answer_is_whole(string name, string script, int tokens)
    {
        JsonElement expected = Read(name + ".request.json");
        JsonElement answer = Read(name + ".response.json");
        Server.Enqueue(Reply.Json(answer.GetRawText()));
        PSObject reply = InvokeOne(script, Variables(expected));
        Request.Json.IsJson(expected.GetRawText());
        Assert.Equal(answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), reply.BaseObject);
        Assert.Equal((long)tokens, reply.Member("Usage.TotalTokens"));
        Assert.Equal("stop", reply.Member("FinishReason"));
        Assert.Equal("gpt-5.1-chat-latest", reply.Member("Model"));
    }

    [RealExchangeTheory]
    [InlineData("d9eb05e27867d7cd31e1ab908740de2b248208fb32f2194c30029dabc71779c3")]
    public void A_stream_matches_and_its_answer_is_whole(string sha256)
    {
        JsonElement expected = Read("streaming.request.json");
        Server.Enqueue(Reply.Sse(File.ReadAllBytes(Path.Combine(Repository.RealExchanges, "streaming.response.sse"))));
        IReadOnlyList<PSObject> chunks = Invoke("Invoke-GptChat $user[0] -Stream", Variables(expected));
        Request.Json.IsJson(expected.GetRawText());
        string text = string.Concat(chunks.Select(chunk => chunk.ToString()));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(154, chunks.Count);
        Assert.Equal(16L, chunks[^1].Member("Response.Usage.PromptTokens"));
        Assert.Equal(156L, chunks[^1].Member("Response.Usage.CompletionTokens"));
        Assert.Equal(172L, chunks[^1].Member("Response.Usage.TotalTokens"));
        Assert.Equal(text, chunks[^1].Member("Response.Content"));
    }

    private static JsonElement Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.RealExchanges, name)));
        return document.RootElement.Clone();
    }

    private static (string Name, object? Value)[] Variables(JsonElement request) =>
    [
        ("user", Contents(request, "user")), ("assistant", Contents(request, "assistant").FirstOrDefault()), ("system", Contents(request, "system").FirstOrDefault()),
    ];

    private static string[] Contents(JsonElement request, string role) => request.GetProperty("messages").EnumerateArray()
        .Where(message => message.GetProperty("role").GetString() == role)
        .Select(message => message.GetProperty("content").GetString()!)
        .ToArray();
}
