using System;
using System.Collections.Generic;
using GptChat.Connections;
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

#if NET
    /// <summary>What is told of it to whoever traces; null where nobody does.</summary>
    public Auditing.ChatTrace? Trace { get; init; }

#endif
    /// <summary>Takes out of a text under its name what was taken out of the request, for whoever shows what was recorded without; null where nothing was.</summary>
    public Func<string, string, string>? Redact { get; init; }

    /// <summary>Whether an answer that counts as one is good for the next run too; null where each is.</summary>
    public Func<GptResponse, bool>? IsWorthKeeping { get; init; }

    /// <summary>Whether the answer was asked for as a stream.</summary>
    public bool IsStream => Parameters.Stream == true;

    /// <summary>Where to, exactly.</summary>
    public Uri Uri { get; init; } = Connection.Uri;

    /// <summary>Whether something is only read: there is no body then.</summary>
    public bool IsGet { get; init; }

    /// <summary>Headers of this call alone.</summary>
    public IReadOnlyList<HeldHeader> Headers { get; init; } = Array.Empty<HeldHeader>();

    /// <summary>What a gateway of Cloudflare is told about this call alone; what it leaves out, its connection says.</summary>
    public GptGatewayOption? GatewayOption { get; init; }

    /// <summary>A request that only reads.</summary>
    public static ChatCall Get(GptConnection connection, Uri uri, ChatTimeouts timeouts, RetryPolicy retry)
    {
        var nothing = new ChatParameters();
        return new ChatCall(connection, nothing, RequestBody.Create(nothing, Array.Empty<GptMessage>()), timeouts, retry) { Uri = uri, IsGet = true };
    }

    /// <summary>Everything that must be taken out of what is shown or kept.</summary>
    public IReadOnlyList<string> RevealSecrets()
    {
        List<string> secrets = Connection.RevealSecrets();
        foreach (HeldHeader header in Headers) header.AddSecrets(secrets);
        return secrets;
    }
}
