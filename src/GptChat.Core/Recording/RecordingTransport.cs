using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using GptChat.Errors;
using GptChat.Transport;

namespace GptChat.Recording;

/// <summary>Lets another transport answer and writes each finished exchange to a file. No header of the request is kept, so no key is.</summary>
internal sealed class RecordingTransport(IChatTransport inner, string path) : IChatTransport
{
    private static readonly string[] KeptHeaders =
    {
        "content-type", "x-request-id", "apim-request-id", "cf-ray", "retry-after", "retry-after-ms", "x-should-retry", "location",
    };

    private static readonly string[] KeptPrefixes = { "cf-aig-", "x-ratelimit-", "ratelimit" };

    private static readonly Regex Account = new("(?<=/accounts/)[^/]+|(?<=gateway\\.ai\\.cloudflare\\.com/v1/)[^/]+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <inheritdoc/>
    public async Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
    {
        TransportResponse response = await inner.SendAsync(call, cancellation).ConfigureAwait(false);
        TransportResponse? recorded = null;
        var tee = new TeeStream(response.Body, (pieces, isCut) => recorded!.LateFailure = Save(call, response, pieces, isCut), () => recorded!.IsSettled);
        return recorded = new TransportResponse(response.Status, response.Reason, response.Headers, tee, response);
    }

    /// <summary>Writes the exchange. An answer that has come, and was paid for, must not be lost because of its copy.</summary>
    /// <returns>Why it could not be written; null if it was.</returns>
    private GptChatException? Save(ChatCall call, TransportResponse response, IReadOnlyList<RecordedPiece> pieces, bool isCut)
    {
        Dictionary<string, string> headers = response.Headers
            .Where(header => IsKept(header.Key))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value, StringComparer.OrdinalIgnoreCase);
        using JsonDocument body = JsonDocument.Parse(call.Body.ToArray());
        var exchange = new RecordedExchange(body.RootElement, response.Status, headers, pieces, isCut);
        string uri = Account.Replace(call.Connection.Uri.GetLeftPart(UriPartial.Path), "***");
        string line = Encoding.UTF8.GetString(exchange.ToLine(uri, DateTimeOffset.UtcNow));
        try
        {
            RecordingFile.Append(path, Encoding.UTF8.GetBytes(KeyMask.InContent(line, call.RevealSecrets())));
            return null;
        }
        catch (GptChatException failure)
        {
            return failure;
        }
    }

    private static bool IsKept(string name) =>
        KeptHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
        || KeptPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
