using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
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
        var retries = new List<GptRetry>();
        AnswerReader reader = await OpenAsync(call, retries, cancellation).ConfigureAwait(false);
        using TransportResponse response = reader.Response;
        IAsyncEnumerator<GptChunk> chunks = reader.ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
        try
        {
            while (await NextAsync(chunks, retries).ConfigureAwait(false))
            {
                if (chunks.Current.Response is { } whole)
                {
                    whole.Duration = clock.Elapsed;
                    whole.Attempts = retries.Count + 1;
                    whole.Retries = retries;
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

    /// <summary>Sends a request that only reads, with the same retries and failures, and gives back its answer.</summary>
    /// <param name="call">The request.</param>
    /// <param name="isGood">Whether the answer is what was asked for.</param>
    /// <param name="otherwise">What to say where it is not and does not say why.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    public async Task<JsonElement> ReadAsync(ChatCall call, Func<JsonElement, bool> isGood, string otherwise, CancellationToken cancellation)
    {
        var retries = new List<GptRetry>();
        AnswerReader reader = await OpenAsync(call, retries, cancellation).ConfigureAwait(false);
        using TransportResponse response = reader.Response;
        try
        {
            return await reader.ReadJsonAsync(isGood, otherwise, cancellation).ConfigureAwait(false);
        }
        catch (GptChatException failure)
        {
            Note(failure, retries);
            throw;
        }
    }

    /// <summary>Sends until there is an answer to read, or until trying again makes no sense.</summary>
    private async Task<AnswerReader> OpenAsync(ChatCall call, List<GptRetry> retries, CancellationToken cancellation)
    {
        while (true)
        {
            TimeSpan delay;
            TransportResponse? response = null;
            try
            {
                response = await transport.SendAsync(call, cancellation).ConfigureAwait(false);
                var reader = new AnswerReader(call, response);
                await reader.RequireSuccessAsync(cancellation).ConfigureAwait(false);
                return reader;
            }
            catch (GptChatException failure)
            {
                response?.Dispose();
                Note(failure, retries);
                if ((call.Retry ?? RetryPolicy.None).DelayAfter(failure, retries.Count, Jitter()) is not { } wait) throw;
                retries.Add(new GptRetry(failure.Kind, failure.StatusCode, wait));
                delay = wait;
            }
            catch
            {
                response?.Dispose();
                throw;
            }

            await Task.Delay(delay, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<GptChunk> chunks, List<GptRetry> retries)
    {
        try
        {
            return await chunks.MoveNextAsync().ConfigureAwait(false);
        }
        catch (GptChatException failure)
        {
            Note(failure, retries);
            throw;
        }
    }

    /// <summary>Tells a failure how often was tried. One of a recording was found before anything was sent.</summary>
    private static void Note(GptChatException failure, List<GptRetry> retries)
    {
        failure.Attempts = failure.Kind is GptErrorKind.ReplayMiss or GptErrorKind.RecordingNotUsable ? 0 : retries.Count + 1;
        failure.Retries = retries.ToArray();
    }

    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "It spreads retries in time; nothing depends on its secrecy.")]
    private static double Jitter()
    {
#if NET
        return Random.Shared.NextDouble();
#else
        return new Random().NextDouble();
#endif
    }
}
