using System;
using System.Collections.Generic;
using System.IO;
#if NET
using System.Net;
#endif
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
#if NET
    // A second and a quarter in all, and 32 sends with those of the runtime: enough for two hundred requests at a server that takes
    // eight on a connection.
    private const int MostRefusals = 7;
    private const int FirstRefusalMilliseconds = 10;
#endif

    /// <inheritdoc/>
    public async Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
    {
        HttpClient client = HttpClients.For(call.Connection.Http);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        waiting.CancelAfter(call.Timeouts.Response);
        bool mayShare = call.Uri.Scheme == Uri.UriSchemeHttps;
#if NET
        int refusals = 0;
#endif
        while (true)
        {
            using var connecting = new ConnectStage(call.Timeouts.Connect, hasBody: !call.IsGet, waiting.Token);
            using HttpRequestMessage request = Compose(call, mayShare);
            if (request.Content is ChatRequestContent content) content.Sending = connecting.End;
#if NET
            connecting.Attach(request);
#endif
            try
            {
                HttpResponseMessage response = await client
                    .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, connecting.Token).ConfigureAwait(false);
                string version = response.Version.Major >= 2 ? response.Version.ToString(1) : response.Version.ToString(2);
                return await OpenAsync(response, new TransportTiming(connecting.Stood, connecting.Elapsed, version), cancellation).ConfigureAwait(false);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                // Whatever breaks while the user stops, breaks because the user stops.
                throw new OperationCanceledException(cancellation);
            }
            catch (Exception timeout) when (connecting.Token.IsCancellationRequested)
            {
                throw TransportFailure.Timeout(timeout, waiting.IsCancellationRequested, call);
            }
#if NET
            catch (HttpRequestException failure) when (mayShare && TransportFailure.WantsOldVersion(failure))
            {
                mayShare = false;
                continue;
            }
            catch (HttpRequestException failure) when (mayShare && refusals < MostRefusals && TransportFailure.IsRefused(failure))
            {
                // Before it knows how many requests a new connection takes, the runtime sends up to a hundred, and gives those back that
                // were one too many for the fourth connection in a row. Nothing was done of them.
                refusals++;
            }
#endif
            catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
            {
                throw TransportFailure.Of(KeyMask.InException(failure, call.RevealSecrets()), call);
            }

#if NET
            // The limit of time goes on: to whoever asked it is one request.
            await WaitAsync(call, TimeSpan.FromMilliseconds(FirstRefusalMilliseconds << (refusals - 1)), waiting.Token, cancellation).ConfigureAwait(false);
#endif
        }
    }

#if NET
    private static async Task WaitAsync(ChatCall call, TimeSpan time, CancellationToken limit, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(time, limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException ended)
        {
            throw cancellation.IsCancellationRequested ? new OperationCanceledException(cancellation) : TransportFailure.Timeout(ended, isResponse: true, call);
        }
    }
#endif

    private static HttpRequestMessage Compose(ChatCall call, bool mayShare)
    {
        var request = new HttpRequestMessage(call.IsGet ? HttpMethod.Get : HttpMethod.Post, call.Uri);
        if (!call.IsGet) request.Content = new ChatRequestContent(call.Body);
#if NET
        // Many requests share one connection where the server has HTTP/2; the handshake tells, so that asking costs nothing.
        if (mayShare)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }
#else
        // Which .NET Framework asks for: a server that answers early, with an error, must not wait for the rest of a large body first.
        request.Headers.ExpectContinue = false;
#endif
        foreach (KeyValuePair<string, string> header in RequestHeaders.Of(call)) request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return request;
    }

    private static async Task<TransportResponse> OpenAsync(HttpResponseMessage response, TransportTiming timing, CancellationToken stop)
    {
        TransportResponse Open(Stream body, IDisposable? owner) =>
            new((int)response.StatusCode, response.ReasonPhrase, Headers(response), body, owner) { Timing = timing };

        try
        {
#if NET
            Stream body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);

            // It closes the answer itself, in its own time.
            if (response.Version.Major >= 2) return Open(new SharedConnectionStream(body, response, HttpClients.Drain, stop), null);
#else
            Stream body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
            return Open(body, response);
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
        Add(headers, response.Headers);
        Add(headers, response.Content.Headers);
        return headers;
    }

#if NET
    /// <summary>As they came: nobody needs them taken apart and put together again.</summary>
    private static void Add(Dictionary<string, string> headers, HttpHeaders some)
    {
        foreach (KeyValuePair<string, HeaderStringValues> header in some.NonValidated) headers[header.Key] = header.Value.Count == 1 ? header.Value.ToString() : string.Join(", ", header.Value);
    }
#else
    private static void Add(Dictionary<string, string> headers, HttpHeaders some)
    {
        foreach (KeyValuePair<string, IEnumerable<string>> header in some) headers[header.Key] = string.Join(", ", header.Value);
    }
#endif
}
