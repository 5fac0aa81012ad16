using System;
using System.Collections.Generic;
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

    private static readonly string[] RequestIdHeaders =
    {
        "x-request-id", "apim-request-id", "cf-aig-request-id", "cf-aig-log-id", "cf-aig-event-id", "x-generation-id", "cf-ray",
    };

    private readonly ChatCall _call;
    private readonly TransportResponse _response;
    private readonly ReplyAssembler _assembler = new();

    /// <summary>Takes an answer to read.</summary>
    public AnswerReader(ChatCall call, TransportResponse response)
    {
        _call = call;
        _response = response;
    }

    /// <summary>The answer that is read; whoever reads it closes it.</summary>
    public TransportResponse Response => _response;

    private bool IsEventStream => _response.MediaType switch
    {
        "text/event-stream" => true,

        // Home-made servers forget the type; asked for a stream, they most likely send one.
        "" or "text/plain" or "application/octet-stream" => _call.IsStream,
        _ => false,
    };

    /// <summary>Throws if the status is not that of an answer.</summary>
    public async Task RequireSuccessAsync(CancellationToken cancellation)
    {
        int status = _response.Status;
        if (status is >= 200 and < 300) return;
        if (status is 301 or 302 or 303 or 307 or 308 || (status is >= 300 and < 400 && _response.Header("Location") is not null))
        {
            throw Complete(new GptChatException(GptErrorKind.RedirectRefused, "The server points to another address: " + Mask(_response.Header("Location") ?? "it does not say which"))
            {
                Hint = "Redirects are not followed, since the key would go with them: give the final address as -BaseUri.",
                StatusCode = status,
            });
        }

        byte[] body = await ReadAllAsync(LargestErrorBody, isError: true, cancellation).ConfigureAwait(false);
        string statusLine = _response.Reason.Length == 0 ? "HTTP status " + status : status + " " + _response.Reason;
        ErrorDetail detail = ErrorBody.Parse(body, statusLine);
        throw Failure(Diagnosis.Of(status, detail, _call.Connection), detail, status);
    }

    /// <summary>The pieces of the answer as they arrive; the last one carries the whole.</summary>
    public IAsyncEnumerable<GptChunk> ReadAsync(CancellationToken cancellation) =>
        IsEventStream ? ReadStreamAsync(cancellation) : ReadPlainAsync(cancellation);

    private async IAsyncEnumerable<GptChunk> ReadPlainAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] body = await ReadAllAsync(LargestBody, isError: false, cancellation).ConfigureAwait(false);
        GptResponse response = ParsePlain(body);
        yield return new GptChunk { Text = response.Content ?? string.Empty, Reasoning = response.Reasoning, Refusal = response.Refusal, Response = Complete(response) };
    }

    private async IAsyncEnumerable<GptChunk> ReadStreamAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var body = new GuardedStream(_response.Body, _call.Timeouts.Silence, ChatStreamReader.LargestEvent, closesLastEvent: true, cancellation);
        IAsyncEnumerator<StreamEvent> events = ChatStreamReader.ReadAsync(body, cancellation).GetAsyncEnumerator(cancellation);
        var pieces = new List<GptChunk>();
        bool isDone = false;
        int received = 0;
        try
        {
            while (!isDone && await NextAsync(events, cancellation).ConfigureAwait(false))
            {
                received++;
                StreamEvent current = events.Current;
                if (current.Chunk is not null) _assembler.Add(current.Chunk, pieces);
                foreach (GptChunk piece in pieces) yield return piece;
                pieces.Clear();
                isDone = current.Kind == StreamEventKind.Done;
                ThrowIfFailed(current);
            }
        }
        finally
        {
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

        yield return new GptChunk { Response = Complete(_assembler.Build()) };
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<StreamEvent> events, CancellationToken cancellation)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Http.HttpRequestException or ObjectDisposedException)
        {
            throw Partial(Broken(Masked(failure)));
        }
    }

    private void ThrowIfFailed(StreamEvent current)
    {
        switch (current.Kind)
        {
            case StreamEventKind.Error:
                (GptErrorKind kind, string? hint) = Diagnosis.OfBody(current.Error!, _call.Connection, isStream: true);
                throw Partial(Failure((kind, hint), current.Error!, null));
            case StreamEventKind.Malformed:
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
            return Complete(new GptChatException(GptErrorKind.EmptyResponse, "The server answered with status " + _response.Status + " and an empty stream") { Hint = "Send again." });
        }

        ErrorDetail detail = ErrorBody.Parse(head, "An event stream without events");
        return Failure(Diagnosis.OfBody(detail, _call.Connection, isStream: true), detail, null);
    }

    private GptResponse ParsePlain(byte[] body)
    {
        GptResponse? response;
        try
        {
            ReadOnlySpan<byte> json = body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsSpan(3) : body;
            response = JsonSerializer.Deserialize(Utf8Text.Repaired(json), WireJson.Default.GptResponse);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw NotJson(body);
        }

        if (response is null || ErrorBody.IsReported(response.Error) || response.ChoiceList is null)
        {
            throw ReportedIn(body);
        }

        // A null in a list is nothing, as it is in a stream.
        response.ChoiceList.RemoveAll(choice => choice is null);
        foreach (GptChoice choice in response.ChoiceList)
        {
            choice.Message?.Calls?.RemoveAll(call => call is null);
            choice.Message?.Notes?.RemoveAll(note => note is null);
        }

        return response;
    }

    private GptChatException NotJson(byte[] body)
    {
        if (body.Length == 0)
        {
            return Complete(new GptChatException(GptErrorKind.EmptyResponse, "The server answered with status " + _response.Status + " and nothing else") { Hint = "Check -BaseUri; most servers want it to end with /v1." });
        }

        ErrorDetail detail = ErrorBody.Parse(body, "The answer is not what Chat Completions sends");
        return Complete(new GptChatException(GptErrorKind.MalformedResponse, Mask(detail.Message))
        {
            Hint = "Check -BaseUri: is this the address of the API, and not of a web page or a proxy's login?",
        });
    }

    /// <summary>Status 200 with a body that reports a failure in one of its many shapes.</summary>
    private GptChatException ReportedIn(byte[] body)
    {
        ErrorDetail detail = ErrorBody.Parse(body, "The answer holds neither choices nor an error");
        return Failure(Diagnosis.OfBody(detail, _call.Connection, isStream: false), detail, null);
    }

    private async Task<byte[]> ReadAllAsync(long limit, bool isError, CancellationToken cancellation)
    {
        using var guarded = new GuardedStream(_response.Body, _call.Timeouts.Silence, limit, closesLastEvent: false, cancellation);
        using var all = new MemoryStream();
        try
        {
            await guarded.CopyToAsync(all, 81920, cancellation).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Http.HttpRequestException or ObjectDisposedException)
        {
            // The status of a failed request says enough when its body breaks off.
            if (!isError) throw Complete(Broken(Masked(failure)));
        }

        return all.ToArray();
    }

    private GptChatException Broken(Exception failure) => failure switch
    {
        SilenceException => new GptChatException(GptErrorKind.OperationTimeout, "The answer fell silent for " + TransportFailure.Seconds(_call.Timeouts.Silence), failure)
        {
            Hint = "What came is in the error's PartialText. Send again, or raise -OperationTimeoutSeconds.",
        },
        TooLargeException large => new GptChatException(GptErrorKind.MalformedResponse, "The server sent more than " + (large.Limit / (1024 * 1024)) + " MiB in one piece", failure)
        {
            Hint = "No answer is that large: check -BaseUri.",
        },
        _ => new GptChatException(GptErrorKind.Truncated, "The answer broke off: the connection was lost", failure)
        {
            Hint = "What came is in the error's PartialText. Send again.",
        },
    };

    private GptChatException Failure((GptErrorKind Kind, string? Hint) diagnosis, ErrorDetail detail, int? status)
    {
        TimeSpan? wait = RetryHeaders.After(_response, DateTimeOffset.UtcNow);
        string asked = wait is { } time && diagnosis.Kind != GptErrorKind.QuotaExceeded ? "The server asks to wait " + TransportFailure.Seconds(time) + ". " : string.Empty;
        return Complete(new GptChatException(diagnosis.Kind, Mask(detail.Message))
        {
            Hint = asked + diagnosis.Hint,
            StatusCode = status,
            Type = MaskOrNull(detail.Type),
            Code = MaskOrNull(detail.Code),
            Param = MaskOrNull(detail.Param),
            RequestId = MaskOrNull(detail.RequestId),
            RetryAfter = wait,
            ShouldRetry = RetryHeaders.ShouldRetry(_response),
        });
    }

    private GptChatException Partial(GptChatException failure)
    {
        failure.PartialText = _assembler.PartialText;
        return Complete(failure);
    }

    private GptChatException Complete(GptChatException failure)
    {
        failure.RequestUri ??= _call.Connection.Uri;
        failure.RequestId = RequestId ?? failure.RequestId;
        return failure;
    }

    private GptResponse Complete(GptResponse response)
    {
        response.RequestUri = _call.Connection.Uri;
        response.RequestId = RequestId;
        return response;
    }

    private string? RequestId => MaskOrNull(RequestIdHeaders.Select(_response.Header).FirstOrDefault(id => !string.IsNullOrWhiteSpace(id)));

    private Exception Masked(Exception failure) => KeyMask.InException(failure, _call.Connection.RevealKey());

    private string? MaskOrNull(string? text) => text is null ? null : Mask(text);

    private string Mask(string text) => KeyMask.InError(text, _call.Connection.RevealKey());
}
