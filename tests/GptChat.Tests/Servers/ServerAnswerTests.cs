using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GptChat.Tests.Servers;

/// <summary>
/// Recorded exchanges of servers that differ, answered plainly and as a stream: the same answer, to the letter. A recording answers
/// both, since a body is read by what it is and not by what was asked for.
/// </summary>
public sealed class ServerAnswerTests : ModuleTest
{
    private protected override bool IsConnected => false;

    [Theory]
    [InlineData("openai", "plain", "The kettle is on.", "chatcmpl-OA0 gpt-5.1-2025-11-13 stop 9+5=14")]
    [InlineData("openai", "stream", "The cat’s on the mat. 🐈", "chatcmpl-OA1 gpt-5.1-2025-11-13 stop 9+8=17")]
    [InlineData("openai", "tools", "", "chatcmpl-OA1 gpt-5.1-2025-11-13 tool_calls ; call_a:function:get_weather({\"city\":\"Paris\"}), call_b:function:get_time({\"zone\":\"CET\"})")]
    [InlineData("openai", "custom", "", "chatcmpl-OA1 gpt-5.1-2025-11-13 tool_calls ; call_c:custom:run_sql(SELECT 1 FROM t)")]
    [InlineData("openai", "audio", "Hello", "chatcmpl-OA1 gpt-5.1-2025-11-13  ; audio audio_1 AAECAwQF 1790003600")]
    [InlineData("openai", "search", "It rained in Oslo.", "chatcmpl-OA7 gpt-5-search-api stop 20+6=26; https://weather.example/oslo 0-18")]
    [InlineData("openai", "choices", "aA", "chatcmpl-OA1 gpt-5.1-2025-11-13 stop ; 0:aA:stop, 1:bB:length; warns Choice 1: The answer is cut off: it reached the limit of tokens. Raise -MaxCompletionTokens, or ask for less.")]
    [InlineData("cloudflare", "plain", "Clouds are water.", "chatcmpl-CF0 gpt-5.1-chat-latest stop 11+4=15; MISS 0 01LOG Unified")]
    [InlineData("cloudflare", "stream", "Clouds float.", "chatcmpl-CF1 gpt-5.1-chat-latest stop 11+3=14; MISS 0 01LOG")]
    [InlineData("cloudflare", "guardrails", "Buffered and checked.", "chatcmpl-CF2 gpt-5.1-chat-latest stop 12+5=17; HIT 0 01LOG")]
    [InlineData("cloudflare", "no done", "No end mark", "chatcmpl-CF1 gpt-5.1-chat-latest stop ; MISS 0 01LOG")]
    [InlineData("azure", "plain", "Azure is a blue.", "chatcmpl-AZ0 gpt-5.1-2025-11-13 stop 7+5=12")]
    [InlineData("azure", "stream", "Azure skies.", "chatcmpl-AZ1 gpt-5.1-2025-11-13 stop 7+4=11")]
    [InlineData("azure", "filtered", "It began", "chatcmpl-AZ1 gpt-5.1-2025-11-13 content_filter ; warns content filter")]
    [InlineData("ollama", "plain", "Llamas hum.", "chatcmpl-384 qwen3:8b stop 14+9=23; thinks They ask about llamas.")]
    [InlineData("ollama", "stream", "Llamas spit.", "chatcmpl-384 qwen3:8b stop 14+11=25; thinks They ask again.")]
    [InlineData("ollama", "tools", "", "chatcmpl-384 qwen3:8b tool_calls ; call_x1:function:get_weather({\"city\":\"Lima\"})")]
    [InlineData("llamacpp", "stream", "Small models.", "chatcmpl-hY2 gpt-oss-20b.gguf stop 21+6=27; thinks Short one.")]
    [InlineData("llamacpp", "plain", "Small models fit.", "chatcmpl-hY1 gpt-oss-20b.gguf stop 21+5=26")]
    [InlineData("vllm", "running usage", "One two", "chatcmpl-9f3e served stop 10+3=13")]
    [InlineData("vllm", "plain", "Fast.", "chatcmpl-9f3d served stop 10+2=12")]
    [InlineData("sglang", "abort", "Stopped early", "chatcmpl-9f3e served abort ; warns ended with 'abort'")]
    [InlineData("openrouter", "stream", "Routed here.", "gen-1790000600-aB vendor/model-a stop 8+3=11")]
    [InlineData("deepseek", "stream", "Deep sea.", "930c60df deepseek-reasoner stop 6+9=15; thinks Thinking.")]
    [InlineData("deepseek", "plain", "Deep sea.", "930c60de deepseek-reasoner stop 6+9=15; thinks Thinking.")]
    [InlineData("lmstudio", "stream", "Studio light.", "chatcmpl-lm7 local-model stop ")]
    [InlineData("lmstudio", "plain", "Studio time.", "chatcmpl-lm6 local-model stop 5+3=8")]
    [InlineData("loose", "tools without index", "", "x loose tool_calls ; call_1:function:one({\"a\":1}), call_2:function:two({\"b\":[2]})")]
    [InlineData("loose", "no blank line", "Tight.", "x  stop ")]
    [InlineData("loose", "old function", "", "x loose function_call ; function legacy({\"x\":1})")]
    public void It_is_read_to_the_letter_plainly_and_as_a_stream(string server, string scenario, string text, string facts)
    {
        Outcome plain = Run("Invoke-GptChat $scenario -Replay $path", ("scenario", scenario), ("path", ServerRecording.Path(server)));
        PSObject reply = Assert.Single(plain.Output);
        Assert.Equal(text, reply.BaseObject);
        Assert.Equal(facts, Facts(reply.Member("Response")!, plain));

        Outcome stream = Run("Invoke-GptChat $scenario -Stream -Replay $path");
        object response = Assert.Single(stream.Output, chunk => chunk.Member("Response") is not null).Member("Response")!;
        Assert.Equal(facts, Facts(response, stream));

        // What is spoken is no text that a stream could show.
        string shown = string.Concat(stream.Output.Where(chunk => Equals(chunk.Member("Index"), 0)).Select(chunk => chunk.Member("Text")));
        Assert.Equal(text, shown);
    }

    [Theory]
    [InlineData("openai", "The cat,’s on, the mat. 🐈", "stream")]
    [InlineData("azure", "Azure, skies.", "stream")]
    [InlineData("openrouter", "Routed, here.", "stream")]
    [InlineData("deepseek", "Deep, sea.", "stream")]
    public void Comments_padding_and_filters_are_no_pieces_of_text(string server, string pieces, string scenario)
    {
        Outcome outcome = Run("Invoke-GptChat $scenario -Stream -Replay $path", ("scenario", scenario), ("path", ServerRecording.Path(server)));
        Assert.Equal(pieces, string.Join(',', outcome.Output.Select(chunk => (string)chunk.Member("Text")!).Where(piece => piece.Length > 0)));
    }

    [Fact]
    public void What_servers_add_is_kept_as_plain_values()
    {
        Assert.Equal("41.25", InvokeOne("(Invoke-GptChat 'stream' -Replay $path).Response.ExtensionData.timings.predicted_per_second", ("path", ServerRecording.Path("llamacpp"))).ToString());
        Assert.Equal("safe", InvokeOne("(Invoke-GptChat 'plain' -Replay $path).Response.ExtensionData.prompt_filter_results[0].content_filter_results.hate.severity", ("path", ServerRecording.Path("azure"))).BaseObject);
        Assert.Equal("0.00012", InvokeOne("(Invoke-GptChat 'stream' -Replay $path).Usage.ExtensionData.cost", ("path", ServerRecording.Path("openrouter"))).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -Stream | Where-Object Response")]
    public void A_call_without_an_id_gets_one_to_answer(string how)
    {
        PSObject answer = InvokeOne("Invoke-GptChat 'tools without id' -Replay $path 3>$null" + how, ("path", ServerRecording.Path("loose")));
        object call = Assert.Single(((IEnumerable)answer.Member("Response.ToolCalls")!).Cast<object>());
        Assert.Equal("one({})", call.ToString());
        Assert.StartsWith("call_", (string)call.Member("Id")!);
        Assert.True(((string)call.Member("Id")!).Length > 10);
    }

    [Fact]
    public void Every_recorded_exchange_is_tested()
    {
        var tested = new[] { typeof(ServerAnswerTests), typeof(ServerErrorTests) }
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributesData())
            .Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => ((IEnumerable)data.ConstructorArguments[0].Value!).Cast<System.Reflection.CustomAttributeTypedArgument>().Select(argument => argument.Value as string).ToArray())
            .Where(row => row.Length > 2)
            .Select(row => row[0] + "/" + row[1])
            .Append("loose/tools without id")
            .ToHashSet();
        Assert.All(Directory.GetFiles(ServerRecording.Folder, "*.jsonl").SelectMany(ServerRecording.Scenarios), scenario => Assert.Contains(scenario, tested));
    }

    private static string Facts(object response, Outcome outcome)
    {
        string usage = response.Member("Usage") is { } used ? used.Member("PromptTokens") + "+" + used.Member("CompletionTokens") + "=" + used.Member("TotalTokens") : string.Empty;
        object?[] calls = [.. ((IEnumerable)response.Member("ToolCalls")!).Cast<object>().Select(call => call.Member("Id") + ":" + call.Member("Type") + ":" + call)];
        object[] choices = [.. ((IEnumerable)response.Member("Choices")!).Cast<object>()];
        string?[] more =
        [
            calls.Length > 0 ? string.Join(", ", calls) : null,
            choices.Length > 1 ? string.Join(", ", choices.Select(choice => choice.Member("Index") + ":" + choice.Member("Message.Content") + ":" + choice.Member("FinishReason"))) : null,
            response.Member("Message.Audio") is { } audio ? "audio " + audio.Member("Id") + " " + audio.Member("Data") + " " + ((DateTimeOffset)audio.Member("ExpiresAt")!).ToUnixTimeSeconds() : null,
            response.Member("Message.FunctionCall") is { } function ? "function " + function : null,
            string.Join(", ", ((IEnumerable)response.Member("Message.Annotations")!).Cast<object>().Select(note => note + " " + note.Member("UrlCitation.StartIndex") + "-" + note.Member("UrlCitation.EndIndex"))),
            response.Member("CacheStatus") is { } cache ? cache + " " + response.Member("GatewayStep") + " " + response.Member("GatewayLogId") + KeySource(response) : null,
            response.Member("Reasoning") is string { Length: > 0 } thought ? "thinks " + thought : null,
            calls.Length == 0 ? outcome.Warnings.Select(Warned).FirstOrDefault() : null,
        ];
        string extra = string.Join("; ", more.Where(part => !string.IsNullOrEmpty(part)));
        return response.Member("Id") + " " + response.Member("Model") + " " + response.Member("FinishReason") + " " + usage + (extra.Length == 0 ? string.Empty : "; " + extra);
    }

    private static string KeySource(object response) =>
        ((IDictionary)response.Member("ExtensionData")!)["gatewayMetadata"] is IDictionary gateway ? " " + gateway["keySource"] : string.Empty;

    private static string Warned(string warning) => "warns " + (warning.Contains("content filter") ? "content filter" : warning.Contains("ended with 'abort'") ? "ended with 'abort'" : warning);
}
