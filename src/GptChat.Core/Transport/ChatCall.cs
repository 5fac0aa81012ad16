using GptChat.Wire;

namespace GptChat.Transport;

/// <summary>A request that is ready to go.</summary>
/// <param name="Connection">Where to.</param>
/// <param name="Parameters">Its members beside the messages.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Timeouts">How long each stage may take.</param>
/// <param name="Retry">When it is sent again; null for never.</param>
internal sealed record ChatCall(GptConnection Connection, ChatParameters Parameters, RequestBody Body, ChatTimeouts Timeouts, RetryPolicy? Retry = null)
{
    /// <summary>Where it says that it waits; null where nobody listens.</summary>
    public ChatNotices? Notices { get; init; }

    /// <summary>Whether the answer was asked for as a stream.</summary>
    public bool IsStream => Parameters.Stream == true;
}
