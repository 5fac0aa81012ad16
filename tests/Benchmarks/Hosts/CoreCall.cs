using System;
using System.Threading.Tasks;
using GptChat.Connections;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Benchmarks.Hosts;

/// <summary>Calls of the core, without PowerShell.</summary>
internal static class CoreCall
{
    /// <summary>A connection to any server.</summary>
    public static GptConnection Connect(Uri server) =>
        ConnectionFactory.Create(new ConnectionParts { Provider = GptProvider.Compatible, BaseUri = server.AbsoluteUri, Key = SecureText.From(Key.Text) });

    /// <summary>A request that asks one question.</summary>
    public static ChatCall Question(GptConnection connection, bool stream)
    {
        var parameters = new ChatParameters { Model = "m", Stream = stream ? true : null };
        return new ChatCall(connection, parameters, RequestBody.Create(parameters, [GptMessage.FromText(Roles.User, "Go on.")]), ChatTimeouts.Default, RetryPolicy.Default);
    }

    /// <summary>Writes the request, reads the answer, and takes its text and everything else that it holds.</summary>
    public static async Task<string?> AskAsync(GptConnection connection)
    {
        GptChunk? last = null;
        await foreach (GptChunk chunk in new ChatClient(HttpTransport.Instance).SendAsync(Question(connection, stream: false), default)) last = chunk;
        return last!.Response!.Content;
    }

    /// <summary>Makes chunks and the whole response of a streamed answer.</summary>
    public static async Task<int> StreamAsync(ChatCall call)
    {
        int chunks = 0;
        await foreach (GptChunk _ in new ChatClient(HttpTransport.Instance).SendAsync(call, default)) chunks++;
        return chunks;
    }
}
