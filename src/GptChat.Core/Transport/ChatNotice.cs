using System;
using System.Globalization;

namespace GptChat.Transport;

/// <summary>What is to be said while a request waits: that it does, why and for how long; and that it no longer does.</summary>
/// <param name="Request">Tells the requests of one caller apart.</param>
/// <param name="Uri">Where the request goes.</param>
/// <param name="Wait">How long it waits at least; zero where it waits for its turn.</param>
/// <param name="Text">What is said; null where there is nothing to say.</param>
/// <param name="IsOver">Whether the wait is over.</param>
/// <param name="IsProblem">Whether it tells of no wait, but of something that went wrong besides.</param>
internal sealed record ChatNotice(object Request, Uri Uri, TimeSpan Wait, string? Text, bool IsOver = false, bool IsProblem = false)
{
    /// <summary>How long it still waits, where that can change while it does; null where <see cref="Wait"/> is all that is known.</summary>
    public Func<TimeSpan>? Remaining { get; init; }

    /// <summary>A try failed and is followed by another.</summary>
    /// <param name="call">The request.</param>
    /// <param name="failed">The failed try.</param>
    /// <param name="number">Which try it was, from 1.</param>
    /// <param name="wait">How long is waited; others of the connection may have been told to wait for longer.</param>
    /// <param name="isHeld">Whether it waits at the gate, with all others.</param>
    public static ChatNotice OfRetry(ChatCall call, GptRetry failed, int number, TimeSpan wait, bool isHeld)
    {
        string status = failed.StatusCode is int code ? " (" + code.ToString(CultureInfo.InvariantCulture) + ")" : string.Empty;
        string text = string.Format(
            CultureInfo.InvariantCulture,
            "Try {0} of at most {1} failed: {2}{3}. {4}The next follows in {5}.",
            number,
            call.Retry!.MostRetries + 1,
            failed.Reason,
            status,
            failed.Reason == GptErrorKind.ResponseTimeout ? "It may have been run and billed. " : string.Empty,
            TransportFailure.Seconds(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds))));
        return new ChatNotice(call, call.Connection.Uri, wait, text) { Remaining = isHeld ? () => call.Connection.Gate.Remaining : null };
    }

    /// <summary>A request is held back because the server told another one to wait.</summary>
    public static ChatNotice OfGate(ChatCall call, TimeSpan wait)
    {
        string text = wait > TimeSpan.Zero
            ? "Held back for " + TransportFailure.Seconds(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds))) + ": the server told another request of this connection to wait."
            : "Held back until its turn: the server told requests of this connection to wait, and they start again a few at a time.";
        return new ChatNotice(call, call.Connection.Uri, wait, text) { Remaining = () => call.Connection.Gate.Remaining };
    }

    /// <summary>An answer is sent back to be corrected.</summary>
    public static ChatNotice OfRepair(ChatCall call, string problem, int number, int most) =>
        new(call, call.Connection.Uri, TimeSpan.Zero, string.Format(CultureInfo.InvariantCulture, "Sent back to be corrected ({0} of at most {1}). {2}", number, most, problem));

    /// <summary>Something went wrong besides.</summary>
    public static ChatNotice OfProblem(ChatCall call, GptChatException problem) => new(call, call.Connection.Uri, TimeSpan.Zero, problem.Message, IsProblem: true);

    /// <summary>The wait of a request is over.</summary>
    public static ChatNotice OfEnd(ChatCall call) => new(call, call.Connection.Uri, TimeSpan.Zero, null, IsOver: true);
}
