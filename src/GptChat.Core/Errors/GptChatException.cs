using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using GptChat.Errors;

namespace GptChat;

/// <summary>A failure of a request, with all that the provider said about it. It never holds a key.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "A failure without a kind cannot be mapped to an error record.")]
public sealed class GptChatException : Exception
{
    internal GptChatException(GptErrorKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public GptErrorKind Kind { get; }

    /// <summary>What happened, what to do next, and the facts to quote: status, code, request id, address, attempts.</summary>
    public override string Message => ErrorText.Compose(this, base.Message);

    /// <summary>What happened, alone.</summary>
    internal string Problem => base.Message;

    /// <summary>What to do next; part of the message.</summary>
    public string? Hint { get; internal set; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The provider's code, as text also where it is a number.</summary>
    public string? Code { get; internal init; }

    /// <summary>The provider's type of error.</summary>
    public string? Type { get; internal init; }

    /// <summary>The member of the request that the provider objects to.</summary>
    public string? Param { get; internal init; }

    /// <summary>The provider's id of the request, to quote to its support.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>Where the request went, as composed from the connection.</summary>
    public Uri? RequestUri { get; internal set; }

    /// <summary>How often the request was sent: 0 where the failure was found before.</summary>
    public int Attempts { get; internal set; }

    /// <summary>The tries before the last one: why each failed and how long was waited after it.</summary>
    public IReadOnlyList<GptRetry> Retries { get; internal set; } = Array.Empty<GptRetry>();

    /// <summary>How much of the provider's pace is left; null where it does not say.</summary>
    public GptRateLimit? RateLimit { get; internal init; }

    /// <summary>How long the server asks to wait; null where it does not say.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the server says that another try makes sense; null where it does not say.</summary>
    internal bool? ShouldRetry { get; init; }

    /// <summary>Whether a connection that could not be made may well be made a moment later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>The text that had come before the answer broke off; null where none had.</summary>
    public string? PartialText { get; internal set; }

    /// <summary>The tools that had been run before the failure, with what became of each; empty where none were.</summary>
    public IReadOnlyList<GptToolCall> ToolCalls { get; internal set; } = Array.Empty<GptToolCall>();

    /// <summary>Whether a recording failed so, and no server did now.</summary>
    internal bool IsRecorded { get; set; }

    /// <summary>What the failure concerns, where that is not the address: an input, a name, a path.</summary>
    internal object? Target { get; init; }

    /// <summary>Which part of its input it is about, where that was split; else null.</summary>
    internal string? Part { get; set; }

    /// <summary>Whether it stands for the whole input and not for the item that it was found at.</summary>
    internal bool IsOfAllInput { get; init; }

    /// <summary>The answer that could not be used (a refusal, an empty one, a broken one); null where there was none.</summary>
    public GptResponse? Response { get; internal set; }
}
