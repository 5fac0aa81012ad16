using System.Linq;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Spending;

/// <summary>What an answer costs, where that is known.</summary>
public sealed class CostTests : ModuleTest
{
    // 12 tokens of prompt at 1.25 and 7 of answer at 10 dollars for a million.
    private const decimal Usual = 0.000085m;

    private static Reply Answer(string usage, string model = "gpt-5.1-chat-latest", string tier = "default") => Reply.Json(
        $$$"""{"id":"c","object":"chat.completion","created":1,"model":"{{{model}}}","service_tier":"{{{tier}}}","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Yes.","refusal":null}}],"usage":{{{usage}}}}""");

    [Theory]
    [InlineData("Invoke-GptChat 'x'")]
    [InlineData("Invoke-GptChat 'x' -Live -PassThru")]
    [InlineData("'x' | Invoke-GptChat -Each")]
    public void A_reply_and_its_response_have_it(string script)
    {
        Assert.Equal([Usual, Usual], Invoke("$r = " + script + "; $r.Cost; $r.Response.Cost").Select(cost => cost.BaseObject));
        Assert.IsType<decimal>(InvokeOne("$r.Cost").BaseObject);
    }

    [Fact]
    public void A_stream_ends_with_it() => Assert.Equal(Usual, InvokeOne("(Invoke-GptChat 'x' -Stream)[-1].Response.Cost").BaseObject);

    [Theory]
    [InlineData("""{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"prompt_tokens_details":{"cached_tokens":400}}""", "0.0018")]
    [InlineData("""{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"completion_tokens_details":{"reasoning_tokens":90}}""", "0.00225")]
    public void Cached_tokens_have_a_price_of_their_own_and_reasoning_is_answer(string usage, string cost)
    {
        Server.Default = Answer(usage);
        Assert.Equal(cost, InvokeOne("(Invoke-GptChat 'x').Cost.ToString('0.######', [cultureinfo]::InvariantCulture)").BaseObject);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20,"prompt_tokens_details":{"audio_tokens":5}}""", "gpt-5.1", "default")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20,"completion_tokens_details":{"audio_tokens":5}}""", "gpt-5.1", "default")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20,"prompt_tokens_details":{"cache_write_tokens":5}}""", "gpt-5.1", "default")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20}""", "gpt-5.1", "flex")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20}""", "gpt-5.1", "priority")]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20}""", "my-model", "default")]
    [InlineData("null", "gpt-5.1", "default")]
    public void What_has_no_known_price_has_no_cost(string usage, string model, string tier)
    {
        Server.Default = Answer(usage, model, tier);
        Assert.Null(Invoke("(Invoke-GptChat 'x' -Model own).Cost")[0]);
        Assert.Equal([1L, null], Invoke("(Get-GptUsage).Unpriced; (Get-GptUsage).Cost").Select(value => value?.BaseObject));
    }

    [Fact]
    public void A_price_of_ones_own_comes_first_under_the_name_asked_for_or_answered()
    {
        Invoke("Set-GptPrice own -Input 1000000 -Output 0");
        Assert.Equal(12m, InvokeOne("(Invoke-GptChat 'x' -Model own).Cost").BaseObject);
        Invoke("Set-GptPrice gpt-5.1-chat-latest -Input 0 -Output 1000000");
        Assert.Equal(7m, InvokeOne("(Invoke-GptChat 'x' -Model other).Cost").BaseObject);
        Invoke("Set-GptPrice -Reset");
        Assert.Equal(Usual, InvokeOne("(Invoke-GptChat 'x').Cost").BaseObject);
    }

    [Fact]
    public void Servers_of_ones_own_have_no_list_price_whatever_their_models_are_called()
    {
        Invoke("Connect-GptChat -Provider Ollama -BaseUri $uri -Model gpt-4o", ("uri", Server.BaseUri));
        Assert.Null(Invoke("(Invoke-GptChat 'x').Cost")[0]);
        Invoke("Set-GptPrice gpt-4o -Input 1 -Output 1");
        Assert.Equal(0.000019m, InvokeOne("(Invoke-GptChat 'x').Cost").BaseObject);
    }

    [Fact]
    public void Recordings_and_journals_cost_nothing()
    {
        Invoke("$null = Invoke-GptChat 'x' -Record $path; $null = 'x' | Invoke-GptChat -Each -Journal $journal; Clear-GptUsage", ("path", Folder.At("r.jsonl")), ("journal", Folder.At("j.jsonl")));
        Assert.Equal(0m, InvokeOne("(Invoke-GptChat 'x' -Replay $path -MaxCost 0).Cost").BaseObject);
        Assert.Equal(0m, InvokeOne("('x' | Invoke-GptChat -Each -Journal $journal -MaxCost 0).Cost").BaseObject);
        Assert.Empty(Invoke("Get-GptUsage"));
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void An_answer_from_a_gateways_cache_costs_nothing()
    {
        Server.Default = Reply.Completion("x").WithHeader("cf-aig-cache-status", "HIT");
        Assert.Equal(0m, InvokeOne("(Invoke-GptChat 'x').Cost").BaseObject);
    }

    [Fact]
    public async Task The_progress_of_a_bulk_call_shows_it()
    {
        // Input without end: sooner or later it is shown, and then the call is stopped.
        using PendingCall call = Host.Begin("1..[int]::MaxValue | ForEach-Object { $_ } | Invoke-GptChat -Each | ForEach-Object { }");
        Assert.Matches(@"answered, 0 failed, .* tokens, 0\.\d+ USD$", await call.ProgressAsync(" USD"));
        await call.StopAsync();
    }
}
