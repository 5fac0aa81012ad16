using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using GptChat.Tokens;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Tokens;

/// <summary>The tokens of a request's prompt, as the server will report them.</summary>
public sealed class RequestTokensTests
{
    private const string Default = "openai/gpt-5.1-chat";

    private static TokenCount Count(string? model, IReadOnlyList<GptMessage> messages, ChatParameters? parameters = null) =>
        new RequestTokens(model, null, CancellationToken.None).Count(messages, parameters);

    private static GptMessage[] Messages(JsonElement list) => list.EnumerateArray().Select(item => item.Deserialize(WireJson.Default.GptMessage)!).ToArray();

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    [RealExchangeTheory]
    [InlineData("simple")]
    [InlineData("system-message")]
    [InlineData("multi-turn")]
    [InlineData("creative-writing")]
    public void Real_answers_report_the_number(string name)
    {
        using JsonDocument request = JsonDocument.Parse(RealExchanges.Bytes(name + ".request.json"));
        using JsonDocument response = JsonDocument.Parse(RealExchanges.Bytes(name + ".response.json"));
        long reported = response.RootElement.GetProperty("usage").GetProperty("prompt_tokens").GetInt64();
        Assert.Equal(new TokenCount(reported, IsExact: true), Count(Default, Messages(request.RootElement.GetProperty("messages"))));
    }

    [RealExchangeFact]
    public void A_real_stream_reports_the_number()
    {
        using JsonDocument request = JsonDocument.Parse(RealExchanges.Bytes("streaming.request.json"));
        Assert.Equal(new TokenCount(16, IsExact: true), Count(Default, Messages(request.RootElement.GetProperty("messages"))));
    }

    [Theory]
    [InlineData("gpt-5.1-chat-latest", 7, true)]
    [InlineData("openai/gpt-5.1-chat", 7, true)]
    [InlineData("gpt-5.1-chat-2025-11-13", 7, true)]
    [InlineData("gpt-4o", 8, true)]
    [InlineData("gpt-4o-mini-2024-07-18", 8, true)]
    [InlineData("gpt-5.1", 7, false)]
    [InlineData("gpt-4.1", 8, false)]
    [InlineData("o3", 7, false)]
    [InlineData("llama3", 7, false)]
    [InlineData(null, 7, false)]
    public void The_overhead_follows_the_model_and_says_whether_it_is_known(string? model, long tokens, bool isExact) =>
        Assert.Equal(new TokenCount(tokens, isExact), Count(model, [GptMessage.FromText("user", "Hello")]));

    [Fact]
    public void Every_message_has_marks_and_the_models_own_have_two_more()
    {
        GptMessage[] talk = [GptMessage.FromText("system", "Hello"), GptMessage.FromText("user", "Hello"), GptMessage.FromText("assistant", "Hello"), GptMessage.FromText("user", "Hello")];
        Assert.Equal(new TokenCount((4 * (4 + 1)) + 2 + 2, IsExact: true), Count(Default, talk));
    }

    public static TheoryData<string> Estimated => new(
        """{"role":"user","content":"Hello","name":"ann"}""",
        """{"role":"user","content":[{"type":"text","text":"Hello"},{"type":"text","text":"Hello"}]}""",
        """{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}""",
        """{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}""",
        """{"role":"tool","tool_call_id":"c","content":"Hello"}""",
        """{"role":"assistant","content":null,"refusal":"Hello"}""");

    [Theory]
    [MemberData(nameof(Estimated))]
    public void What_providers_do_not_tell_is_an_estimate(string message)
    {
        GptMessage[] one = Messages(Json("[" + message + "]"));
        TokenCount count = Count(Default, one);
        Assert.False(count.IsExact);
        Assert.True(count.Tokens > 6, count.ToString());

        // The second time it comes from memory, and is the same.
        Assert.Equal(count, Count(Default, one));
    }

    [Fact]
    public void Tools_and_formats_count_and_are_estimates()
    {
        GptMessage[] hello = [GptMessage.FromText("user", "Hello")];
        ChatParameters tools = new() { Tools = [Json("""{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}}""")] };
        ChatParameters format = new() { ResponseFormat = Json("""{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}}""") };
        ChatParameters plain = new() { ResponseFormat = Json("""{"type":"text"}"""), Temperature = 1, MaxCompletionTokens = 5 };
        Assert.True(Count(Default, hello, tools) is { IsExact: false, Tokens: > 20 });
        Assert.True(Count(Default, hello, format) is { IsExact: false, Tokens: > 15 });
        Assert.Equal(new TokenCount(7, IsExact: true), Count(Default, hello, plain));
        Assert.False(Count(Default, hello, new ChatParameters { Extra = Json("""{"tools":[{"type":"function"}]}""") }).IsExact);
    }

    [Theory]
    [InlineData("""{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]}""", true)]
    [InlineData("""{"role":"user","content":[{"type":"file","file":{"file_id":"f"}}]}""", true)]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}""", false)]
    public void Sound_and_documents_cannot_even_be_estimated(string message, bool isUncountable)
    {
        var counter = new RequestTokens(Default, null, CancellationToken.None);
        counter.Count(Messages(Json("[" + message + "]")), null);
        Assert.Equal(isUncountable, counter.HasUncountable);
    }
}
