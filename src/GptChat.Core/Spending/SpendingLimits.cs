using System.Globalization;

namespace GptChat.Spending;

/// <summary>How much a call may spend, checked before each of its requests is sent.</summary>
/// <param name="session">The account of the session, which <paramref name="budget"/> is held against.</param>
/// <param name="maxCost">The most that the call may cost; null for no limit.</param>
/// <param name="maxTotalTokens">The most tokens that the call may take; null for no limit.</param>
/// <param name="budget">The most that the session may cost; null for no limit.</param>
internal sealed class SpendingLimits(Account session, decimal? maxCost, long? maxTotalTokens, decimal? budget)
{
    private readonly Account _call = new();

    /// <summary>Whether there is any.</summary>
    public bool Any => HasCost || maxTotalTokens is not null;

    private bool HasCost => maxCost is not null || budget is not null;

    private string CostName => maxCost is not null ? "-MaxCost" : "-Budget";

    /// <summary>Throws where it cannot be told before what a request takes.</summary>
    /// <exception cref="GptChatException">Says what is missing, and how to give it.</exception>
    public void RequireKnown(RequestForecast forecast, string? model)
    {
        if (forecast.HasUncountable)
        {
            throw new GptChatException(GptErrorKind.InvalidInput, "The request holds sound or a document, whose tokens nobody can tell before, so " + (HasCost ? CostName : "-MaxTotalTokens") + " cannot be kept")
            {
                Hint = "Send it without a limit, or send its text. Nothing was sent.",
            };
        }

        if (HasCost && forecast.Price is null)
        {
            throw Unknown("The price of the model '" + (model ?? "of the recording") + "' is not known, so " + CostName + " cannot be kept", "Say it: Set-GptPrice -Model NAME -Input 1.25 -Output 10, in US dollars for a million tokens. Or limit the tokens: -MaxTotalTokens. Nothing was sent.");
        }

        if (HasCost && forecast.OtherPrice is { } reason)
        {
            throw Unknown(CostName + " cannot be kept: " + reason, "Leave one of them out, or limit the tokens: -MaxTotalTokens. Nothing was sent.");
        }

        if (forecast.Answers is null)
        {
            throw Unknown("How long an answer of '" + (model ?? "the model") + "' may be is not known, so " + (HasCost ? CostName : "-MaxTotalTokens") + " cannot be kept", "Limit it with -MaxCompletionTokens. Nothing was sent.");
        }
    }

    /// <summary>Holds back what a request may take; null where that does not fit.</summary>
    public Reservation? TryHold(RequestForecast forecast)
    {
        decimal cost = HasCost ? forecast.MaxCost!.Value : 0;
        long tokens = maxTotalTokens is null ? 0 : forecast.Tokens!.Value;
        if (!_call.TryHold(cost, tokens, maxCost, maxTotalTokens)) return null;
        if (session.TryHold(cost, tokens, budget, null)) return new Reservation(_call, session, cost, tokens);
        _call.Settle(cost, tokens, 0, 0);
        return null;
    }

    /// <summary>The refusal of a request that does not fit: what was spent, what it may take, and what the limit is.</summary>
    public GptChatException Refusal(RequestForecast forecast)
    {
        decimal cost = HasCost ? forecast.MaxCost!.Value : 0;
        string most = string.Format(CultureInfo.InvariantCulture, "{0}{1} tokens of prompt and up to {2} of answer", forecast.Prompt.IsExact ? string.Empty : "about ", forecast.Prompt.Tokens, forecast.Answers);
        (decimal spent, decimal held) = _call.Cost;
        if (spent + held + cost > maxCost) return Exceeded("-MaxCost", Dollars(maxCost.Value), Dollars(spent + held), "this call", Dollars(cost), most, "raise -MaxCost");
        (long used, long heldTokens) = _call.Tokens;
        if (used + heldTokens + forecast.Tokens > maxTotalTokens)
        {
            return Exceeded("-MaxTotalTokens", Number(maxTotalTokens.Value) + " tokens", Number(used + heldTokens) + " tokens", "this call", Number(forecast.Tokens!.Value) + " tokens", most, "raise -MaxTotalTokens");
        }

        (spent, held) = session.Cost;
        return Exceeded("-Budget", Dollars(budget ?? 0), Dollars(spent + held), "this session", Dollars(cost), most, "raise -Budget, or begin anew with Clear-GptUsage");
    }

    private static GptChatException Exceeded(string limit, string most, string spent, string who, string next, string detail, string raise) => new(
        GptErrorKind.BudgetExceeded, "The next request may take " + next + " (" + detail + "), and " + who + " has taken " + spent + " of the " + most + " of " + limit)
    {
        Hint = "Limit the answer with -MaxCompletionTokens, send less, or " + raise + ". This request was not sent.",
    };

    private static GptChatException Unknown(string message, string hint) => new(GptErrorKind.PriceUnknown, message) { Hint = hint };

    /// <summary>Two significant digits more than a cent: prices of requests are mostly far below one.</summary>
    private static string Dollars(decimal amount) => amount.ToString("0.00########", CultureInfo.InvariantCulture) + " USD";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
