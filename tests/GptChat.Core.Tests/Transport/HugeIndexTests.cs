using System;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>What an index promises is not reserved. The memory counted is that of the whole process, so nothing else may run.</summary>
[Collection(SerialTests.Name)]
public sealed class HugeIndexTests : ServerTest
{
    [Theory]
    [InlineData("""{"choices":[{"index":1000000000,"delta":{"content":"a"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1000000000,"id":"a","function":{"name":"n","arguments":"{}"}}]}}]}""")]
    public async Task An_index_of_a_billion_reserves_nothing(string chunk)
    {
        Reply reply = Reply.Events(chunk, Payloads.ContentChunk("b"), Payloads.FinishChunk(), Payloads.Done);
        await SendAsync(Reply.Completion("warm"));
        long before = GC.GetTotalAllocatedBytes();
        await SendAsync(reply);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000_000);
    }
}
