using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using GptChat.Benchmarks.Hosts;
using GptChat.Streaming;
using GptChat.TestServer;
using GptChat.Wire;

namespace GptChat.Benchmarks.Micro;

/// <summary>The bytes of a stream to chunks, and chunks to a reply, without a network.</summary>
public class ChunkBenchmark
{
    private const int Chunks = 1_000;
    private readonly byte[] _body = Answers.Stream(Chunks);
    private readonly byte[] _event = Encoding.UTF8.GetBytes(Payloads.ContentChunk(" word"));
    private readonly List<ChatChunk> _chunks = [.. Enumerable.Range(0, Chunks).Select(_ => new StreamEventParser().Parse("message", Encoding.UTF8.GetBytes(Payloads.ContentChunk(" word"))).Chunk!)];

    /// <summary>A thousand events, read and parsed.</summary>
    [Benchmark]
    public async Task<int> Read()
    {
        int events = 0;
        using var body = new GuardedStream(new MemoryStream(_body), Timeout.InfiniteTimeSpan, ChatStreamReader.LargestEvent, closesLastEvent: true, default);
        await foreach (StreamEvent _ in ChatStreamReader.Read(body)) events++;
        return events;
    }

    /// <summary>One event alone.</summary>
    [Benchmark]
    public object? Parse() => new StreamEventParser().Parse("message", _event).Chunk;

    /// <summary>A thousand chunks, put together.</summary>
    [Benchmark]
    public GptResponse Assemble()
    {
        var assembler = new ReplyAssembler();
        var pieces = new List<GptChunk>();
        foreach (ChatChunk chunk in _chunks)
        {
            assembler.Add(chunk, pieces);
            pieces.Clear();
        }

        return assembler.Build();
    }
}
