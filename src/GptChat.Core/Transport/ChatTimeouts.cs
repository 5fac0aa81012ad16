using System;

namespace GptChat.Transport;

/// <summary>How long each stage of a request may take. There is no limit on the whole: a long answer is no fault.</summary>
/// <param name="Connect">Until the connection stands.</param>
/// <param name="Response">From the start of a try, connecting included, until the answer begins; reasoning models take minutes.</param>
/// <param name="Silence">Between two bytes of an answer.</param>
internal sealed record ChatTimeouts(TimeSpan Connect, TimeSpan Response, TimeSpan Silence)
{
    /// <summary>10 seconds, 10 minutes, 2 minutes.</summary>
    public static readonly ChatTimeouts Default = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(2));
}
