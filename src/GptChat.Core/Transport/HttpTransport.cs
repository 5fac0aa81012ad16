using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Errors;

namespace GptChat.Transport;

/// <summary>Sends requests over HTTP.</summary>
internal sealed class HttpTransport : IChatTransport
{
    /// <summary>It has no state: connections are pooled by the clients it shares.</summary>
    public static readonly HttpTransport Instance = new();

    private static readonly ProductInfoHeaderValue UserAgent =
        new("GptChat", typeof(HttpTransport).Assembly.GetName().Version?.ToString(3) ?? "0");

    /// <inheritdoc/>
    public async Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
    {
        HttpClient client = HttpClients.For(call.Timeouts.Connect);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        waiting.CancelAfter(call.Timeouts.Response);
        using HttpRequestMessage request = Compose(call);
        try
        {
            HttpResponseMessage response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, waiting.Token).ConfigureAwait(false);
            return await OpenAsync(response).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Whatever breaks while the user stops, breaks because the user stops.
            throw new OperationCanceledException(cancellation);
        }
        catch (OperationCanceledException timeout)
        {
            throw TransportFailure.Timeout(timeout, waiting.IsCancellationRequested, call);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidOperationException)
        {
            throw TransportFailure.Of(KeyMask.InException(failure, call.Connection.RevealKey()), call);
        }
    }

    private static HttpRequestMessage Compose(ChatCall call)
    {
        GptConnection connection = call.Connection;
        var request = new HttpRequestMessage(HttpMethod.Post, connection.Uri) { Content = new ChatRequestContent(call.Body) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(call.IsStream ? "text/event-stream" : "application/json"));
        request.Headers.UserAgent.Add(UserAgent);

        // A server that answers early, with an error, must not wait for the rest of a large body first.
        request.Headers.ExpectContinue = false;
        if (connection.RevealKey() is { } key)
        {
            if (connection.Provider == GptProvider.AzureOpenAI) request.Headers.TryAddWithoutValidation("api-key", key);
            else request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (connection.GatewayId is { } gateway) request.Headers.TryAddWithoutValidation("cf-aig-gateway-id", gateway);
        return request;
    }

    private static async Task<TransportResponse> OpenAsync(HttpResponseMessage response)
    {
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            return new TransportResponse((int)response.StatusCode, response.ReasonPhrase, Headers(response), body, response);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, IEnumerable<string>> header in response.Headers) headers[header.Key] = string.Join(", ", header.Value);
        foreach (KeyValuePair<string, IEnumerable<string>> header in response.Content.Headers) headers[header.Key] = string.Join(", ", header.Value);
        return headers;
    }
}
