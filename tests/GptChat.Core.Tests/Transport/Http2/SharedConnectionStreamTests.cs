using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Streaming;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport.Http2;

/// <summary>When an answer on a shared connection is closed.</summary>
public sealed class SharedConnectionStreamTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Body _body = new();
    private readonly Owner _owner = new();

    public void Dispose()
    {
        _body.Dispose();
        _owner.Dispose();
    }

    [Fact]
    public async Task The_end_of_an_answer_that_was_read_is_waited_for()
    {
        using SharedConnectionStream stream = Open(Limit);
        _body.Give(5);
        Assert.Equal(5, await stream.ReadAsync(new byte[10]));
        stream.Dispose();
        Assert.False(_owner.IsClosed.IsCompleted);
        _body.Give(3);
        await _body.Asked(3).WaitAsync(Limit);
        Assert.False(_owner.IsClosed.IsCompleted);
        _body.Give(0);
        await _owner.IsClosed.WaitAsync(Limit);
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_closed_all_the_same()
    {
        using SharedConnectionStream stream = Open(TimeSpan.FromMilliseconds(1));
        stream.Dispose();
        await _owner.IsClosed.WaitAsync(Limit);
    }

    [Fact]
    public async Task An_answer_that_has_ended_is_closed_at_once()
    {
        using SharedConnectionStream stream = Open(Limit);
        _body.Give(0);
        Assert.Equal(0, await stream.ReadAsync(new byte[10]));
        stream.Dispose();
        Assert.True(_owner.IsClosed.IsCompleted);
    }

    [Fact]
    public async Task A_stop_closes_at_once()
    {
        using CancellationTokenSource stop = new();
        using SharedConnectionStream stream = Open(Limit, stop.Token);
        await stop.CancelAsync();
        stream.Dispose();
        Assert.True(_owner.IsClosed.IsCompleted);
    }

    [Fact]
    public async Task A_stop_ends_the_waiting_too()
    {
        using CancellationTokenSource stop = new();
        using SharedConnectionStream stream = Open(Limit, stop.Token);
        stream.Dispose();
        await _body.Asked(1).WaitAsync(Limit);
        await stop.CancelAsync();
        await _owner.IsClosed.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_read_that_waits_is_not_waited_for()
    {
        using SharedConnectionStream stream = Open(Limit);
        Task<int> read = stream.ReadAsync(new byte[10]).AsTask();
        stream.Dispose();
        Assert.True(_owner.IsClosed.IsCompleted);
        _body.Give(0);
        Assert.Equal(0, await read.WaitAsync(Limit));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.ReadAsync(new byte[10], 0, 10));
    }

    [Fact]
    public async Task A_broken_answer_is_closed_at_once()
    {
        using SharedConnectionStream stream = Open(Limit);
        _body.Give(-1);
        await Assert.ThrowsAsync<IOException>(() => stream.ReadAsync(new byte[10], 0, 10));
        stream.Dispose();
        Assert.True(_owner.IsClosed.IsCompleted);
    }

    [Fact]
    public void It_is_closed_once()
    {
        using SharedConnectionStream stream = Open(Limit);
        _body.Give(0);
        stream.Dispose();
        stream.Dispose();
        Assert.Equal(1, _owner.Count);
    }

    private SharedConnectionStream Open(TimeSpan drain, CancellationToken stop = default) => new(_body, _owner, drain, stop);

    private sealed class Owner : IDisposable
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsClosed => _closed.Task;

        public int Count { get; private set; }

        public void Dispose()
        {
            Count++;
            _closed.TrySetResult();
        }
    }

    /// <summary>A body that gives what it is told, when it is told.</summary>
    private sealed class Body : AsyncReadStream
    {
        private readonly System.Threading.Channels.Channel<int> _counts = System.Threading.Channels.Channel.CreateUnbounded<int>();
        private readonly SemaphoreSlim _asked = new(0);

        public void Give(int count) => Assert.True(_counts.Writer.TryWrite(count));

        /// <summary>Completes when so many reads have begun.</summary>
        public async Task Asked(int reads)
        {
            for (int i = 0; i < reads; i++) await _asked.WaitAsync();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _asked.Release();
            int count = await _counts.Reader.ReadAsync(cancellationToken);
            return count >= 0 ? count : throw new IOException("Broken.");
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
