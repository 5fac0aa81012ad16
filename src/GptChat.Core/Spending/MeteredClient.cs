using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GptChat.Prices;
using GptChat.Transport;

namespace GptChat.Spending;

/// <summary>Sends requests, says what their answers cost, and enters in the session's ledger what they used, however they end.</summary>
/// <param name="client">Sends them.</param>
/// <param name="ledger">The session's ledger.</param>
/// <param name="prices">The session's prices.</param>
internal sealed class MeteredClient(ChatClient client, UsageLedger ledger, PriceBook prices)
{
    private const string FromCache = "HIT";

    /// <summary>Sends a request, as <see cref="ChatClient.SendAsync"/> does.</summary>
    /// <param name="call">The request.</param>
    /// <param name="reservation">What it holds back; null where there is no limit.</param>
    /// <param name="cancellation">Fires when the user stops.</param>
    public IAsyncEnumerable<GptChunk> SendAsync(ChatCall call, Reservation? reservation, CancellationToken cancellation) =>
        new MeteredAnswer(this, client.SendAsync(call, cancellation), call, reservation, cancellation);

    /// <summary>Enters an answer.</summary>
    public void Answer(ChatCall call, Reservation? reservation, GptResponse response)
    {
        response.Cost = CostOf(call, response);

        // A file costs nothing and uses nothing.
        if (response.Origin is not null)
        {
            reservation?.Release();
            return;
        }

        Enter(call, response.Usage, response.Cost, isFailed: false);
        reservation?.Settle(response.Usage, response.Cost, LostTries(response.Retries));
    }

    /// <summary>Enters a failure.</summary>
    public void Fail(ChatCall call, Reservation? reservation, GptChatException failure)
    {
        // Found before anything was sent, or recorded when it was.
        if (failure.Attempts == 0 || failure.IsRecorded)
        {
            reservation?.Release();
            return;
        }

        GptResponse? response = failure.Response;
        if (response is not null) response.Cost = CostOf(call, response);
        bool mayBeBilled = response?.Usage is not null || MayBeBilled(failure.Kind, failure.StatusCode);
        int lost = LostTries(failure.Retries);
        Enter(call, response?.Usage, mayBeBilled ? response?.Cost : 0, isFailed: true);
        if (mayBeBilled || lost > 0) reservation?.Settle(response?.Usage, response?.Cost, mayBeBilled ? lost : lost - 1);
        else reservation?.Release();
    }

    /// <summary>Enters a request whose answer nobody waits for any more; how much of it was written, and billed, will not be known.</summary>
    public void Stop(ChatCall call, Reservation? reservation, bool isOfFile)
    {
        if (isOfFile)
        {
            reservation?.Release();
            return;
        }

        Enter(call, null, null, isFailed: true);
        reservation?.Settle(null, null, 0);
    }

    private void Enter(ChatCall call, GptUsage? usage, decimal? cost, bool isFailed) => ledger.Enter(call.Parameters.Model, call.Connection.Name, usage, cost, isFailed);

    private decimal? CostOf(ChatCall call, GptResponse response)
    {
        // Neither a file nor a gateway's cache asks the provider.
        if (response.Origin is not null || string.Equals(response.CacheStatus, FromCache, System.StringComparison.OrdinalIgnoreCase)) return 0;

        // What a search costs is in no usage.
        if (call.Parameters.WebSearchOptions is not null) return null;
        GptPrice? price = prices.Find(call.Connection.Provider, call.Parameters.Model, response.Model);
        return UsageCost.Of(response.Usage, price, response.ServiceTier ?? call.Parameters.ServiceTier);
    }

    private static int LostTries(IReadOnlyList<GptRetry> retries) => retries.Count(retry => MayBeBilled(retry.Reason, retry.StatusCode));

    /// <summary>Whether the provider may have begun to answer: it was reached, and has not said no.</summary>
    private static bool MayBeBilled(GptErrorKind kind, int? status) => kind switch
    {
        GptErrorKind.ConnectFailed or GptErrorKind.CertificateRejected or GptErrorKind.ConnectTimeout or GptErrorKind.RedirectRefused => false,
        _ => status is null or < 400 or 408 or 504 or 524,
    };
}
