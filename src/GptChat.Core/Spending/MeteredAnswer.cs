using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;

namespace GptChat.Spending;

/// <summary>An answer that is entered in the session's ledger, however it ends.</summary>
/// <param name="client">Enters it.</param>
/// <param name="answer">The answer.</param>
/// <param name="call">The request.</param>
/// <param name="reservation">What it holds back; null where there is no limit.</param>
/// <param name="cancellation">Fires when the user stops.</param>
internal sealed class MeteredAnswer(MeteredClient client, IAsyncEnumerable<GptChunk> answer, ChatCall call, Reservation? reservation, CancellationToken cancellation)
    : WatchedAnswer(cancellation)
{
    private bool _isEntered;
    private bool _isOfFile;

    /// <inheritdoc/>
    protected override ValueTask<IAsyncEnumerator<GptChunk>> OpenAsync(CancellationToken cancellation) => new(answer.GetAsyncEnumerator(cancellation));

    /// <inheritdoc/>
    protected override void Came(GptChunk piece)
    {
        _isOfFile = piece.Origin is not null;
        if (piece.Response is not { } response) return;
        _isEntered = true;
        client.Answer(call, reservation, response);
    }

    /// <inheritdoc/>
    protected override void Failed(GptChatException failure)
    {
        _isEntered = true;
        client.Fail(call, reservation, failure);
    }

    /// <inheritdoc/>
    protected override void Closed()
    {
        if (!_isEntered) client.Stop(call, reservation, _isOfFile);
    }
}
