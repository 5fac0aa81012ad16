using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Errors;
using GptChat.Streaming;
using GptChat.Wire;

namespace GptChat.Transport;

/// <summary>
/// Reads an answer, streamed or plain. Which of the two it is, the answer says and not the request: gateways turn the one
/// into the other. Both end in the same last chunk.
/// </summary>
internal sealed class AnswerReader
{
    private const long LargestBody = 256L * 1024 * 1024;
    private const long LargestErrorBody = 1024 * 1024;
    private const int LargestExpected = 64 * 1024;

    // The status of a failed request says enough: nobody waits long for the words that follow it.
    private static readonly TimeSpan LongestErrorBody = TimeSpan.FromSeconds(10);

    private const string EventStream = "text/event-stream";

    private readonly ChatCall _call;
    private readonly TransportResponse _response;
    private readonly AnswerFailures _failures;
    private readonly ReplyAssembler _assembler = new();
    private long _received;

    /// <summary>Takes an answer to read.</summary>
    public AnswerReader(ChatCall call, TransportResponse response)
    {
        _call = call;
        _response = response;
        _failures = new AnswerFailures(call, response);
    }

    /// <summary>The answer that is read; whoever reads it closes it.</summary>
    public TransportResponse Response => _response;

    private bool IsEventStream => _response.MediaType switch
    {
        EventStream => true,

        // Home-made servers forget the type; asked for a stream, they most likely send one.
        "" or "text/plain" or "application/octet-stream" => _call.IsStream,
        _ => false,
    };

    private bool IsCompressed => _response.Header("Content-Encoding") is { Length: > 0 } coding && !coding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long the body is to be, for a buffer of that size; what a server says of a longer one is believed when it has come.</summary>
    private int ExpectedLength =>
        int.TryParse(_response.Header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= LargestExpected ? length : 0;

    private bool IsSuccess => _response.Status is >= 200 and < 300;

    /// <summary>Throws if the status is not that of an answer.</summary>
    public Task RequireSuccessAsync(CancellationToken cancellation) => IsSuccess && !IsCompressed ? Task.CompletedTask : FailAsync(cancellation);

    private async Task FailAsync(CancellationToken cancellation)
    {
        int status = _response.Status;
        if (IsSuccess)
        {
            throw _failures.Complete(new GptChatException(GptErrorKind.MalformedResponse, "The answer is compressed (" + _response.Header("Content-Encoding") + "), which was not asked for")
            {
                Hint = "Look for a proxy or gateway on the way that compresses, and turn that off for this address.",
                StatusCode = status,
            });
        }

        if (status is 301 or 302 or 303 or 307 or 308 || (status is >= 300 and < 400 && _response.Header("Location") is not null))
        {
            _response.IsSettled = true;
            throw _failures.Complete(new GptChatException(GptErrorKind.RedirectRefused, "The server points to another address: " + _failures.Mask(_response.Header("Location") ?? "it does not say which"))
            {
                Hint = "Redirects are not followed, since the key would go with them: give the final address as -BaseUri.",
                StatusCode = status,
            });
        }

        byte[] body = IsCompressed ? Array.Empty<byte>() : await ReadErrorBodyAsync(cancellation).ConfigureAwait(false);
        string statusLine = _response.Reason.Length == 0 ? "HTTP status " + status : status + " " + _response.Reason;
        ErrorDetail detail = ErrorBody.Parse(body, statusLine);
        throw _failures.Failure(Diagnosis.Of(status, detail, _call.Connection), detail, status);
    }

    /// <summary>The pieces of the answer as they arrive; the last one carries the whole.</summary>
    public IAsyncEnumerable<GptChunk> ReadAsync(CancellationToken cancellation) =>
        IsEventStream ? ReadStreamAsync(cancellation) : ReadPlainAsync(cancellation);

    /// <summary>An answer that is no chat: JSON of another shape.</summary>
    /// <param name="isGood">Whether it is what was asked for.</param>
    /// <param name="otherwise">What to say where it is not and does not say why.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    public async Task<JsonElement> ReadJsonAsync(Func<JsonElement, bool> isGood, string otherwise, CancellationToken cancellation)
    {
        byte[] body = await ReadAllAsync(PlainBody(cancellation), cancellation).ConfigureAwait(false);
        JsonElement root;
        try
        {
            using JsonDocument document = JsonDocument.Parse(Utf8Text.Repaired(WithoutMark(body)).ToArray());
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw _failures.NotJson(body, otherwise);
        }

        return isGood(root) ? root : throw _failures.ReportedIn(body, otherwise);
    }

    private async IAsyncEnumerable<GptChunk> ReadPlainAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Plain(await ReadAllAsync(PlainBody(cancellation), cancellation).ConfigureAwait(false));
    }

    private GptChunk Plain(byte[] body)
    {
        GptResponse response = ParsePlain(body);
        return new GptChunk { Text = response.Content ?? string.Empty, Reasoning = response.Reasoning, Refusal = response.Refusal, Response = Complete(response) };
    }

    private async IAsyncEnumerable<GptChunk> ReadStreamAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Closed before the last chunk: what keeps a copy has finished when whoever reads hears that the answer has.
        using (var body = new GuardedStream(_response.Body, _call.Timeouts.Silence, ChatStreamReader.LargestEvent, closesLastEvent: true, cancellation))
        {
            // A server that forgot the type may have sent a plain answer all the same; no line of an event begins so.
            if (_response.MediaType != EventStream && await PeekAsync(body, cancellation).ConfigureAwait(false) == (byte)'{')
            {
                yield return Plain(await ReadAllAsync(body, cancellation).ConfigureAwait(false));
                yield break;
            }

            IAsyncEnumerator<StreamEvent> events = ChatStreamReader.Read(body).GetAsyncEnumerator(cancellation);
            var pieces = new List<GptChunk>();
            bool isDone = false;
            int received = 0;
            try
            {
                while (!isDone)
                {
                    // Here and not in a method of its own: it is asked for every event.
                    try
                    {
                        if (!await events.MoveNextAsync().ConfigureAwait(false)) break;
                    }
                    catch (Exception) when (cancellation.IsCancellationRequested)
                    {
                        throw new OperationCanceledException(cancellation);
                    }
                    catch (Exception failure) when (IsBreak(failure))
                    {
                        throw Partial(_failures.Broken(failure));
                    }

                    StreamEvent current = events.Current;
                    if (current.Kind == StreamEventKind.Skip) continue;
                    received++;
                    if (current.Text is not null) _assembler.Add(current.Text, pieces);
                    else if (current.Chunk is not null) _assembler.Add(current.Chunk, pieces);
                    foreach (GptChunk piece in pieces) yield return piece;
                    pieces.Clear();
                    isDone = current.Kind == StreamEventKind.Done;
                    ThrowIfFailed(current);
                }
            }
            finally
            {
                _received = body.Total;
                await events.DisposeAsync().ConfigureAwait(false);
            }

            if (received == 0) throw NoEvents(body.Head);
            if (!isDone && !_assembler.IsFinished)
            {
                throw Partial(new GptChatException(GptErrorKind.Truncated, "The answer broke off: the stream ended without saying why")
                {
                    Hint = "What came is in the error's PartialText. Send again.",
                });
            }
        }

        yield return new GptChunk { Response = Complete(_assembler.Build()) };
    }

    private void ThrowIfFailed(StreamEvent current)
    {
        switch (current.Kind)
        {
            case StreamEventKind.Error:
                _response.IsSettled = true;
                (GptErrorKind kind, string? hint) = Diagnosis.OfBody(current.Error!, _call.Connection, isStream: true);
                throw Partial(_failures.Failure((kind, hint), current.Error!, null));
            case StreamEventKind.Malformed:
                _response.IsSettled = true;
                throw Partial(new GptChatException(GptErrorKind.MalformedResponse, "The stream is damaged: " + current.Problem)
                {
                    Hint = "What came before is in the error's PartialText. Look at proxies on the way, or ask the provider.",
                });
        }
    }

    /// <summary>Status 200 and an event stream by name, but no event: what did come is most likely an error.</summary>
    private GptChatException NoEvents(ReadOnlySpan<byte> head)
    {
        if (head.Length == 0)
        {
            return _failures.Complete(new GptChatException(GptErrorKind.EmptyResponse, "The server answered with status " + _response.Status + " and an empty stream") { Hint = "Send again." });
        }

        ErrorDetail detail = ErrorBody.Parse(head, "An event stream without events");
        return _failures.Failure(Diagnosis.OfBody(detail, _call.Connection, isStream: true), detail, null);
    }

    private GptResponse ParsePlain(byte[] body)
    {
        GptResponse? response;
        try
        {
            response = ChatResponseReader.Read(Utf8Text.Repaired(WithoutMark(body)));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw _failures.NotJson(body, "The answer is not what Chat Completions sends");
        }

        if (response is null || ErrorBody.IsReported(response.Error) || response.ChoiceList is null)
        {
            throw _failures.ReportedIn(body, "The answer holds neither choices nor an error");
        }

        // Choices may come in any order, and a null in a list is nothing.
        List<GptChoice> choices = response.ChoiceList.OrderBy(choice => choice.Index).ToList();
        response.ChoiceList.Clear();
        response.ChoiceList.AddRange(choices);
        foreach (GptChoice choice in response.ChoiceList)
        {
            choice.Message?.Calls?.RemoveAll(call => call is null);
            choice.Message?.Notes?.RemoveAll(note => note is null);
        }

        return response;
    }

    private static ReadOnlySpan<byte> WithoutMark(byte[] body) => body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsSpan(3) : body;

    /// <summary>The first byte of a body, or the failure that it broke off.</summary>
    private async Task<byte> PeekAsync(GuardedStream body, CancellationToken cancellation)
    {
        try
        {
            return await body.PeekAsync().ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception failure) when (IsBreak(failure))
        {
            throw _failures.Complete(_failures.Broken(failure));
        }
    }

    private GuardedStream PlainBody(CancellationToken cancellation) => new(_response.Body, _call.Timeouts.Silence, LargestBody, closesLastEvent: false, cancellation);

    /// <summary>What came of the body of a failed request until it ended, broke off or took too long.</summary>
    private async Task<byte[]> ReadErrorBodyAsync(CancellationToken cancellation)
    {
        TimeSpan silence = _call.Timeouts.Silence;
        TimeSpan longest = silence > TimeSpan.Zero && silence < LongestErrorBody ? silence : LongestErrorBody;
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        reading.CancelAfter(longest);
        using var body = new GuardedStream(_response.Body, longest, LargestErrorBody, closesLastEvent: false, reading.Token);
        using var all = new MemoryStream();
        try
        {
            await body.CopyToAsync(all, 81920, reading.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception failure) when (IsBreak(failure) || reading.IsCancellationRequested)
        {
            // The status is told, with the words that came.
        }

        return all.ToArray();
    }

    /// <summary>The rest of a body, which it closes.</summary>
    private async Task<byte[]> ReadAllAsync(GuardedStream body, CancellationToken cancellation)
    {
        using GuardedStream whole = body;
        using var all = new MemoryStream(ExpectedLength);
        try
        {
            await body.CopyToAsync(all, 81920, cancellation).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception failure) when (IsBreak(failure))
        {
            throw _failures.Complete(_failures.Broken(failure));
        }

        _received = body.Total;
        return all.Length == all.Capacity ? all.GetBuffer() : all.ToArray();
    }

    private static bool IsBreak(Exception failure) => failure is IOException or System.Net.Http.HttpRequestException or ObjectDisposedException;

    private GptChatException Partial(GptChatException failure)
    {
        failure.PartialText = _assembler.PartialText;
        return _failures.Complete(failure);
    }

    private GptResponse Complete(GptResponse response)
    {
        response.RequestUri = _call.Uri;
        response.Transfer = new GptTransfer(_call.Body.Length, _received, _response.Timing);
        ResponseFacts.Apply(response, _response, _call.RevealSecrets());
        return response;
    }
}
