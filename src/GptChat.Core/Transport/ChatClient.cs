using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>
/// Sends a request and gives back its answer piece by piece. Out of it come answers, <see cref="GptChatException"/> and
/// <see cref="OperationCanceledException"/>, and nothing else.
/// </summary>
internal sealed class ChatClient(IChatTransport transport)
{
    /// <summary>Sends the request and reads the answer; the last chunk carries the whole <see cref="GptResponse"/>.</summary>
    public async IAsyncEnumerable<GptChunk> SendAsync(ChatCall call, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using TransportResponse response = await OpenAsync(call, cancellation).ConfigureAwait(false);
        var reader = new AnswerReader(call, response);
        await RequireSuccessAsync(reader, cancellation).ConfigureAwait(false);
        IAsyncEnumerator<GptChunk> chunks = reader.ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
        try
        {
            while (await NextAsync(chunks).ConfigureAwait(false))
            {
                if (chunks.Current.Response is { } whole)
                {
                    whole.Duration = clock.Elapsed;
                    AnswerCheck.Require(whole);
                }

                yield return chunks.Current;
            }
        }
        finally
        {
            await chunks.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<TransportResponse> OpenAsync(ChatCall call, CancellationToken cancellation)
    {
        try
        {
            return await transport.SendAsync(call, cancellation).ConfigureAwait(false);
        }
        catch (GptChatException failure)
        {
            failure.Attempts = 1;
            throw;
        }
    }

    private static async Task RequireSuccessAsync(AnswerReader reader, CancellationToken cancellation)
    {
        try
        {
            await reader.RequireSuccessAsync(cancellation).ConfigureAwait(false);
        }
        catch (GptChatException failure)
        {
            failure.Attempts = 1;
            throw;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<GptChunk> chunks)
    {
        try
        {
            return await chunks.MoveNextAsync().ConfigureAwait(false);
        }
        catch (GptChatException failure)
        {
            failure.Attempts = 1;
            throw;
        }
    }
}
