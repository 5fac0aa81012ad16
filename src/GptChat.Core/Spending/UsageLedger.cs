using System;
using System.Collections.Generic;
using System.Linq;

namespace GptChat.Spending;

/// <summary>What a session has used, by model and connection. Answers are entered on whatever thread they come.</summary>
internal sealed class UsageLedger
{
    private readonly object _gate = new();
    private readonly Dictionary<(string Model, string Connection), GptUsageTotal> _totals = new();

    /// <summary>What budgets of the session are held against.</summary>
    public Account Account { get; } = new();

    /// <summary>The totals as they are now.</summary>
    public IReadOnlyList<GptUsageTotal> Totals
    {
        get
        {
            lock (_gate)
            {
                return _totals.Values.Select(total => total.Copy())
                    .OrderBy(total => total.Model, StringComparer.OrdinalIgnoreCase).ThenBy(total => total.Connection, StringComparer.OrdinalIgnoreCase).ToArray();
            }
        }
    }

    /// <summary>Enters a request that has ended.</summary>
    /// <param name="model">The model that was asked.</param>
    /// <param name="connection">The name of the connection.</param>
    /// <param name="usage">What it used; null where that is not known.</param>
    /// <param name="cost">What it cost; null where that is not known.</param>
    /// <param name="isFailed">Whether it gave no answer.</param>
    public void Enter(string? model, string connection, GptUsage? usage, decimal? cost, bool isFailed)
    {
        lock (_gate)
        {
            var key = ((model ?? string.Empty).ToUpperInvariant(), connection.ToUpperInvariant());
            if (!_totals.TryGetValue(key, out GptUsageTotal? total)) _totals[key] = total = new GptUsageTotal(model, connection);
            total.Requests++;
            if (isFailed) total.Failed++;
            if (cost is null) total.Unpriced++;
            else if (cost > 0 || !isFailed) total.Cost = (total.Cost ?? 0) + cost;
            if (usage is null) return;
            total.PromptTokens += usage.PromptTokens;
            total.CachedTokens += usage.PromptTokensDetails?.CachedTokens ?? 0;
            total.CompletionTokens += usage.CompletionTokens;
            total.ReasoningTokens += usage.CompletionTokensDetails?.ReasoningTokens ?? 0;
            total.TotalTokens += usage.TotalTokens;
        }
    }

    /// <summary>Begins anew; what is under way is entered when it ends.</summary>
    public void Clear()
    {
        lock (_gate) _totals.Clear();
        Account.Clear();
    }
}
