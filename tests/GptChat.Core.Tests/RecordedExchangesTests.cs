using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace GptChat.Core.Tests;

/// <summary>Real exchanges of the default endpoint, where the folder that holds them lies beside the repository.</summary>
public sealed class RecordedExchangesTests
{
    private const string Text = "d9eb05e27867d7cd31e1ab908740de2b248208fb32f2194c30029dabc71779c3";

    [RealExchangeTheory]
    [InlineData("simple")]
    [InlineData("system-message")]
    [InlineData("multi-turn")]
    [InlineData("creative-writing")]
    public async Task A_real_body_comes_back_whole(string name)
    {
        byte[] body = RealExchanges.Bytes(name + ".response.json");
        JsonElement expected = JsonElement.Parse(body);
        GptResponse response = (await InMemory.AnswerAsync(PieceStream.Whole(body), InMemory.Json, asksForStream: false)).Response;
        Assert.Equal(expected.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), response.Content);
        Assert.Equal(expected.GetProperty("id").GetString(), response.Id);
        Assert.Equal(expected.GetProperty("model").GetString(), response.Model);
        Assert.Equal(expected.GetProperty("created").GetInt64(), response.Created!.Value.ToUnixTimeSeconds());
        JsonElement usage = expected.GetProperty("usage");
        Assert.Equal(
            (usage.GetProperty("prompt_tokens").GetInt64(), usage.GetProperty("completion_tokens").GetInt64(), usage.GetProperty("total_tokens").GetInt64()),
            (response.Usage!.PromptTokens, response.Usage.CompletionTokens, response.Usage.TotalTokens));
        Assert.Equal(0, response.Usage.CompletionTokensDetails!.ReasoningTokens);
        Assert.Equal("Unified", Assert.IsType<Dictionary<string, object?>>(response.ExtensionData["gatewayMetadata"])["keySource"]);
        Assert.Equal(["gatewayMetadata"], response.ExtensionData.Keys);
        Assert.Empty(response.Message!.ExtensionData);
        Assert.Equal(("stop", "default", null), (response.FinishReason, response.ServiceTier, response.SystemFingerprint));
    }

    [RealExchangeFact]
    public async Task The_real_stream_has_its_known_numbers_however_it_is_cut()
    {
        byte[] body = RealExchanges.Bytes("streaming.response.sse");
        int[] sizes = [body.Length, 1, 2, 3, 5, 7, 11, 64, 289, 1000, 4096];
        foreach (int size in sizes)
        {
            Outcome outcome = await InMemory.AnswerAsync(PieceStream.Every(size, body));
            GptResponse response = outcome.Response;
            Assert.Equal(633, response.Content!.Length);
            Assert.Equal(Text, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(response.Content))), ignoreCase: true);
            Assert.Equal(response.Content, outcome.Text);
            Assert.Equal((16L, 156L, 172L), (response.Usage!.PromptTokens, response.Usage.CompletionTokens, response.Usage.TotalTokens));
            Assert.Equal("stop", response.FinishReason);
            Assert.Empty(response.ExtensionData);

            // 153 pieces of text and the whole; the chunks of role, finish and usage show nothing.
            Assert.Equal(154, outcome.Chunks.Count);
        }

        Assert.Equal(157, Encoding.UTF8.GetString(body).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [RealExchangeFact]
    public async Task The_real_stream_ended_after_any_event_is_a_truncation_until_it_finishes()
    {
        string[] events = Encoding.UTF8.GetString(RealExchanges.Bytes("streaming.response.sse")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        for (int count = 1; count <= 156; count++)
        {
            Outcome outcome = await InMemory.StreamAsync(string.Concat(events.Take(count).Select(item => item + "\n\n")));
            if (count < 155) outcome.FailedAs(GptErrorKind.Truncated);
            else Assert.Equal(633, outcome.Response.Content!.Length);
        }
    }
}
