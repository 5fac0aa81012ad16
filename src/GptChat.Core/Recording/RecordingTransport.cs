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

/// <summary>Lets another transport answer and hands each exchange to a file. No header of the request is kept, so no key is.</summary>
/// <param name="inner">Who answers.</param>
/// <param name="append">Takes a line; throws where the file cannot be written.</param>
/// <param name="keep">Which exchanges are kept.</param>
/// <param name="cacheKey">What a cache knows a request by; null where the file is none.</param>
internal sealed class RecordingTransport(IChatTransport inner, Action<byte[]> append, KeepRule keep = KeepRule.All, Func<ChatCall, string>? cacheKey = null) : IChatTransport
{
    private static readonly string[] KeptHeaders = { "content-type", "x-request-id", "apim-request-id", "cf-ray" };

    private static readonly string[] KeptPrefixes = { "cf-aig-" };

    // What was to be waited for then, and how much of the pace was left, is nobody's business who is answered from a cache later.
    private static readonly string[] MomentHeaders = { "retry-after", "retry-after-ms", "x-should-retry", "location" };

    private static readonly string[] MomentPrefixes = { "x-ratelimit-", "ratelimit" };

    private static readonly Regex Account = new("(?<=/accounts/)[^/]+|(?<=gateway\\.ai\\.cloudflare\\.com/v1/)[^/]+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Records all that comes.</summary>
    public RecordingTransport(IChatTransport inner, string path, FileRole? role = null)
        : this(inner, line => RecordingFile.Append(path, line, role))
    {
    }

    /// <inheritdoc/>
    public async Task<TransportResponse> SendAsync(ChatCall call, CancellationToken cancellation)
    {
        TransportResponse response = await inner.SendAsync(call, cancellation).ConfigureAwait(false);
        TransportResponse? recorded = null;
        IReadOnlyList<RecordedPiece>? whole = null;
        var tee = new TeeStream(response.Body, Finished, () => recorded!.IsSettled);
        return recorded = new TransportResponse(response.Status, response.Reason, response.Headers, tee, response) { Timing = response.Timing, Judged = Judged };

        void Finished(IReadOnlyList<RecordedPiece> pieces, bool isCut)
        {
            if (keep == KeepRule.All) recorded!.LateFailure = Save(call, response, pieces, isCut);
            else if (!isCut) whole = pieces;
        }

        void Judged(GptResponse answer, GptChatException? failure)
        {
            if (whole is not null && keep.Allows(answer, failure, call)) recorded!.LateFailure = Save(call, response, whole, isCut: false);
        }
    }

    /// <summary>Writes the exchange. An answer that has come, and was paid for, must not be lost because of its copy.</summary>
    /// <returns>Why it could not be written; null if it was.</returns>
    private GptChatException? Save(ChatCall call, TransportResponse response, IReadOnlyList<RecordedPiece> pieces, bool isCut)
    {
        Dictionary<string, string> headers = response.Headers
            .Where(header => IsKept(header.Key))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value, StringComparer.OrdinalIgnoreCase);
        using JsonDocument body = JsonDocument.Parse(call.Body.ToArray());
        var exchange = new RecordedExchange(body.RootElement, response.Status, headers, pieces, isCut) { Recorded = DateTimeOffset.UtcNow, CacheKey = cacheKey?.Invoke(call) };
        string uri = Account.Replace(call.Connection.Uri.GetLeftPart(UriPartial.Path), "***");
        string line = Encoding.UTF8.GetString(exchange.ToLine(uri));
        try
        {
            append(Encoding.UTF8.GetBytes(KeyMask.InContent(line, call.RevealSecrets())));
            return null;
        }
        catch (GptChatException failure)
        {
            return failure;
        }
    }

    private bool IsKept(string name) => IsOne(name, KeptHeaders, KeptPrefixes) || (cacheKey is null && IsOne(name, MomentHeaders, MomentPrefixes));

    private static bool IsOne(string name, string[] names, string[] prefixes) =>
        names.Contains(name, StringComparer.OrdinalIgnoreCase) || prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
