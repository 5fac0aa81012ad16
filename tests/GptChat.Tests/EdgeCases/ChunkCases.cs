using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.EdgeCases;

/// <summary>Chunks that carry something else than text.</summary>
public sealed class ChunkCases : EdgeCaseTest
{
    private const string Usage = """{"prompt_tokens":16,"completion_tokens":156,"total_tokens":172}""";

    [Theory]
    [EachMode]
    public void Case_22_Chunks_without_choices_break_nothing_and_bring_the_usage(string mode)
    {
        string body = Payloads.Event("""{"id":"a","choices":[],"usage":null}""") + Text("one") + Payloads.Event(Payloads.FinishChunk())
            + Payloads.Event($$"""{"usage":{{Usage}}}""") + Payloads.Event("""{"id":"a","choices":null}""") + Done;
        Call call = Ask(mode, Reply.Sse(body)).Is("one");
        Assert.Equal(16L, call.Response("Usage.PromptTokens"));
        Assert.Equal(172L, call.Response("Usage.TotalTokens"));
    }

    [Theory]
    [EachMode]
    public void Case_23_A_running_usage_counts_once(string mode)
    {
        string Chunk(string text, int tokens) => Payloads.Event(
            $$$"""{"choices":[{"index":0,"delta":{"content":"{{{text}}}"}}],"usage":{"prompt_tokens":5,"completion_tokens":{{{tokens}}},"total_tokens":{{{5 + tokens}}}}}""");
        Call call = Ask(mode, Reply.Sse(Chunk("a", 1) + Chunk("b", 2) + Chunk("c", 3) + End)).Is("abc");
        Assert.Equal(3L, call.Response("Usage.CompletionTokens"));
        Assert.Equal(8L, call.Response("Usage.TotalTokens"));
    }

    [Theory]
    [EachMode]
    public void Case_24_A_late_record_of_a_filter_changes_neither_id_nor_model_nor_time(string mode)
    {
        const string Filter = """{"id":"","model":"","created":0,"object":"","choices":[{"index":0,"finish_reason":null,"content_filter_results":{"hate":{"filtered":false}},"content_filter_offsets":{"check_offset":0}}],"usage":null}""";
        Call call = Ask(mode, Reply.Sse(Good("one").Replace(Done, string.Empty) + Payloads.Event(Filter) + Done)).Is("one");
        Assert.Equal("chatcmpl-TestServerAnswer0000000000001", call.Response("Id"));
        Assert.Equal("gpt-5.1-chat-latest", call.Response("Model"));
        Assert.Equal(1_760_000_000L, ((System.DateTimeOffset)call.Response("Created")!).ToUnixTimeSeconds());
        Assert.Equal("stop", call.Response("FinishReason"));
    }

    [Theory]
    [EachMode]
    public void Case_25_A_first_chunk_that_is_only_a_record_of_a_filter_breaks_nothing(string mode)
    {
        const string Filter = """{"id":"","model":"","created":0,"object":"","choices":[],"prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false}}}]}""";
        Call call = Ask(mode, Reply.Sse(Payloads.Event(Filter) + Good("one"))).Is("one");
        Assert.Equal("gpt-5.1-chat-latest", call.Response("Model"));
        Assert.Equal(1, Run("@($r.ExtensionData.prompt_filter_results).Count", ("r", call.Output[^1].Member("Response"))).Output[0].BaseObject);
    }
}
