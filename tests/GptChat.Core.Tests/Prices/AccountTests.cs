using System.Linq;
using System.Threading.Tasks;
using GptChat.Prices;
using GptChat.Spending;
using Xunit;

namespace GptChat.Core.Tests.Prices;

/// <summary>What is held back and what is spent, with many at once.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task Many_at_once_never_hold_more_than_the_limit()
    {
        var account = new Account();
        bool[] held = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => account.TryHold(0.03m, 30, 1m, null))));
        Assert.Equal(33, held.Count(isHeld => isHeld));
        Assert.Equal((0m, 0.99m), account.Cost);
        await Task.WhenAll(Enumerable.Range(0, 33).Select(_ => Task.Run(() => account.Settle(0.03m, 30, 0.01m, 10))));
        Assert.Equal((0.33m, 0m), account.Cost);
        Assert.Equal((330L, 0L), account.Tokens);
    }

    [Fact]
    public void What_is_held_back_outlives_a_clearing()
    {
        var account = new Account();
        Assert.True(account.TryHold(1m, 1, null, null));
        account.Settle(0, 0, 5m, 5);
        account.Clear();
        Assert.Equal((0m, 1m), account.Cost);
        Assert.False(account.TryHold(1m, 1, 1.5m, null));
        Assert.False(account.TryHold(0, 1, null, 1));
    }

    [Fact]
    public void The_ledger_counts_on_every_thread()
    {
        var ledger = new UsageLedger();
        GptUsage usage = new() { PromptTokens = 2, CompletionTokens = 1, TotalTokens = 3 };
        Parallel.For(0, 1000, i => ledger.Enter(i % 2 == 0 ? "m" : "M", "c", usage, i % 4 == 0 ? null : 0.5m, isFailed: false));
        GptUsageTotal total = Assert.Single(ledger.Totals);
        Assert.Equal((1000L, 3000L, 375m, 250L), (total.Requests, total.TotalTokens, total.Cost, total.Unpriced));
    }

    [Fact]
    public void A_try_that_was_repeated_may_have_been_billed()
    {
        Account call = new(), session = new();
        SpendingLimits limits = new(session, 1m, null, null);
        GptPrice price = new("m", 1_000_000, 1_000_000);
        RequestForecast forecast = RequestForecast.Of([GptMessage.FromText("user", "Hello")], new() { Model = "gpt-5.1-chat", MaxCompletionTokens = 3 }, price, default);
        Assert.Equal((7L, 3L, 10m), (forecast.Prompt.Tokens, forecast.Answers, forecast.MaxCost));
        Assert.Null(limits.TryHold(forecast));
        new Reservation(call, session, 0.5m, 5).Settle(new GptUsage { TotalTokens = 2 }, 0.1m, lostTries: 1);
        Assert.Equal(0.6m, session.Cost.Spent);
        Assert.Equal(7L, session.Tokens.Used);
    }
}
