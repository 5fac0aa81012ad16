using System;
using System.Linq;
using System.Text;
using GptChat.Prices;
using Xunit;

namespace GptChat.Core.Tests.Prices;

/// <summary>What models cost and hold.</summary>
public sealed class PriceTableTests
{
    [Theory]
    [InlineData("gpt-5.1", "gpt-5.1")]
    [InlineData("openai/gpt-5.1-chat", "gpt-5.1-chat")]
    [InlineData("gpt-5.1-2025-11-13", "gpt-5.1")]
    [InlineData("openrouter/openai/GPT-4o-mini-2024-07-18", "gpt-4o-mini")]
    [InlineData("gpt-4o-2024-05-13", "gpt-4o-2024-05-13")]
    [InlineData("gpt-4o-2024-08-06", "gpt-4o")]
    public void Models_are_found_under_their_names(string asked, string found) => Assert.Equal(found, PriceTable.Shipped.Find(asked)?.Model);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("llama3")]
    [InlineData("gpt-5.1-mini")]
    [InlineData("gpt-5.1x")]
    [InlineData("notopenai/gpt-5.1")]
    [InlineData("mistral/gpt-4o")]
    [InlineData("gpt-audio")]
    [InlineData("gpt-4o-audio-preview")]
    [InlineData("gpt-4o-search-preview-2025-03-11")]
    public void A_model_that_is_not_listed_has_no_price(string? model) => Assert.Null(PriceTable.Shipped.Find(model));

    [Fact]
    public void The_list_that_ships_makes_sense()
    {
        GptPrice[] prices = PriceTable.Shipped.Prices.ToArray();
        Assert.True(prices.Length >= 15);
        Assert.All(prices, price =>
        {
            Assert.InRange(price.Input, 0.01m, 100);
            Assert.True(price.Output > price.Input, price.Model);
            Assert.True(price.CachedInput is null || price.CachedInput < price.Input, price.Model);
            Assert.True(price.ContextWindow >= price.MaxOutputTokens, price.Model);
            Assert.Matches(@"\d{4}-\d{2}-\d{2}$", price.Source);
        });
        GptPrice standard = PriceTable.Shipped.Find("openai/gpt-5.1-chat")!;
        Assert.Equal((1.25m, 0.125m, 10m, 128_000L, 16_384L), (standard.Input, standard.CachedInput, standard.Output, standard.ContextWindow, standard.MaxOutputTokens));
    }

    [Theory]
    [InlineData("nonsense", "it is not JSON")]
    [InlineData("[]", "no object 'models'")]
    [InlineData("""{"models":[]}""", "no object 'models'")]
    [InlineData("""{"models":{"m":1}}""", "'m' is no model")]
    [InlineData("""{"models":{" ":{"input":1,"output":1}}}""", "is no model")]
    [InlineData("""{"models":{"m":{"input":1}}}""", "needs both")]
    [InlineData("""{"models":{"m":{"input":1,"ouput":1}}}""", "'ouput' of 'm' is not known")]
    [InlineData("""{"models":{"m":{"input":-1,"output":1}}}""", "'input' of 'm' is not a number")]
    [InlineData("""{"models":{"m":{"input":"1","output":1}}}""", "'input' of 'm' is not a number")]
    [InlineData("""{"models":{"m":{"input":1e400,"output":1}}}""", "'input' of 'm' is not a number")]
    [InlineData("""{"currency":"EUR","models":{}}""", "not USD")]
    public void A_list_that_is_none_says_why(string json, string problem)
    {
        var failure = Assert.Throws<GptChatException>(() => PriceFile.Parse(Encoding.UTF8.GetBytes(json), "prices.json"));
        Assert.Equal(GptErrorKind.InvalidInput, failure.Kind);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        Assert.Contains("The form is", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_ones_own_may_have_a_mark_comments_and_gaps()
    {
        byte[] file = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{ /* ours */ "models": { "M": { "input": 0.1, "cachedInput": null, "output": 0.2, } } }""")];
        GptPrice price = Assert.Single(PriceFile.Parse(file, "prices.json"));
        Assert.Equal(("M", 0.1m, 0.2m, null, "prices.json"), (price.Model, price.Input, price.Output, price.CachedInput, price.Source));
    }
}
