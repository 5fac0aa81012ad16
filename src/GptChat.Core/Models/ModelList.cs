using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using GptChat.Connections;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Models;

/// <summary>Reads which models a server lists, page by page where it has pages.</summary>
internal sealed class ModelList(ChatClient client, ChatTimeouts timeouts, RetryPolicy retry, ChatNotices? notices = null)
{
    /// <summary>The models in the server's order, each once.</summary>
    /// <exception cref="GptChatException">The server lists none, or the request failed.</exception>
    public async IAsyncEnumerable<GptModel> ReadAsync(GptConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Uri first = Endpoint.Models(connection);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (Uri? next = first; next is not null;)
        {
            JsonElement page;
            try
            {
                page = await client.ReadAsync(ChatCall.Get(connection, next, timeouts, retry) with { Notices = notices }, IsList, "The answer is no list of models", cancellation).ConfigureAwait(false);
            }
            catch (GptChatException failure) when (failure.Kind is GptErrorKind.NotFound or GptErrorKind.ModelNotFound && failure.StatusCode is not null)
            {
                throw NotListed(failure, connection);
            }

            int before = seen.Count;
            foreach (JsonElement item in Items(page).EnumerateArray())
            {
                if (Id(item) is { Length: > 0 } id && seen.Add(id)) yield return new GptModel(id, item, connection.Name);
            }

            // A server that takes no notice of the mark sends its first page for ever.
            next = seen.Count > before ? Following(page, first) : null;
        }
    }

    private static bool IsList(JsonElement page) => Items(page).ValueKind == JsonValueKind.Array;

    /// <summary>The list: <c>data</c> by the protocol, <c>models</c> by others, or the body itself.</summary>
    private static JsonElement Items(JsonElement page)
    {
        if (page.ValueKind != JsonValueKind.Object) return page;
        if (page.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Array) return data;
        return page.TryGetProperty("models", out JsonElement models) ? models : default;
    }

    private static string? Id(JsonElement item) => item.ValueKind == JsonValueKind.String ? JsonValues.String(item) : item.Text("id") ?? item.Text("model") ?? item.Text("name");

    private static Uri? Following(JsonElement page, Uri first)
    {
        if (page.ValueKind != JsonValueKind.Object || !page.TryGetProperty("has_more", out JsonElement more) || more.ValueKind != JsonValueKind.True) return null;
        if (page.Text("last_id") is not { Length: > 0 } last) return null;
        string query = first.Query.TrimStart('?');
        return new UriBuilder(first) { Query = (query.Length == 0 ? string.Empty : query + "&") + "after=" + Uri.EscapeDataString(last) }.Uri;
    }

    private static GptChatException NotListed(GptChatException failure, GptConnection connection)
    {
        string hint = connection.Provider switch
        {
            GptProvider.Cloudflare => "They are listed in Cloudflare's dashboard and documentation. Name one all the same: -Model author/model, such as openai/gpt-5.1-chat, or @cf/author/model for Workers AI.",
            GptProvider.CloudflareGateway => "They are listed by the provider behind the gateway: ask it on a connection of its own. Name one all the same: -Model, through the path compat as provider/model.",
            GptProvider.AzureOpenAI => "Check the endpoint (-BaseUri or AZURE_OPENAI_ENDPOINT). Deployments, whose names -Model takes, are listed in the Azure portal.",
            _ => "Name one all the same, with -Model. If the server should list them, check -BaseUri; most servers want it to end with /v1.",
        };
        return new GptChatException(GptErrorKind.NotFound, "The connection '" + connection.Name + "' does not list its models", failure)
        {
            Hint = hint,
            StatusCode = failure.StatusCode,
            Code = failure.Code,
            RequestId = failure.RequestId,
            RequestUri = failure.RequestUri,
            Attempts = failure.Attempts,
            Retries = failure.Retries,
        };
    }
}
