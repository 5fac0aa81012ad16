using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>Who watches an answer hears of each piece and of the end, once, and before whoever reads.</summary>
public sealed class WatchedAnswerTests
{
    [Fact]
    public async Task One_that_nobody_begins_to_read_is_neither_opened_nor_closed()
    {
        var answer = new Watched(new Pieces(1));
        await answer.GetAsyncEnumerator().DisposeAsync();
        Assert.Empty(answer.Heard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pieces_come_through_and_the_end_is_heard_once_and_first(bool isLate)
    {
        var answer = new Watched(new Pieces(2) { IsLate = isLate });
        IAsyncEnumerator<GptChunk> reading = answer.GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync());
        Assert.Equal("1", reading.Current.Text);
        Assert.True(await reading.MoveNextAsync());
        Assert.False(await reading.MoveNextAsync());
        Assert.Equal(["open", "1", "2", "closed"], answer.Heard);
        Assert.False(await reading.MoveNextAsync());
        await reading.DisposeAsync();
        Assert.Equal(["open", "1", "2", "closed"], answer.Heard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failure_is_heard_and_the_answer_closed_before_it_is_thrown(bool isLate)
    {
        var answer = new Watched(new Pieces(1) { IsLate = isLate, Failure = new GptChatException(GptErrorKind.Truncated, "It broke off") });
        IAsyncEnumerator<GptChunk> reading = answer.GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync());
        await Assert.ThrowsAsync<GptChatException>(async () => await reading.MoveNextAsync());
        Assert.Equal(["open", "1", "failed", "closed"], answer.Heard);
    }

    [Fact]
    public async Task What_the_watcher_throws_ends_it_and_is_no_failure_of_the_answer()
    {
        var answer = new Watched(new Pieces(2)) { Objection = new GptChatException(GptErrorKind.EmptyResponse, "Nothing in it") };
        IAsyncEnumerator<GptChunk> reading = answer.GetAsyncEnumerator();
        Assert.Same(answer.Objection, await Assert.ThrowsAsync<GptChatException>(async () => await reading.MoveNextAsync()));
        Assert.Equal(["open", "1", "closed"], answer.Heard);
    }

    [Fact]
    public async Task One_that_cannot_be_opened_is_closed_all_the_same()
    {
        var answer = new Watched(null);
        IAsyncEnumerator<GptChunk> reading = answer.GetAsyncEnumerator();
        await Assert.ThrowsAsync<GptChatException>(async () => await reading.MoveNextAsync());
        Assert.Equal(["open", "closed"], answer.Heard);
        Assert.False(await reading.MoveNextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_token_ends_it(bool isReaders)
    {
        using CancellationTokenSource own = new();
        using CancellationTokenSource readers = new();
        var answer = new Watched(new Pieces(1), own.Token);
        IAsyncEnumerator<GptChunk> reading = answer.GetAsyncEnumerator(readers.Token);
        Assert.True(await reading.MoveNextAsync());
        Assert.False(answer.Stop.IsCancellationRequested);
        await (isReaders ? readers : own).CancelAsync();
        Assert.True(answer.Stop.IsCancellationRequested);
        await reading.DisposeAsync();
    }

    /// <summary>Writes down what it hears.</summary>
    private sealed class Watched(Pieces? pieces, CancellationToken cancellation = default) : WatchedAnswer(cancellation)
    {
        public List<string> Heard { get; } = [];

        public GptChatException? Objection { get; init; }

        public CancellationToken Stop { get; private set; }

        protected override ValueTask<IAsyncEnumerator<GptChunk>> OpenAsync(CancellationToken cancellation)
        {
            Heard.Add("open");
            Stop = cancellation;
            return pieces is null ? throw new GptChatException(GptErrorKind.ConnectFailed, "Nobody is there") : new ValueTask<IAsyncEnumerator<GptChunk>>(pieces);
        }

        protected override void Came(GptChunk piece)
        {
            Heard.Add(piece.Text);
            if (Objection is not null) throw Objection;
        }

        protected override void Failed(GptChatException failure) => Heard.Add("failed");

        protected override void Closed() => Heard.Add("closed");
    }

    /// <summary>So many pieces, at once or late, and then the end or a failure.</summary>
    private sealed class Pieces(int count) : IAsyncEnumerator<GptChunk>
    {
        private int _given;

        public bool IsLate { get; init; }

        public GptChatException? Failure { get; init; }

        public GptChunk Current { get; private set; } = null!;

        public async ValueTask<bool> MoveNextAsync()
        {
            if (IsLate) await Task.Yield();
            if (_given == count) return Failure is null ? false : throw Failure;
            Current = new GptChunk { Text = (++_given).ToString(System.Globalization.CultureInfo.InvariantCulture) };
            return true;
        }

        public ValueTask DisposeAsync() => default;
    }
}
