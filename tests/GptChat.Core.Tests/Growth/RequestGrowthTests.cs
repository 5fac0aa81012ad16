using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using GptChat.Content;
using GptChat.Tests.Counting;
using GptChat.Transport;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Growth;

/// <summary>A request costs what it says.</summary>
public sealed class RequestGrowthTests
{
    // What is smaller is written into buffers that are there already and costs next to nothing.
    private const int BeyondKeptBuffers = 80_000;

    [Theory]
    [InlineData('a')]
    [InlineData('ä')]
    [InlineData('\n')]
    public void The_size_of_a_message(char character) => Cost.AllocatesLinearly(BeyondKeptBuffers, length =>
    {
        string text = new(character, length);
        return () => Create([GptMessage.FromText(Roles.User, text)]);
    });

    [Fact]
    public void The_number_of_messages() => Cost.AllocatesLinearly(100, count => () =>
        Create([.. Enumerable.Range(0, count).Select(_ => GptMessage.FromText(Roles.User, "Go on."))]));

    [Fact]
    public void The_number_of_tools() => Cost.AllocatesLinearly(BeyondKeptBuffers / 100, count =>
    {
        JsonElement tool = JsonElement.Parse("""{"type":"function","function":{"name":"Get-Process","description":"Gets processes.","parameters":{"type":"object","properties":{}}}}""");
        var parameters = new ChatParameters { Model = "m", Tools = [.. Enumerable.Repeat(tool, count)] };
        return () => RequestBody.Create(parameters, Array.Empty<GptMessage>());
    });

    [Fact]
    public void The_number_of_attachments() => Cost.AllocatesLinearly(5, count =>
    {
        byte[] image = Image(2000);
        return () => Create([new GptMessage { Role = Roles.User, Body = Gathered(Enumerable.Repeat(image, count)) }]);
    });

    [Fact]
    public void The_size_of_an_attachment() => Cost.AllocatesLinearly(10_000, length =>
    {
        byte[] image = Image(length);
        return () => Create([new GptMessage { Role = Roles.User, Body = Gathered([image]) }]);
    });

    [Fact]
    public void The_lines_of_a_text() => Cost.AllocatesLinearly(100, count => () =>
    {
        var blocks = new ContentBlocks();
        for (int i = 0; i < count; i++) blocks.AddLine("A line of a log, as long as they are.");
        blocks.Head("What went wrong?");
        Create([new GptMessage { Role = Roles.User, Body = blocks.Take()! }]);
    });

    [Fact]
    public void What_is_sent_of_a_long_history_is_not_copied_before()
    {
        // However much was said: the pieces of the request are those that the messages keep.
        GptMessage large = GptMessage.FromText(Roles.User, new string('a', 100_000));
        RequestBody body = Create(Enumerable.Repeat(large, 1000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        long sent = body.Segments.Sum(segment => (long)segment.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
        Assert.Equal(body.Length, sent);
    }

    private static RequestBody Create(IEnumerable<GptMessage> messages) => RequestBody.Create(new ChatParameters { Model = "m" }, [.. messages]);

    private static MessageContent Gathered(IEnumerable<byte[]> images)
    {
        var blocks = new ContentBlocks();
        foreach (byte[] image in images) blocks.AddMedia(MediaPart.FromBytes(image, MediaType.Of(image)!, "a.png", null), image.Length);
        return blocks.Take()!;
    }

    private static byte[] Image(int length)
    {
        var image = new byte[length];
        new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A }.CopyTo(image, 0);
        return image;
    }
}
