using System;
using GptChat.Errors;
using GptChat.Streaming;

namespace GptChat.Transport;

/// <summary>The failures of an answer, with all that its headers and its request tell about them.</summary>
internal sealed class AnswerFailures(ChatCall call, TransportResponse response)
{
    /// <summary>What a provider reports, diagnosed.</summary>
    public GptChatException Failure((GptErrorKind Kind, string? Hint) diagnosis, ErrorDetail detail, int? status)
    {
        TimeSpan? wait = RetryHeaders.After(response, DateTimeOffset.UtcNow);
        string asked = wait is { } time && diagnosis.Kind != GptErrorKind.QuotaExceeded ? "The server asks to wait " + TransportFailure.Seconds(time) + ". " : string.Empty;
        GptRateLimit? limit = RateLimitHeaders.Of(response, DateTimeOffset.UtcNow);
        string left = diagnosis.Kind == GptErrorKind.RateLimit && limit?.ToString() is { Length: > 0 } pace ? "The provider says: " + pace + ". " : string.Empty;
        string blocked = diagnosis.Kind == GptErrorKind.ContentFiltered && FilterFacts.Policies(response.Header("cf-aig-dlp")) is { } policies ? "Blocked by the data-loss policy " + policies + ". " : string.Empty;
        return Complete(new GptChatException(diagnosis.Kind, Mask(detail.Message))
        {
            Hint = asked + left + blocked + diagnosis.Hint,
            RateLimit = limit,
            StatusCode = status,
            Type = MaskOrNull(detail.Type),
            Code = MaskOrNull(detail.Code),
            Param = MaskOrNull(detail.Param) ?? (diagnosis.Kind == GptErrorKind.UnsupportedParameter ? ParameterNames.RefusedIn(detail.Message) : null),
            RequestId = MaskOrNull(detail.RequestId),
            RetryAfter = wait,
            ShouldRetry = RetryHeaders.ShouldRetry(response),
        });
    }

    /// <summary>A body that is no JSON, where JSON was to come.</summary>
    public GptChatException NotJson(byte[] body, string otherwise)
    {
        if (body.Length == 0)
        {
            return Complete(new GptChatException(GptErrorKind.EmptyResponse, "The server answered with status " + response.Status + " and nothing else") { Hint = "Check -BaseUri; most servers want it to end with /v1." });
        }

        ErrorDetail detail = ErrorBody.Parse(body, otherwise);
        return Complete(new GptChatException(GptErrorKind.MalformedResponse, Mask(detail.Message))
        {
            Hint = "Check -BaseUri: is this the address of the API, and not of a web page or a proxy's login?",
        });
    }

    /// <summary>Status 200 with a body that reports a failure in one of its many shapes.</summary>
    public GptChatException ReportedIn(byte[] body, string otherwise)
    {
        ErrorDetail detail = ErrorBody.Parse(body, otherwise);
        return Failure(Diagnosis.OfBody(detail, call.Connection, isStream: false), detail, null);
    }

    /// <summary>A body that broke off.</summary>
    public GptChatException Broken(Exception failure) => failure switch
    {
        SilenceException => new GptChatException(GptErrorKind.OperationTimeout, "The answer fell silent for " + TransportFailure.Seconds(call.Timeouts.Silence), failure)
        {
            Hint = "What came is in the error's PartialText. Send again, or raise -OperationTimeoutSeconds.",
        },
        TooLargeException large => new GptChatException(GptErrorKind.MalformedResponse, "The server sent more than " + (large.Limit / (1024 * 1024)) + " MiB in one piece", failure)
        {
            Hint = "No answer is that large: check -BaseUri.",
        },
#if NET
        System.Net.Http.HttpProtocolException protocol => new GptChatException(GptErrorKind.Truncated, "The answer broke off: " + protocol.Message, KeyMask.InException(failure, call.RevealSecrets()))
        {
            Hint = "What came is in the error's PartialText. Send again.",
        },
#endif
        _ => new GptChatException(GptErrorKind.Truncated, "The answer broke off: the connection was lost", KeyMask.InException(failure, call.RevealSecrets()))
        {
            Hint = "What came is in the error's PartialText. Send again.",
        },
    };

    /// <summary>Tells a failure which request it is of.</summary>
    public GptChatException Complete(GptChatException failure)
    {
        failure.RequestUri ??= call.Uri;
        failure.RequestId = MaskOrNull(ResponseFacts.RequestId(response)) ?? failure.RequestId;
        return failure;
    }

    /// <summary>A server's words without any secret of the request.</summary>
    public string Mask(string text) => KeyMask.InError(text, call.RevealSecrets());

    private string? MaskOrNull(string? text) => text is null ? null : Mask(text);
}
