using System;
using System.Collections.Generic;
using System.Threading;
using GptChat.Connections;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Core.Tests;

/// <summary>Connections and requests for tests.</summary>
internal static class Calls
{
    /// <summary>A key that no issuer's pattern matches, so that only knowing it can mask it.</summary>
    public const string Key = "Zx9Qw8Er7Ty6Ui5Op4As3Df2";

    /// <summary>Long enough never to be reached by a test that goes well.</summary>
    public static readonly ChatTimeouts Patient = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    public static GptConnection Connection(string? baseUri = null, GptProvider provider = GptProvider.Compatible, string? key = Key, string? gateway = null) =>
        ConnectionFactory.Create(new ConnectionParts
        {
            Provider = provider,
            BaseUri = baseUri ?? "http://127.0.0.1:9/v1",
            Key = SecureText.From(key),
            GatewayId = gateway,
        });

    /// <summary>A request that asks one question.</summary>
    public static ChatCall Ask(
        GptConnection connection, bool stream = true, string prompt = "Say something.", ChatTimeouts? timeouts = null, Action<ChatParameters>? change = null)
    {
        var parameters = new ChatParameters { Model = "openai/gpt-5.1-chat", Stream = stream ? true : null };
        change?.Invoke(parameters);
        return new ChatCall(connection, parameters, RequestBody.Create(parameters, [GptMessage.FromText(Roles.User, prompt)]), timeouts ?? Patient);
    }

    /// <summary>Sends a request and gives its answer piece by piece.</summary>
    public static IAsyncEnumerable<GptChunk> Send(IChatTransport transport, ChatCall call, CancellationToken cancellation = default) =>
        new ChatClient(transport).SendAsync(call, cancellation);
}
