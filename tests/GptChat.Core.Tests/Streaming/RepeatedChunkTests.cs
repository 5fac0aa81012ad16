using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GptChat.Streaming;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Streaming;

/// <summary>A chunk that is known again by its bytes means what it means when it is read as a whole.</summary>
public sealed class RepeatedChunkTests
{
    private static readonly string[] Shapes =
    [
        Whole("\"content\":\"a\""),
        Whole("\"content\":\"bcd\""),
        Whole("\"content\":\"\""),
        Whole("\"content\":\"\\n\\\"\\u00e9\\\\\""),
        Whole("\"content\":\"\\ud83d\""),
        Whole("\"content\":\"\\ude00é\""),
        Whole("\"content\":null"),
        Whole("\"content\":5"),
        Whole("\"content\":[{\"type\":\"text\",\"text\":\"p\"}]"),
        Whole("\"content\":\"a\",\"content\":null"),
        Whole("\"content\":\"b\",\"content\":null"),
        Whole("\"content\":\"a\",\"content\":\"z\""),
        Whole("\"content\":\"b\",\"content\":\"z\""),
        Whole("\"role\":\"assistant\",\"content\":\"a\",\"refusal\":null"),
        Whole("\"content\":\"a\",\"refusal\":\"no\""),
        Whole("\"content\":\"a\",\"reasoning_content\":\"hm\""),
        Whole("\"content\":\"a\",\"later\":\"x\""),
        Whole("\"content\":\"a\",\"later\":[1]"),
        Whole("\"content\":\"a\",\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"n\",\"arguments\":\"1\"}}]"),
        Whole("\"content\":\"a\",\"audio\":{\"transcript\":\"t\"}"),
        Whole("\"content\":\"a\"", after: ",\"obfuscation\":\"xyz\",\"object\":\"chat.completion.chunk\""),
        Whole("\"content\":\"b\"", after: ",\"obfuscation\":\"\",\"object\":\"chat.completion.chunk\""),
        Whole("\"content\":\"b\"", after: ",\"obfuscation\":7,\"object\":\"chat.completion.chunk\""),
        Whole("\"content\":\"a\"", after: ",\"usage\":{\"total_tokens\":5}"),
        Whole("\"content\":\"b\"", after: ",\"usage\":{\"total_tokens\":6}"),
        Whole("\"content\":\"a\"", choice: ",\"finish_reason\":\"length\",\"content_filter_results\":{\"hate\":1}"),
        Whole("\"content\":\"a\"", choice: ",\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-0.1,\"bytes\":[97],\"top_logprobs\":[]}]}"),
        Whole("\"content\":\"a\"", index: 1),
        Whole("\"content\":\"a\"", after: ",\"provider\":\"p\",\"metadata\":{\"k\":\"v\"}"),
        "{\"obfuscation\":\"xyz\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}",
        "{\"obfuscation\":\"q\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}]}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}},{\"index\":1,\"delta\":{\"content\":\"b\"}}]}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],\"choices\":null}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"message\":{\"content\":\"m\"}}]}",
        "{\"choices\":[{\"index\":0,\"delta\":null,\"message\":{\"content\":\"m\"}}]}",
        "{\"choices\":[],\"usage\":{\"total_tokens\":7}}",
        "{\"provider\":\"q\"}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],\"error\":{\"message\":\"Broken.\"}}",
        Whole("\"content\":\"\\q\""),
        Whole("\"content\":\"a\tb\""),
        Whole("\"content\":\"a\"").Replace("}]", "}", StringComparison.Ordinal),
        Whole("\"content\":\"a\"") + "}",
        Payloads.Error("Broken."),
        "5",
        " ",
    ];

    [Fact]
    public void Every_chunk_after_every_other_says_the_same()
    {
        int known = 0;
        foreach (string first in Shapes)
        {
            foreach (string second in Shapes)
            {
                string[] stream = [first, second, first, first, second, second, first];
                var parser = new StreamEventParser();
                List<StreamEvent> events = [.. stream.Select(data => Parse(parser, data))];
                known += events.Count(one => one.Kind == StreamEventKind.Text);
                string expected = Told([.. stream.Select(data => Parse(new StreamEventParser(), data))]);
                string told = Told(events);
                if (expected != told) Assert.Fail(string.Join('\n', stream) + "\nsays\n" + told + "\ninstead of\n" + expected);
            }
        }

        Assert.True(known > 1000, "Only " + known + " were known again.");
    }

    [Fact]
    public void The_chunks_of_the_endpoint_are_known_again()
    {
        var parser = new StreamEventParser();
        List<StreamEventKind> kinds = [.. Payloads.Stream(["a", " longer one", "\"\n", "é"], new CompletionShape(), withUsage: true, withObfuscation: true).Select(data => Parse(parser, data).Kind)];
        Assert.Equal(
            [StreamEventKind.Chunk, StreamEventKind.Chunk, StreamEventKind.Text, StreamEventKind.Text, StreamEventKind.Text, StreamEventKind.Chunk, StreamEventKind.Chunk, StreamEventKind.Done],
            kinds);
    }

    private static string Whole(string delta, int index = 0, string choice = ",\"finish_reason\":null", string after = "") =>
        "{\"id\":\"i\",\"model\":\"m\",\"created\":1,\"choices\":[{\"index\":" + index + ",\"delta\":{" + delta + "}" + choice + "}]" + after + "}";

    private static StreamEvent Parse(StreamEventParser parser, string data) => parser.Parse("message", Encoding.UTF8.GetBytes(data));

    /// <summary>What the pieces show, what the whole is, and what is wrong.</summary>
    private static string Told(List<StreamEvent> events)
    {
        var assembler = new ReplyAssembler();
        var pieces = new List<GptChunk>();
        var told = new StringBuilder();
        foreach (StreamEvent current in events)
        {
            if (current.Text is not null) assembler.Add(current.Text, pieces);
            else if (current.Chunk is not null) assembler.Add(current.Chunk, pieces);
            told.Append(current.Kind == StreamEventKind.Text ? StreamEventKind.Chunk : current.Kind).Append(current.Problem).Append(current.Error?.Message).Append('\n');

            // Whoever reads a stream stops here.
            if (current.Kind is StreamEventKind.Error or StreamEventKind.Malformed) break;
        }

        foreach (GptChunk piece in pieces) told.Append(piece.Index).Append('|').Append(piece.Text).Append('|').Append(piece.Reasoning).Append('|').Append(piece.Refusal).Append('\n');
        return told.Append(Projection.Of(assembler.Build())).ToString();
    }
}
