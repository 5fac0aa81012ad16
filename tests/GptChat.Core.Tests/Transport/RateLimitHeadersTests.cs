using System;
using System.IO;
using System.Linq;
using GptChat.Transport;
using Xunit;

namespace GptChat.Core.Tests.Transport;

/// <summary>What headers say about a provider's pace.</summary>
public sealed class RateLimitHeadersTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_760_000_000);

    private static GptRateLimit? Of(params (string Name, string Value)[] headers) => RateLimitHeaders.Of(
        new TransportResponse(200, null, headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), Stream.Null), Now);

    [Theory]
    [InlineData("1s", 1.0)]
    [InlineData("6m0s", 360.0)]
    [InlineData("12ms", 0.012)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("2d", 172800.0)]
    [InlineData("17", 17.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("1760000060", 60.0)]
    [InlineData("1760000060000", 60.0)]
    [InlineData("1750000000", 0.0)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("1s later", null)]
    [InlineData("-5", null)]
    [InlineData("99999999999999999999999999d", null)]
    [InlineData("NaN", null)]
    public void A_reset_is_a_duration_or_a_moment(string text, double? seconds) =>
        Assert.Equal(seconds is { } number ? TimeSpan.FromSeconds(number) : null, RateLimitHeaders.Time(text, Now));

    [Fact]
    public void Without_such_a_header_there_is_no_limit() => Assert.Null(Of(("content-type", "application/json"), ("retry-after", "1")));

    [Fact]
    public void Openai_counts_requests_and_tokens()
    {
        GptRateLimit limit = Of(
            ("x-ratelimit-limit-requests", "500"), ("X-RateLimit-Remaining-Requests", "499"), ("x-ratelimit-reset-requests", "120ms"),
            ("x-ratelimit-limit-tokens", "30000"), ("x-ratelimit-remaining-tokens", "29984"), ("x-ratelimit-reset-tokens", "6m0s"))!;
        Assert.Equal((500L, 499L, TimeSpan.FromMilliseconds(120)), (limit.LimitRequests, limit.RemainingRequests, limit.ResetRequests));
        Assert.Equal((30000L, 29984L, TimeSpan.FromMinutes(6)), (limit.LimitTokens, limit.RemainingTokens, limit.ResetTokens));
        Assert.Empty(limit.Policies);
        Assert.Equal("499 of 500 requests left, all again in 0.12 s; 29984 of 30000 tokens left, all again in 360 s", limit.ToString());
    }

    [Fact]
    public void Openrouter_counts_requests_alone()
    {
        GptRateLimit limit = Of(("X-RateLimit-Limit", "20"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1760000030000"))!;
        Assert.Equal((20L, 0L, TimeSpan.FromSeconds(30), null), (limit.LimitRequests, limit.RemainingRequests, limit.ResetRequests, limit.LimitTokens));
    }

    [Fact]
    public void Cloudflare_names_its_windows()
    {
        GptRateLimit limit = Of(("Ratelimit", "\"default\";r=50;t=30, \"burst\";r=7;t=2"), ("Ratelimit-Policy", "\"burst\";q=100;w=60"))!;
        Assert.Equal(
            new[] { ("default", 50L, 30d, (long?)null, (double?)null), ("burst", 7L, 2d, 100L, 60d) },
            limit.Policies.Select(policy => (policy.Name, policy.Remaining!.Value, policy.Reset!.Value.TotalSeconds, policy.Quota, policy.Window?.TotalSeconds)));
        Assert.Equal("default: 50 left, anew in 30 s; burst: 7 left, anew in 2 s, 100 in 60 s", limit.ToString());
        Assert.Null(limit.LimitRequests);
    }

    [Theory]
    [InlineData("\"default")]
    [InlineData("default;r=1")]
    [InlineData("\"a\";r=99999999999999999999;t=x")]
    [InlineData(";;;,,,\"\"")]
    public void What_is_malformed_is_no_failure(string value)
    {
        GptRateLimit limit = Of(("Ratelimit", value), ("x-ratelimit-limit-requests", "many"))!;
        Assert.Null(limit.LimitRequests);
        Assert.All(limit.Policies, policy => Assert.Null(policy.Remaining));
    }
}
