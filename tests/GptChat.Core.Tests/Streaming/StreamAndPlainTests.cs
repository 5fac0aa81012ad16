using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Streaming;

/// <summary>A stream ends in the same answer as the plain body that says the same.</summary>
public sealed class StreamAndPlainTests
{
    [Fact]
    public async Task The_lighthouse_says_the_same_both_ways()
    {
        Outcome stream = await InMemory.StreamAsync(Fixture.Text(Fixture.Stream));
        Outcome plain = await InMemory.PlainAsync(Fixture.Text(Fixture.Plain).Replace("\"gatewayMetadata\": {", "\"x\": 1, \"y\": {", System.StringComparison.Ordinal));
        GptResponse expected = plain.Response;
        Assert.Equal(["x", "y"], expected.ExtensionData.Keys);
        Assert.Equal(Projection.Of(stream.Response), Projection.Of(WithoutExtras(expected)));
        Assert.Equal(154, stream.Chunks.Count);
        Assert.Equal(expected.Content, stream.Text);
        Assert.Equal((14, 156, 170), (stream.Response.Usage!.PromptTokens, stream.Response.Usage.CompletionTokens, stream.Response.Usage.TotalTokens));
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":"Héllo 😀","refusal":null}""", """{"role":"assistant","content":"","refusal":null}|{"content":"Hé"}|{"content":"llo "}|{"content":"\ud83d"}|{"content":"\ude00"}""")]
    [InlineData("""{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"n","arguments":"{\"x\":1}"}},{"id":"b","type":"custom","custom":{"name":"m","input":"text"}}]}""", """{"role":"assistant","content":null}|{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"n","arguments":""}}]}|{"tool_calls":[{"index":1,"id":"b","type":"custom","custom":{"name":"m","input":"te"}}]}|{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":1}"}},{"index":1,"custom":{"input":"xt"}}]}""")]
    [InlineData("""{"role":"assistant","content":"a","reasoning_content":"hmm"}""", """{"reasoning_content":"h"}|{"reasoning_content":"mm"}|{"role":"assistant","content":"a"}""")]
    [InlineData("""{"role":"assistant","content":"a","reasoning":"hmm","thought":"yes","steps":[1,2]}""", """{"reasoning":"hmm","thought":"y"}|{"content":"a","thought":"es","steps":[1]}|{"steps":[2]}""")]
    [InlineData("""{"role":"assistant","content":"a","annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example","title":"A","start_index":0,"end_index":1},"more":1}]}""", """{"role":"assistant","content":"a"}|{"annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example","title":"A","start_index":0,"end_index":1},"more":1}]}""")]
    [InlineData("""{"role":"assistant","content":null,"audio":{"id":"audio_1","data":"QUJD","transcript":"Hi","expires_at":5}}""", """{"role":"assistant","audio":{"id":"audio_1","transcript":"H"}}|{"audio":{"data":"QU"}}|{"audio":{"data":"JD","transcript":"i"}}|{"audio":{"expires_at":5}}""")]
    [InlineData("""{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}}""", """{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{"}}|{"function_call":{"arguments":"}"}}""")]
    [InlineData("""{"role":null,"content":"a"}""", """{"role":null,"content":"a"}""")]
    public async Task A_message_is_the_same_both_ways(string message, string deltas)
    {
        const string Around = """{"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"m","choices":[CHOICE]}""";
        string Body(string choice) => Around.Replace("CHOICE", choice, System.StringComparison.Ordinal);
        string events = "";
        foreach (string delta in deltas.Split('|')) events += Payloads.Event(Body("{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}"));
        events += InMemory.Events(Body("""{"index":0,"delta":{},"finish_reason":"stop"}"""), Payloads.Done);
        Outcome stream = await InMemory.StreamAsync(events);
        Outcome plain = await InMemory.PlainAsync(Body("{\"index\":0,\"message\":" + message + ",\"finish_reason\":\"stop\"}"));
        Assert.Equal(Projection.Of(plain.Response), Projection.Of(stream.Response));
    }

    [Theory]
    [InlineData("\"id\":\"x\",\"id2\":1")]
    [InlineData("\"id\":5")]
    [InlineData("\"model\":7")]
    [InlineData("\"service_tier\":null")]
    [InlineData("\"service_tier\":{\"a\":1}")]
    [InlineData("\"system_fingerprint\":12")]
    [InlineData("\"created\":1760000000.0")]
    [InlineData("\"created\":\"1760000000\"")]
    [InlineData("\"created\":null")]
    [InlineData("\"created\":1e400")]
    [InlineData("\"created\":{}")]
    [InlineData("\"usage\":{\"prompt_tokens\":\"1\",\"completion_tokens\":2.0,\"total_tokens\":null,\"prompt_tokens_details\":null}")]
    [InlineData("\"metadata\":null")]
    [InlineData("\"moderation\":{\"input\":[]}")]
    public async Task Odd_members_around_the_choices_are_read_alike(string member)
    {
        Outcome plain = await InMemory.PlainAsync("{" + member + ",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\"},\"finish_reason\":\"stop\"}]}");
        Outcome stream = await InMemory.StreamAsync(Payloads.Event("{" + member + ",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}"));
        Assert.Equal("a", plain.Response.Content);
        Assert.Equal(Projection.Of(plain.Response), Projection.Of(stream.Response));
    }

    private static GptResponse WithoutExtras(GptResponse response)
    {
        response.Extra!.Clear();
        return response;
    }
}
