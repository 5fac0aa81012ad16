using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
#if NET
using GptChat.Auditing;
#endif

namespace GptChat.Transport;

/// <summary>
/// Sends a request and gives back its answer piece by piece. Out of it come answers, <see cref="GptChatException"/> and
/// <see cref="OperationCanceledException"/>, and nothing else.
/// </summary>
internal sealed class ChatClient(IChatTransport transport)
{
    /// <summary>Sends the request and reads the answer; the last chunk carries the whole <see cref="GptResponse"/>.</summary>
    public IAsyncEnumerable<GptChunk> SendAsync(ChatCall call, CancellationToken cancellation)
    {
#if NET
        if (ChatTrace.IsListenedTo) return ChatTrace.FollowAsync(call, trace => new ChatAnswer(this, call with { Trace = trace }, cancellation), cancellation);
#endif
        return new ChatAnswer(this, call, cancellation);
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
    public async Task<AnswerReader> OpenAsync(ChatCall call, List<GptRetry> retries, CancellationToken cancellation)
    {
        RetryPolicy policy = call.Retry ?? RetryPolicy.None;
        RequestGate gate = call.Connection.Gate;
        bool isHeld = false;
        while (true)
        {
            GatePass? pass = policy.Waits ? await EnterAsync(call, gate, isTold: isHeld, cancellation).ConfigureAwait(false) : null;
            TimeSpan ownWait;
            try
            {
                AnswerReader reader = await TryAsync(call, cancellation).ConfigureAwait(false);
                pass?.Return(isWelcome: true);
                return reader;
            }
            catch (GptChatException failure)
            {
                Note(failure, retries);
                TimeSpan? wait = policy.DelayAfter(failure, retries.Count, Jitter());
                TimeSpan? hold = policy.HoldAfter(failure, wait);
                if (hold is { } time) gate.Hold(time);

                // An answer is an answer, be it that the request was wrong: the server takes requests again.
                pass?.Return(isWelcome: hold is null && failure.StatusCode is not null);
                if (wait is not { } next) throw;
                retries.Add(new GptRetry(failure.Kind, failure.StatusCode, next));
#if NET
                call.Trace?.Retried(retries);
#endif

                // Who was told to wait waits at the gate, with all others.
                isHeld = hold is not null;
                ownWait = isHeld ? TimeSpan.Zero : next;
                TimeSpan held = isHeld ? gate.Remaining : next;
                call.Notices?.Post(ChatNotice.OfRetry(call, retries[retries.Count - 1], retries.Count, held > next ? held : next, isHeld));
            }
            catch
            {
                pass?.Return(isWelcome: false);
                throw;
            }

            if (ownWait > TimeSpan.Zero) await gate.Clock.Delay(ownWait, cancellation).ConfigureAwait(false);
            if (!isHeld) call.Notices?.Post(ChatNotice.OfEnd(call));
        }
    }

    /// <summary>Waits at the gate, and says so unless it was said already.</summary>
    private static ValueTask<GatePass?> EnterAsync(ChatCall call, RequestGate gate, bool isTold, CancellationToken cancellation)
    {
        ValueTask<GatePass?> entering = gate.EnterAsync(cancellation);
        return entering.IsCompletedSuccessfully && !isTold ? entering : WaitAsync(entering, call, gate, isTold);
    }

    private static async ValueTask<GatePass?> WaitAsync(ValueTask<GatePass?> entering, ChatCall call, RequestGate gate, bool isTold)
    {
        if (!isTold) call.Notices?.Post(ChatNotice.OfGate(call, gate.Remaining));
        GatePass? pass = await entering.ConfigureAwait(false);
        call.Notices?.Post(ChatNotice.OfEnd(call));
        return pass;
    }

    /// <summary>Sends once.</summary>
    private async Task<AnswerReader> TryAsync(ChatCall call, CancellationToken cancellation)
    {
        TransportResponse response = await transport.SendAsync(call, cancellation).ConfigureAwait(false);
        try
        {
            var reader = new AnswerReader(call, response);
            await reader.RequireSuccessAsync(cancellation).ConfigureAwait(false);
            return reader;
        }
        catch (Exception failure)
        {
            if (failure is GptChatException known) known.IsRecorded = response.Origin is not null;
            response.Dispose();
            TellOfLate(call, response);
            throw;
        }
    }

    /// <summary>Of two failures the worse one is thrown; the other must be told too.</summary>
    public static void TellOfLate(ChatCall call, TransportResponse response)
    {
        if (response.LateFailure is { } late) call.Notices?.Post(ChatNotice.OfProblem(call, late));
    }

    /// <summary>Tells a failure how often was tried. One of a recording was found before anything was sent.</summary>
    public static void Note(GptChatException failure, List<GptRetry> retries)
    {
        failure.Attempts = failure.Kind is GptErrorKind.ReplayMiss or GptErrorKind.RecordingNotUsable or GptErrorKind.CacheNotUsable ? 0 : retries.Count + 1;
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
