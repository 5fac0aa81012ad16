using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace GptChat.Transport;

/// <summary>Carries a request to whoever answers: a server or a recording.</summary>
internal interface IChatTransport
{
    /// <summary>Sends a request once.</summary>
    /// <returns>The answer, as soon as its headers are here.</returns>
    /// <exception cref="GptChatException">There was no answer.</exception>
    /// <exception cref="OperationCanceledException">The user stopped.</exception>
    Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation);
}

/// <summary>An answer whose body is still to be read.</summary>
internal sealed class TransportResponse : IDisposable
{
    private readonly IDisposable? _owner;

    /// <summary>Takes an answer over.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="reason">The words after it; may be empty.</param>
    /// <param name="headers">The headers, by name in any case.</param>
    /// <param name="body">The body.</param>
    /// <param name="owner">What must be closed when the answer is done with.</param>
    public TransportResponse(int status, string? reason, IReadOnlyDictionary<string, string> headers, Stream body, IDisposable? owner = null)
    {
        Status = status;
        Reason = reason ?? string.Empty;
        Headers = headers;
        Body = body;
        _owner = owner;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The words after the status; may be empty.</summary>
    public string Reason { get; }

    /// <summary>The headers, by name in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body, unread.</summary>
    public Stream Body { get; }

    /// <summary>Whether whoever reads it has seen enough, though more of the body may follow: it failed, or points elsewhere.</summary>
    public bool IsSettled { get; set; }

    /// <summary>What went wrong besides the answer, known once its body is closed; null if nothing did.</summary>
    public GptChatException? LateFailure { get; set; }

    /// <summary>Where it came from, where that is no server.</summary>
    public AnswerOrigin? Origin { get; init; }

    /// <summary>How long it took until it began; null where nothing was sent.</summary>
    public TransportTiming? Timing { get; init; }

    /// <summary>Called with an answer that was read to its end, and with why it does not count as one; whatever keeps answers decides by it.</summary>
    public Action<GptResponse, GptChatException?>? Judged { get; init; }

    /// <summary>Called when it is done with, however it ended.</summary>
    public Action? Closed { get; set; }

    /// <summary>The media type without parameters, in lower case; empty if there is none.</summary>
    public string MediaType
    {
        get
        {
            string type = Header("Content-Type") ?? string.Empty;
            int end = type.IndexOf(';');
            return (end < 0 ? type : type.Substring(0, end)).Trim().ToLowerInvariant();
        }
    }

    /// <summary>A header's value; null if it is not there.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Body.Dispose();
        _owner?.Dispose();
        Closed?.Invoke();
    }
}
