using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Tools;

/// <summary>
/// Reads an answer, and where it asks for tools the next one, until there is one that does not. To whoever reads, all of it is one
/// stream: what the model says between calls comes through, the end of a round does not.
/// </summary>
/// <param name="exchange">What was said so far.</param>
/// <param name="next">Runs what an answer asks for, sends the request that follows and gives its answer; null where the answer is the last one.</param>
internal sealed class ChatRounds(ToolExchange exchange, Func<GptResponse, CancellationToken, Task<IAsyncEnumerable<GptChunk>?>> next)
{
    /// <summary>Goes on until there is an answer; its last chunk carries the response, with all that was run in its log.</summary>
    /// <param name="first">The answer to the first request.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    public async IAsyncEnumerable<GptChunk> ReadAsync(IAsyncEnumerable<GptChunk> first, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IAsyncEnumerable<GptChunk>? round = first;
        GptChatException? late = null;
        while (round is not null)
        {
            GptChunk? last = null;
            IAsyncEnumerator<GptChunk> chunks = round.GetAsyncEnumerator(cancellation);
            try
            {
                while (await MoveAsync(chunks).ConfigureAwait(false))
                {
                    last = chunks.Current;
                    if (last.Response is null || last.Response.Message?.ToolCalls.Count is null or 0) yield return Told(last, late);
                }
            }
            finally
            {
                // The connection is free before tools run: they may take long.
                await chunks.DisposeAsync().ConfigureAwait(false);
            }

            if (last?.Response is not { } answer || answer.Message?.ToolCalls.Count is null or 0) yield break;
            late ??= last.LateFailure;
            int before = exchange.Log.Count;
            round = await NextAsync(answer, cancellation).ConfigureAwait(false);
            if (round is null)
            {
                yield return Told(last, late);
                yield break;
            }

            if (last.Text.Length > 0 || last.Reasoning is not null) yield return new GptChunk { Index = last.Index, Text = last.Text, Reasoning = last.Reasoning };
            for (int i = before; i < exchange.Log.Count; i++) yield return new GptChunk { ToolCall = exchange.Log[i] };
        }
    }

    private GptChunk Told(GptChunk chunk, GptChatException? late)
    {
        if (chunk.Response is null) return chunk;
        exchange.Complete(chunk.Response);
        chunk.LateFailure ??= late;
        return chunk;
    }

    private async Task<bool> MoveAsync(IAsyncEnumerator<GptChunk> chunks)
    {
        try
        {
            return await chunks.MoveNextAsync().ConfigureAwait(false);
        }
        catch (GptChatException failure)
        {
            exchange.Complete(failure);
            throw;
        }
    }

    private async Task<IAsyncEnumerable<GptChunk>?> NextAsync(GptResponse answer, CancellationToken cancellation)
    {
        try
        {
            return await next(answer, cancellation).ConfigureAwait(false);
        }
        catch (GptChatException failure)
        {
            exchange.Complete(failure);
            throw;
        }
    }
}
