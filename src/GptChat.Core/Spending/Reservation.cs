namespace GptChat.Spending;

/// <summary>What one request holds back until it is known what it took.</summary>
/// <param name="call">The account of the call.</param>
/// <param name="session">The account of the session.</param>
/// <param name="cost">The most that it costs; 0 where no limit asks for it.</param>
/// <param name="tokens">The most tokens that it takes; 0 where no limit asks for it.</param>
internal sealed class Reservation(Account call, Account session, decimal cost, long tokens)
{
    /// <summary>Books what an answer took. What is not known counts as all that was held back.</summary>
    /// <param name="usage">What it used.</param>
    /// <param name="spent">What it cost.</param>
    /// <param name="lostTries">How many tries before may have been billed, though they gave no answer.</param>
    public void Settle(GptUsage? usage, decimal? spent, int lostTries) =>
        Book((spent ?? cost) + (lostTries * cost), (usage?.TotalTokens ?? tokens) + (lostTries * tokens));

    /// <summary>Gives all back: nothing was billed.</summary>
    public void Release() => Book(0, 0);

    private void Book(decimal spent, long used)
    {
        call.Settle(cost, tokens, spent, used);
        session.Settle(cost, tokens, spent, used);
    }
}
