using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>The answer to a request, which is sent when somebody begins to read it.</summary>
/// <param name="client">Sends it.</param>
/// <param name="call">The request.</param>
/// <param name="cancellation">Fires when the user stops.</param>
internal sealed class ChatAnswer(ChatClient client, ChatCall call, CancellationToken cancellation) : WatchedAnswer(cancellation)
{
    private readonly Stopwatch _clock = new();
    private readonly List<GptRetry> _retries = new();
    private TransportResponse? _response;

    /// <inheritdoc/>
    protected override async ValueTask<IAsyncEnumerator<GptChunk>> OpenAsync(CancellationToken cancellation)
    {
        _clock.Start();
        AnswerReader reader = await client.OpenAsync(call, _retries, cancellation).ConfigureAwait(false);
        _response = reader.Response;
        return reader.ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
    }

    /// <inheritdoc/>
    protected override void Came(GptChunk piece)
    {
        piece.Origin = _response!.Origin;
        if (piece.Response is not { } whole) return;
        whole.Duration = _clock.Elapsed;
        whole.Attempts = _response.Origin?.Source == AnswerSource.Cache ? 0 : _retries.Count + 1;
        whole.Retries = _retries;
        whole.Origin = _response.Origin;
        whole.FromRecording = _response.Origin?.Source == AnswerSource.Recording;
        whole.FromCache = _response.Origin?.Source == AnswerSource.Cache;
        Check(whole, _response);
        piece.LateFailure = _response.LateFailure;
    }

    /// <inheritdoc/>
    protected override void Failed(GptChatException failure)
    {
        ChatClient.Note(failure, _retries);
        failure.IsRecorded = _response!.Origin is not null;
        ChatClient.TellOfLate(call, _response);
    }

    /// <inheritdoc/>
    protected override void Closed() => _response?.Dispose();

    /// <summary>Throws if the answer is none.</summary>
    private void Check(GptResponse whole, TransportResponse response)
    {
        GptChatException? problem = null;
        try
        {
            AnswerCheck.Require(whole);
        }
        catch (GptChatException failure)
        {
            problem = failure;
        }

        // Whatever keeps answers hears of it before anybody else does.
        response.Judged?.Invoke(whole, problem);
        if (response.LateFailure is { } late) late.Response = whole;
        if (problem is null) return;
        problem.IsRecorded = response.Origin is not null;
        ChatClient.TellOfLate(call, response);
        throw problem;
    }
}
