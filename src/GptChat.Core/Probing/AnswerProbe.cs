using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Probing;

/// <summary>Asks for one token, and tells from the outcome whether the key was taken and whether the model answers.</summary>
internal sealed class AnswerProbe(GptConnection connection, string model, IChatTransport transport, ChatTimeouts timeouts)
{
    private const int Least = 1;

    // Some models refuse a smaller limit.
    private const int LeastElsewhere = 16;

    // A provider that says such a thing has looked at the key before.
    private static readonly GptErrorKind[] KeyWasTaken =
    {
        GptErrorKind.ModelNotFound, GptErrorKind.UnsupportedParameter, GptErrorKind.QuotaExceeded, GptErrorKind.RateLimit, GptErrorKind.BadRequest,
        GptErrorKind.ContextLengthExceeded, GptErrorKind.ContentFiltered, GptErrorKind.Refused, GptErrorKind.EmptyResponse, GptErrorKind.StreamError,
    };

    private readonly Stopwatch _clock = new();
    private TimeSpan? _begun;
    private GptResponse? _response;

    /// <summary>How the request failed; null where it did not.</summary>
    public GptChatException? Failure { get; private set; }

    /// <summary>Sends the request: once, and once more with a larger limit where the first is refused.</summary>
    public async Task AskAsync(CancellationToken cancellation)
    {
        await AskAsync(Least, cancellation).ConfigureAwait(false);
        if (Failure is not null && IsTooSmall(Failure)) await AskAsync(LeastElsewhere, cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether the key was taken.</summary>
    public GptConnectionTest Authenticated()
    {
        if (Failure is { Kind: GptErrorKind.Authentication or GptErrorKind.Forbidden }) return Step("Authenticate", GptTestStatus.Failed, Facts(Failure), Failure);
        if (Failure is not null && !KeyWasTaken.Contains(Failure.Kind)) return Step("Authenticate", GptTestStatus.Unknown, "The server did not get as far as the key, or does not say");
        return connection.HasKey
            ? Step("Authenticate", GptTestStatus.Passed, "The key was taken" + (connection.KeySource is { } source ? "; it came from " + source : string.Empty))
            : Step("Authenticate", GptTestStatus.NotNeeded, "No key is sent, and none was asked for");
    }

    /// <summary>Whether the model answers.</summary>
    public GptConnectionTest Answered()
    {
        if (Failure is { Kind: GptErrorKind.Authentication or GptErrorKind.Forbidden }) return new GptConnectionTest(connection.Name, "Answer", GptTestStatus.NotTried, string.Empty);
        if (Failure is not null) return Step("Answer", GptTestStatus.Failed, Facts(Failure), Failure);
        string served = _response!.Model ?? model;
        string asked = string.Equals(served, model, StringComparison.Ordinal) ? string.Empty : ", asked for as " + model;
        return new GptConnectionTest(connection.Name, "Answer", GptTestStatus.Passed, "By " + served + asked + (_response.Usage is { } usage ? "; " + usage : string.Empty))
        {
            Duration = _clock.Elapsed,
            Model = served,
        };
    }

    private async Task AskAsync(int limit, CancellationToken cancellation)
    {
        bool isNewName = connection.UsesMaxCompletionTokens(model);
        var parameters = new ChatParameters { Model = model, MaxCompletionTokens = isNewName ? limit : null, MaxTokens = isNewName ? null : limit };
        var call = new ChatCall(connection, parameters, RequestBody.Create(parameters, new[] { GptMessage.FromText(Roles.User, "Say yes.") }), timeouts);
        Failure = null;
        _begun = null;
        _clock.Restart();
        try
        {
            IAsyncEnumerator<GptChunk> chunks = new ChatClient(new Timed(this, transport)).SendAsync(call, cancellation).GetAsyncEnumerator(cancellation);
            try
            {
                while (await chunks.MoveNextAsync().ConfigureAwait(false)) _response = chunks.Current.Response ?? _response;
            }
            finally
            {
                await chunks.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (GptChatException failure) when (failure.Response is { FinishReason: "length" } response)
        {
            // One token of a model that reasons is no word yet; that it was spent is the answer.
            _response = response;
        }
        catch (GptChatException failure)
        {
            Failure = failure;
        }

        _clock.Stop();
    }

    private static bool IsTooSmall(GptChatException failure) => failure is { StatusCode: 400 or 422, Kind: GptErrorKind.BadRequest or GptErrorKind.UnsupportedParameter, Code: not "unsupported_parameter" }
        && (Names(failure.Param) || Names(failure.Problem) || failure.Problem.IndexOf("output limit", StringComparison.OrdinalIgnoreCase) >= 0);

    private static bool Names(string? text) => text is not null && (text.Contains("max_tokens") || text.Contains("max_completion_tokens") || text.Contains("max_output_tokens"));

    private static string Facts(GptChatException failure) => failure.Problem
        + (failure.StatusCode is int status ? " (HTTP " + status.ToString(CultureInfo.InvariantCulture) + (failure.Code is null ? string.Empty : ", code " + failure.Code) + ")" : string.Empty);

    private GptConnectionTest Step(string step, GptTestStatus status, string detail, GptChatException? failure = null) => new(connection.Name, step, status, detail)
    {
        Duration = step == "Answer" ? _clock.Elapsed : status is GptTestStatus.Passed or GptTestStatus.Failed ? _begun ?? _clock.Elapsed : null,
        Advice = failure?.Hint,
        Error = failure,
    };

    /// <summary>Notes when the status came, which is when the key was looked at.</summary>
    private sealed class Timed(AnswerProbe probe, IChatTransport inner) : IChatTransport
    {
        public async Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
        {
            TransportResponse response = await inner.SendAsync(call, cancellation).ConfigureAwait(false);
            probe._begun = probe._clock.Elapsed;
            return response;
        }
    }
}
