namespace GptChat.Spending;

/// <summary>What was spent, and what requests under way may yet spend: these are held back, so that many at once cannot overspend together.</summary>
internal sealed class Account
{
    private readonly object _gate = new();
    private decimal _cost;
    private decimal _heldCost;
    private long _tokens;
    private long _heldTokens;

    /// <summary>What was spent, and what is held back, in US dollars.</summary>
    public (decimal Spent, decimal Held) Cost
    {
        get
        {
            lock (_gate) return (_cost, _heldCost);
        }
    }

    /// <summary>What was used, and what is held back, in tokens.</summary>
    public (long Used, long Held) Tokens
    {
        get
        {
            lock (_gate) return (_tokens, _heldTokens);
        }
    }

    /// <summary>Holds back what a request may take, if that fits.</summary>
    /// <param name="cost">The most that it costs.</param>
    /// <param name="tokens">The most tokens that it takes.</param>
    /// <param name="mostCost">What may be spent in all; null for no limit.</param>
    /// <param name="mostTokens">How many tokens may be used in all; null for no limit.</param>
    public bool TryHold(decimal cost, long tokens, decimal? mostCost, long? mostTokens)
    {
        lock (_gate)
        {
            if (_cost + _heldCost + cost > mostCost || _tokens + _heldTokens + tokens > mostTokens) return false;
            _heldCost += cost;
            _heldTokens += tokens;
            return true;
        }
    }

    /// <summary>Gives back what was held, and books what was taken.</summary>
    public void Settle(decimal heldCost, long heldTokens, decimal cost, long tokens)
    {
        lock (_gate)
        {
            _heldCost -= heldCost;
            _heldTokens -= heldTokens;
            _cost += cost;
            _tokens += tokens;
        }
    }

    /// <summary>Forgets what was spent; what is held back stays.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _cost = 0;
            _tokens = 0;
        }
    }
}
