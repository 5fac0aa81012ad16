using System.Collections.Generic;
using System.Threading.Tasks;
using GptChat.Transport;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>What a window of requests tells of itself at every moment.</summary>
public sealed class RequestWindowTests
{
    private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task An_answer_that_can_be_taken_holds_its_place_to_its_end_and_is_not_unanswered()
    {
        var window = new RequestWindow(1, isOrdered: true, keepsPieces: false);
        window.Add("tag", Answer());
        Assert.NotNull(window.Take()?.Chunk?.Response);
        Assert.Equal(0, window.Unanswered);
        Assert.Equal(1, window.UnderWay);
        Assert.False(window.HasPlace);
        Assert.Null(window.Take());
        _over.SetResult(true);
        await window.Arrival;
        Assert.True(window.Take()?.IsEnd);
        Assert.Equal(0, window.UnderWay);
        Assert.Equal(0, window.Unanswered);
    }

    [Fact]
    public async Task A_request_without_an_answer_is_unanswered_to_its_end()
    {
        var window = new RequestWindow(1, isOrdered: true, keepsPieces: false);
        window.Add("tag", Failure());
        Assert.Null(window.Take());
        Assert.Equal(1, window.Unanswered);
        _over.SetResult(true);
        await window.Arrival;
        Assert.IsType<GptChatException>(window.Take()?.Failure);
        Assert.Equal(0, window.Unanswered);
    }

    private async IAsyncEnumerable<GptChunk> Answer()
    {
        yield return new GptChunk { Response = ChatResponseReader.Read("""{"choices":[{"index":0,"message":{"role":"assistant","content":"yes"}}]}"""u8) };
        await _over.Task;
    }

    private async IAsyncEnumerable<GptChunk> Failure()
    {
        await _over.Task;
        throw new GptChatException(GptErrorKind.Unknown, "no");
#pragma warning disable CS0162 // Without it this would not be an enumerable.
        yield break;
#pragma warning restore CS0162
    }
}
