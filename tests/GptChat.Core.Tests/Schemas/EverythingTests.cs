using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using GptChat.Schemas;
using Xunit;

namespace GptChat.Core.Tests.Schemas;

/// <summary>An answer with every member that the protocol knows, and with one at each level that it does not know.</summary>
public sealed class EverythingTests
{
#if NETFRAMEWORK
    // No double holds it there, so its text is kept.
    private const string Beyond = "1e400";
#else
    private const double Beyond = double.PositiveInfinity;
#endif

    private static Task<Outcome> Plain() => InMemory.PlainAsync(Fixture.Text(Fixture.Everything));

    private static Task<Outcome> Stream() => InMemory.StreamAsync(Fixture.Text(Fixture.EverythingStream));

    private static string[] Chunks() => [.. Fixture.Text(Fixture.EverythingStream).Split("data: ").Select(data => data.Trim()).Where(data => data.StartsWith('{'))];

    [Fact]
    public async Task Nothing_of_it_is_lost_and_a_stream_says_the_same()
    {
        JsonObject sent = JsonNode.Parse(Fixture.Text(Fixture.Everything))!.AsObject();
        sent["choices"] = new JsonArray([.. sent["choices"]!.AsArray().OrderBy(choice => choice!["index"]!.GetValue<int>()).Select(choice => choice!.DeepClone())]);
        Assert.Equal(Canonical.Text(sent), Projection.Of((await Plain()).Response));
        Assert.Equal(Canonical.Text(sent), Projection.Of((await Stream()).Response));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_member_is_where_a_script_looks_for_it(bool stream)
    {
        GptResponse response = (await (stream ? Stream() : Plain())).Response;
        Assert.Equal(("chatcmpl-everything", "gpt-everything", "flex", "fp_1"), (response.Id, response.Model, response.ServiceTier, response.SystemFingerprint));
        Assert.Equal(1790000000, response.Created!.Value.ToUnixTimeSeconds());
        Assert.Equal(("night", "day"), (response.Metadata!["run"], response.Metadata["Run"]));
        Assert.Equal(["tool_calls", "function_call"], response.Choices.Select(choice => choice.FinishReason));

        GptMessage message = response.Message!;
        Assert.Equal(("Two buoys 🛟.", "Not the third.", "message"), (response.Content, response.Refusal, message.ExtensionData["at_message"]));
        Assert.True(message.ExtensionData.TryGetValue("at_null", out object? nothing) && nothing is null);
        GptAnnotation note = Assert.Single(message.Annotations);
        Assert.Equal(("https://sea.example/buoys?a=%20b", "Buoys", 4, 9), (note.UrlCitation!.Url, note.UrlCitation.Title, note.UrlCitation.StartIndex, note.UrlCitation.EndIndex));
        Assert.Equal(9007199254740993, note.ExtensionData["at_annotation"]);
        Assert.Equal(["c"], Assert.IsType<object?[]>(note.UrlCitation.ExtensionData["at_citation"]));
        Assert.Equal(
            ("audio_1", "QUJDRA==", "Two buoys.", 1790003600L, "pcm"),
            (message.Audio!.Id, message.Audio.Data, message.Audio.Transcript, message.Audio.ExpiresAt!.Value.ToUnixTimeSeconds(), message.Audio.ExtensionData["at_audio"]));

        Assert.Equal(["call_1 function count({\"of\":\"buoys\"})", "call_2 custom draw(a buoy)"], response.ToolCalls.Select(call => call.Id + " " + call.Type + " " + call));
        Assert.Equal("s", Assert.IsType<Dictionary<string, object?>>(response.ToolCalls[0].ExtensionData["at_call"])["sign"]);
        Assert.Equal("p1", Assert.IsType<Dictionary<string, object?>>(response.ToolCalls[0].ExtensionData["function"])["at_payload"]);
        Assert.Equal("p2", Assert.IsType<Dictionary<string, object?>>(response.ToolCalls[1].ExtensionData["custom"])["at_payload"]);
        GptFunctionCall call = response.Choices[1].Message!.FunctionCall!;
        Assert.Equal(("look_up", "{\"word\":\"buoy\"}", "f"), (call.Name, call.Arguments, call.ExtensionData["at_function_call"]));

        GptLogprobs logprobs = response.Choices[0].Logprobs!;
        GptTokenLogprob token = Assert.Single(logprobs.Content!);
        Assert.Equal(("Two", -0.25, "t", "l"), (token.Token, token.Logprob, token.ExtensionData["at_token"], logprobs.ExtensionData["at_logprobs"]));
        Assert.Equal([84, 119, 111], token.Bytes!);
        Assert.Equal([("Two", -0.25, 1L), ("2", -9999, null)], token.TopLogprobs!.Select(top => (top.Token, top.Logprob, top.ExtensionData.GetValueOrDefault("at_top_token"))));
        Assert.Equal("Not", Assert.Single(logprobs.Refusal!).Token);

        GptUsage usage = response.Usage!;
        Assert.Equal((21, 34, 55, 0.0125), (usage.PromptTokens, usage.CompletionTokens, usage.TotalTokens, usage.ExtensionData["at_usage"]));
        GptPromptTokensDetails prompt = usage.PromptTokensDetails!;
        Assert.Equal((1, 2, 3, 4, 5, "p"), (prompt.AudioTokens, prompt.CachedTokens, prompt.TextTokens, prompt.ImageTokens, prompt.CacheWriteTokens, prompt.ExtensionData["at_prompt"]));
        GptCompletionTokensDetails completion = usage.CompletionTokensDetails!;
        Assert.Equal((6, 7, 8, 9, 10), (completion.AcceptedPredictionTokens, completion.AudioTokens, completion.ReasoningTokens, completion.TextTokens, completion.RejectedPredictionTokens));
        Assert.Equal("c", completion.ExtensionData["at_completion"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_moderation_found_is_readable(bool stream)
    {
        GptResponse response = (await (stream ? Stream() : Plain())).Response;
        Dictionary<string, object?> moderation = Assert.IsType<Dictionary<string, object?>>(response.ExtensionData["moderation"]);
        Dictionary<string, object?> input = Assert.IsType<Dictionary<string, object?>>(moderation["input"]);
        Dictionary<string, object?> result = Assert.IsType<Dictionary<string, object?>>(Assert.Single(Assert.IsType<object?[]>(input["results"])));
        Assert.Equal(true, result["flagged"]);
        Assert.Equal(0.75, Assert.IsType<Dictionary<string, object?>>(result["category_scores"])["hate/threatening"]);
        Assert.Equal("busy", Assert.IsType<Dictionary<string, object?>>(moderation["output"])["code"]);
    }

    [OfficialSchemaFact]
    public void It_is_what_the_official_schemas_allow_and_has_every_member_of_them()
    {
        string plain = Fixture.Text(Fixture.Everything);
        Assert.Empty(OfficialSchemas.AnswerErrors(plain));
        Assert.Empty(SchemaMembers.Declared(OfficialSchemas.AnswerSchema).Except(SchemaMembers.Used(JsonNode.Parse(plain))));

        // Calls of custom tools are streamed though the schema of a chunk does not know them.
        string[] chunks = Chunks();
        Assert.All(chunks.Where(chunk => !chunk.Contains("custom", StringComparison.Ordinal)), chunk => Assert.Empty(OfficialSchemas.ChunkErrors(chunk)));
        Assert.Empty(SchemaMembers.Declared(OfficialSchemas.ChunkSchema).Except(chunks.SelectMany(chunk => SchemaMembers.Used(JsonNode.Parse(chunk)))));
    }

    [Fact]
    public async Task Parts_among_streamed_text_keep_their_place_and_their_members()
    {
        const string Parts = """{"type":"image_url","image_url":{"url":"https://a.example/x.png"}},{"type":"text","text":"c","cited":[1]}""";
        GptMessage plain = (await InMemory.PlainAsync(InMemory.Plain("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"ab😀\"}," + Parts + ",{\"type\":\"text\",\"text\":\"d\"}]}"))).Response.Message!;
        Outcome stream = await InMemory.StreamAsync(InMemory.Deltas("""{"content":[{"type":"text","text":"a"}]}""", """{"content":"b\ud83d"}""", """{"content":[null,{"type":"text","text":"\ude00"},""" + Parts + "]}", """{"content":"d"}"""));
        Assert.Equal("ab😀cd", stream.Text);
        foreach (GptMessage message in new[] { plain, stream.Response.Message! })
        {
            Assert.Equal("ab😀cd", message.Content);
            Assert.Equal(["ab😀", "[image_url]", "c", "d"], message.Parts.Select(part => part.ToString()));
            Assert.Equal("https://a.example/x.png", Assert.IsType<Dictionary<string, object?>>(message.Parts[1].ExtensionData["image_url"])["URL"]);
            Assert.Equal(1L, Assert.Single(Assert.IsType<object?[]>(Assert.Single(message.Parts[2].ExtensionData).Value)));
            Assert.Empty(message.Parts[3].ExtensionData);
        }
    }

    [Fact]
    public async Task Text_cut_inside_a_character_costs_nothing_of_the_answer()
    {
        GptResponse response = (await InMemory.PlainAsync(InMemory.Plain(
            """{"content":"a","name":"\ud83d","annotations":[{"type":"\ud83d","url_citation":{"url":"u","title":"Cut \ud83d"}}],"audio":{"id":"\ud83d"},"function_call":{"name":"\ud83d"}}"""))).Response;
        Assert.Equal("Cut \ud83d", response.Message!.Annotations[0].UrlCitation!.Title);
        Assert.Equal("\ud83d", response.Message.FunctionCall!.Name);
    }

    [Fact]
    public async Task Names_that_differ_in_case_and_numbers_beyond_a_long_are_kept()
    {
        GptResponse response = (await InMemory.PlainAsync("""{"choices":[{"message":{"content":"a"}}],"x":1,"X":2,"y":{"z":18446744073709551616,"Z":1e400,"w":-0.5}}""")).Response;
        Assert.Equal((1L, 2L), (response.ExtensionData["x"], response.ExtensionData["X"]));
        Dictionary<string, object?> inner = Assert.IsType<Dictionary<string, object?>>(response.ExtensionData["y"]);
        Assert.Equal((18446744073709551616m, Beyond, -0.5), (inner["z"], inner["Z"], inner["w"]));
    }
}
