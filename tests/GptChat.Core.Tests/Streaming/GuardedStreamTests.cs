using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Streaming;
using Xunit;

namespace GptChat.Core.Tests.Streaming;

/// <summary>The guard between a body and its parser.</summary>
public sealed class GuardedStreamTests
{
    private static readonly TimeSpan Ever = Timeout.InfiniteTimeSpan;

    [Fact]
    public async Task Silence_ends_a_read_and_closes_the_body()
    {
        PieceStream inner = new([]) { Ending = PieceStream.Silence };
        using GuardedStream guarded = new(inner, TimeSpan.FromMilliseconds(1), 100, closesLastEvent: false, CancellationToken.None);
        await Assert.ThrowsAsync<SilenceException>(() => guarded.ReadExactlyAsync(new byte[1]).AsTask());
        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public async Task A_stop_ends_a_read_that_waits_and_every_later_one()
    {
        PieceStream inner = new([]) { Ending = PieceStream.Silence };
        using CancellationTokenSource stop = new();
        using GuardedStream guarded = new(inner, Ever, 100, closesLastEvent: false, stop.Token);
        Task<int> waiting = guarded.ReadAsync(new byte[1], CancellationToken.None).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => guarded.ReadAsync(new byte[1], CancellationToken.None).AsTask());
        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public async Task A_stop_closes_a_body_that_heeds_no_token()
    {
        TaskCompletionSource<int> never = new();
        PieceStream inner = new([]) { Ending = _ => new ValueTask<int>(never.Task) };
        using CancellationTokenSource stop = new();
        using GuardedStream guarded = new(inner, Ever, 100, closesLastEvent: false, stop.Token);
        Task<int> waiting = guarded.ReadAsync(new byte[1], CancellationToken.None).AsTask();
        await stop.CancelAsync();
        Assert.True(inner.IsDisposed);
        never.SetException(new IOException("closed"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_break_is_passed_on()
    {
        using GuardedStream guarded = new(new PieceStream([]) { Ending = PieceStream.Break }, Ever, 100, closesLastEvent: false, CancellationToken.None);
        await Assert.ThrowsAsync<IOException>(() => guarded.ReadAsync(new byte[1], CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task The_limit_counts_from_the_last_event()
    {
        using GuardedStream guarded = new(PieceStream.Every(10, new byte[40]), Ever, 25, closesLastEvent: false, CancellationToken.None);
        byte[] buffer = new byte[10];
        await guarded.ReadExactlyAsync(buffer);
        await guarded.ReadExactlyAsync(buffer);
        guarded.EventSeen();
        await guarded.ReadExactlyAsync(buffer);
        await guarded.ReadExactlyAsync(buffer);
        guarded.EventSeen();
        Assert.Equal(0, await guarded.ReadAsync(buffer));

        using GuardedStream endless = new(PieceStream.Every(10, new byte[40]), Ever, 25, closesLastEvent: false, CancellationToken.None);
        TooLargeException failure = await Assert.ThrowsAsync<TooLargeException>(() => endless.CopyToAsync(Stream.Null));
        Assert.Equal(25, failure.Limit);
    }

    [Fact]
    public async Task The_beginning_is_remembered_and_nothing_beyond_it()
    {
        byte[] bytes = [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)];
        using GuardedStream guarded = new(PieceStream.Every(999, bytes), Ever, long.MaxValue, closesLastEvent: true, CancellationToken.None);
        await guarded.CopyToAsync(Stream.Null);
        Assert.Equal(bytes[..4096], guarded.Head.ToArray());
        Assert.True(guarded.AtEnd);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Two_line_feeds_follow_the_end_and_then_nothing(int bufferSize)
    {
        using GuardedStream guarded = new(PieceStream.Whole([1]), Ever, 100, closesLastEvent: true, CancellationToken.None);
        using MemoryStream all = new();
        await guarded.CopyToAsync(all, bufferSize);
        Assert.Equal([1, (byte)'\n', (byte)'\n'], all.ToArray());
        Assert.Equal(0, await guarded.ReadAsync(new byte[1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(16 * 1024)]
    [InlineData(100_000)]
    public async Task However_little_is_read_at_a_time_a_body_is_asked_for_much(int bufferSize)
    {
        byte[] bytes = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
        PieceStream inner = PieceStream.Whole(bytes);
        using GuardedStream guarded = new(inner, Ever, long.MaxValue, closesLastEvent: false, CancellationToken.None);
        using MemoryStream all = new();
        await guarded.CopyToAsync(all, bufferSize);
        Assert.Equal(bytes, all.ToArray());
        Assert.InRange(inner.Reads, 1, 8);
    }

    [Fact]
    public async Task What_came_before_a_break_is_handed_out_first()
    {
        using GuardedStream guarded = new(new PieceStream([new byte[] { 1, 2, 3 }]) { Ending = PieceStream.Break }, Ever, 100, closesLastEvent: false, CancellationToken.None);
        byte[] buffer = new byte[1];
        for (byte expected = 1; expected <= 3; expected++)
        {
            Assert.Equal(1, await guarded.ReadAsync(buffer));
            Assert.Equal(expected, buffer[0]);
        }

        await Assert.ThrowsAsync<IOException>(() => guarded.ReadAsync(buffer, CancellationToken.None).AsTask());
    }
}
