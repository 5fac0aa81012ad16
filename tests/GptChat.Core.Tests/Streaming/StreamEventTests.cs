using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Streaming;

/// <summary>Events that are no plain piece of text: names, pings, errors, empty ones.</summary>
public sealed class StreamEventTests
{
    private const string End = "data: [DONE]\n\n";

    private static string Piece(string text) => Payloads.Event(Payloads.ContentChunk(text));

    private static string Finish => Payloads.Event(Payloads.FinishChunk());

    [Fact]
    public async Task The_role_chunk_shows_nothing()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.Events(Payloads.RoleChunk(), Payloads.ContentChunk("a"), Payloads.FinishChunk()) + End);
        Assert.Equal(["a", ""], outcome.Chunks.Select(chunk => chunk.Text));
        Assert.Equal("assistant", outcome.Response.Message!.Role);
    }

    [Theory]
    [InlineData("{\"success\":false,\"errors\":[{\"code\":1200,\"message\":\"too many\"}],\"messages\":[]}")]
    [InlineData("{\"detail\":\"too many\"}")]
    public async Task An_envelope_without_a_member_error_is_a_failure_too(string envelope)
    {
        Outcome outcome = await InMemory.StreamAsync(Piece("a") + Payloads.Event(envelope) + End);
        GptChatException failure = outcome.FailedAs(GptErrorKind.StreamError);
        Assert.Contains("too many", failure.Message, System.StringComparison.Ordinal);
        Assert.Equal("a", failure.PartialText);
    }

    [Theory]
    [InlineData("event: ping\n\n")]
    [InlineData("event: ping\ndata:\n\n")]
    [InlineData("data\n\n")]
    [InlineData("data:  \t\n\n")]
    public async Task An_event_without_data_does_not_name_or_end_the_next_one(string empty)
    {
        Outcome outcome = await InMemory.StreamAsync(Piece("a") + empty + Piece("b") + empty + Finish + empty + End);
        Assert.Equal("ab", outcome.Response.Content);
    }

    [Theory]
    [InlineData("{\"status\":\"thinking\"}")]
    [InlineData("[1,2]")]
    [InlineData("5")]
    [InlineData("still here")]
    [InlineData("ok\ndata: {")]
    public async Task An_unknown_event_with_unknown_data_is_passed_over(string data)
    {
        Outcome outcome = await InMemory.StreamAsync(Piece("a") + "event: progress\ndata: " + data + "\n\n" + Piece("b") + Finish + End);
        Assert.Equal("ab", outcome.Response.Content);
    }

    [Theory]
    [InlineData("progress")]
    [InlineData("error")]
    public async Task An_event_that_holds_a_chunk_counts_under_any_name(string name)
    {
        Outcome outcome = await InMemory.StreamAsync(Piece("a") + "event: " + name + "\n" + Piece("b") + Finish + End);
        Assert.Equal("ab", outcome.Response.Content);
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"boom\",\"code\":null}}")]
    [InlineData("{\"error\":\"boom\"}")]
    [InlineData("{\"object\":\"error\",\"message\":\"boom\",\"type\":\"server_error\",\"code\":500}")]
    public async Task A_reported_error_fails_the_stream_whatever_follows(string error)
    {
        Outcome outcome = await InMemory.StreamAsync(string.Concat("abcde".Select(c => Piece(c.ToString()))) + Payloads.Event(error) + Piece("f") + Finish + End);
        GptChatException failure = outcome.FailedAs(GptErrorKind.StreamError);
        Assert.StartsWith("boom", failure.Message, System.StringComparison.Ordinal);
        Assert.Equal("abcde", failure.PartialText);
        Assert.Equal("abcde", outcome.Text);
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"boom\"}}", "boom")]
    [InlineData("{\"message\":\"boom\",\"type\":\"x\"}", "boom")]
    [InlineData("{\"error\":{}}", "{}")]
    [InlineData("\"boom\"", "boom")]
    [InlineData("boom", "boom")]
    [InlineData("7", "7")]
    [InlineData("null", "null")]
    [InlineData("{}", "reported a failure")]
    public async Task An_event_named_error_is_an_error_in_every_shape(string data, string shown)
    {
        Outcome outcome = await InMemory.StreamAsync(Piece("a") + "event: error\ndata: " + data + "\n\n" + End);
        GptChatException failure = outcome.FailedAs(GptErrorKind.StreamError);
        Assert.Contains(shown, failure.Message, System.StringComparison.Ordinal);
        Assert.Equal("a", failure.PartialText);
    }

    [Fact]
    public async Task A_chunk_that_brings_text_and_an_error_keeps_the_text()
    {
        const string Chunk = """{"id":"1","choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"error"}],"error":{"code":502,"message":"Upstream lost"}}""";
        Outcome outcome = await InMemory.StreamAsync(Piece("a") + Payloads.Event(Chunk) + End);
        GptChatException failure = outcome.FailedAs(GptErrorKind.StreamError);
        Assert.Equal("ab", failure.PartialText);
        Assert.Equal("502", failure.Code);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("\"\"")]
    [InlineData("0")]
    public async Task An_error_member_that_says_nothing_is_none(string nothing)
    {
        string chunk = """{"error":NOTHING,"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}""".Replace("NOTHING", nothing, System.StringComparison.Ordinal);
        Assert.Equal("a", (await InMemory.StreamAsync(Payloads.Event(chunk) + End)).Response.Content);
        Assert.Equal("a", (await InMemory.PlainAsync(chunk.Replace("delta", "message", System.StringComparison.Ordinal))).Response.Content);
    }

    [Fact]
    public async Task Chunks_without_choices_are_no_obstacle()
    {
        Outcome outcome = await InMemory.StreamAsync(
            Payloads.Event("""{"id":"","object":"","model":"","created":0,"choices":[],"prompt_filter_results":[{"prompt_index":0}]}""")
            + Payloads.Event("""{"choices":[],"usage":null}""")
            + Piece("a") + Finish
            + Payloads.Event("""{"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}""") + End);
        Assert.Equal(7, outcome.Response.Usage!.TotalTokens);
        Assert.Equal("a", outcome.Response.Content);
    }

    [Fact]
    public async Task The_last_usage_counts_and_is_not_summed()
    {
        static string Counting(int tokens) =>
            $$$"""{"choices":[{"index":0,"delta":{"content":"x"}}],"usage":{"prompt_tokens":5,"completion_tokens":{{{tokens}}},"total_tokens":{{{5 + tokens}}}}}""";
        Outcome outcome = await InMemory.StreamAsync(InMemory.Events(Counting(1), Counting(2), Counting(3), """{"choices":[],"usage":null}""") + Finish + End);
        Assert.Equal((5, 3, 8), (outcome.Response.Usage!.PromptTokens, outcome.Response.Usage.CompletionTokens, outcome.Response.Usage.TotalTokens));
    }

    [Fact]
    public async Task A_filter_chunk_does_not_overwrite_id_and_model()
    {
        const string Filter = """{"id":"","object":"","created":0,"model":"","choices":[{"index":0,"finish_reason":null,"content_filter_results":{"hate":{"filtered":false}},"content_filter_offsets":{"start_offset":0}}]}""";
        Outcome outcome = await InMemory.StreamAsync(Payloads.Event(Filter) + Piece("a") + Payloads.Event(Filter) + Finish + End);
        GptResponse response = outcome.Response;
        Assert.Equal("chatcmpl-TestServerAnswer0000000000001", response.Id);
        Assert.Equal("gpt-5.1-chat-latest", response.Model);
        Assert.Equal(1_760_000_000, response.Created!.Value.ToUnixTimeSeconds());
        Assert.Contains("content_filter_results", response.Choices[0].ExtensionData.Keys);
    }

    [Fact]
    public async Task Padding_is_nowhere_in_the_answer()
    {
        Outcome outcome = await InMemory.StreamAsync(InMemory.TextStream("a"));
        Assert.DoesNotContain("obfuscation", Projection.Of(outcome.Response), System.StringComparison.Ordinal);
        Assert.Empty(outcome.Response.ExtensionData);
    }

    [Fact]
    public async Task A_whole_message_in_an_event_is_taken_as_a_delta()
    {
        const string Whole = """{"choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}]}""";
        Assert.Equal("a", (await InMemory.StreamAsync(Payloads.Event(Whole) + End)).Response.Content);
    }
}
