using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Streaming;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Core.Tests.Streaming;

/// <summary>The parser of events is the copy that was asked for, whichever other one the process has loaded under its name.</summary>
public sealed class EventReaderTests : IDisposable
{
    private readonly AssemblyLoadContext _context = new("other", isCollectible: true);

    public void Dispose() => _context.Unload();

    [Fact]
    public async Task A_stream_is_read_by_the_copy_that_was_given()
    {
        Assembly own = Assembly.Load(new AssemblyName("System.Net.ServerSentEvents"));
        string path = typeof(EventReaderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "OtherEvents").Value!;
        Assembly other = _context.LoadFromAssemblyPath(path);
        Assert.NotEqual(own.GetName().Version, other.GetName().Version);
        List<StreamEvent> read = await ReadAsync(EventReader.Bind(other));
        Assert.Equal(await ReadAsync(EventReader.Bind(own)), read, (one, two) => one.Kind == two.Kind && one.Text == two.Text);
        Assert.Equal(StreamEventKind.Done, read[^1].Kind);
        Assert.Equal(3, read.Count(one => one.Kind == StreamEventKind.Text));
    }

    private static async Task<List<StreamEvent>> ReadAsync(EventReader reader)
    {
        string[] events = [.. Payloads.Stream(["a", "b", "c", "d"], new CompletionShape(), withUsage: false, withObfuscation: false).Select(Payloads.Event)];
        using var body = new GuardedStream(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(events))), Timeout.InfiniteTimeSpan, ChatStreamReader.LargestEvent, closesLastEvent: true, default);
        List<StreamEvent> read = [];
        await foreach (StreamEvent found in reader.Read(body)) read.Add(found);
        return read;
    }
}
