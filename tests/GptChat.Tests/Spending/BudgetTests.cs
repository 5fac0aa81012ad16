using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Spending;

/// <summary>Limits of cost and of tokens, checked before anything is sent.</summary>
public sealed class BudgetTests : ModuleTest
{
    // A prompt of 'Hello' has 7 tokens: 0.00000875 dollars. Ten tokens of answer are 0.0001, seven that come 0.00007, with 12 of prompt 0.000085.
    private const string Small = " -MaxCompletionTokens 10";

    [Theory]
    [InlineData("-MaxCost 0.0001", "-MaxCost", "0.00010875 USD (7 tokens of prompt and up to 10 of answer)")]
    [InlineData("-MaxCost 0.0000001", "-MaxCost", "of the 0.0000001 USD of -MaxCost")]
    [InlineData("-MaxTotalTokens 16", "-MaxTotalTokens", "may take 17 tokens")]
    [InlineData("-Budget 0.0001", "-Budget", "this session has taken 0.00 USD of the 0.0001 USD")]
    public void A_request_that_may_take_more_is_not_sent(string limit, string name, string text)
    {
        ErrorRecord error = InvokeError("Invoke-GptChat 'Hello' " + limit + Small).IsKind("BudgetExceeded");
        Assert.Equal(ErrorCategory.LimitsExceeded, error.CategoryInfo.Category);
        Assert.Contains(name, error.Exception.Message);
        Assert.Contains(text, error.Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("-MaxCost 0.00010875")]
    [InlineData("-MaxTotalTokens 17")]
    [InlineData("-Budget 0.00010875")]
    public void A_request_that_just_fits_is_sent(string limit) => Assert.Single(Invoke("Invoke-GptChat 'Hello' " + limit + Small));

    [Theory]
    [InlineData("-MaxCost 0.001 -ChoiceCount 10", false)]
    [InlineData("-MaxCost 0.0011 -ChoiceCount 10", true)]
    [InlineData("-MaxCost 0.001 -ExtraBody @{ n = 10 }", false)]
    [InlineData("-MaxCost 0.001 -ExtraBody @{ max_completion_tokens = 100 }", false)]
    public void Every_answer_counts_however_it_is_asked_for(string parameters, bool isSent)
    {
        Outcome outcome = Host.Run("Invoke-GptChat 'Hello' " + parameters + Small);
        Assert.Equal(isSent ? 1 : 0, Server.Requests.Count);
        Assert.Equal(isSent, outcome.Errors.Count == 0);
    }

    [Fact]
    public void Without_a_limit_of_the_answer_it_is_that_of_the_model()
    {
        ErrorRecord error = InvokeError("Invoke-GptChat 'Hello' -MaxCost 0.16").IsKind("BudgetExceeded");
        Assert.Contains("up to 16384 of answer", error.Exception.Message);
        Assert.Contains("-MaxCompletionTokens", error.Exception.Message);
        Assert.Single(Invoke("Invoke-GptChat 'Hello' -MaxCost 0.17"));
    }

    [Theory]
    [InlineData("-MaxCost 1 -Model own", "PriceUnknown", "Set-GptPrice")]
    [InlineData("-Budget 1 -Model own", "PriceUnknown", "Set-GptPrice")]
    [InlineData("-MaxTotalTokens 100 -Model own", "PriceUnknown", "-MaxCompletionTokens")]
    [InlineData("-MaxCost 1 -ServiceTier flex", "PriceUnknown", "flex")]
    [InlineData("-MaxCost 1 -WebSearchOption low", "PriceUnknown", "search")]
    [InlineData("-MaxCost 1 -ExtraBody @{ service_tier = 'priority' }", "PriceUnknown", "priority")]
    [InlineData("-MaxCost 1 -Audio marin -AudioPath a.mp3", "PriceUnknown", "spoken")]
    [InlineData("-MaxCost 1 -Path $wav", "InvalidInput", "sound")]
    public void What_cannot_be_told_before_is_an_error_before(string parameters, string kind, string text)
    {
        Folder.Write("a.wav", Media.Wav);
        Assert.Contains(text, InvokeError("Invoke-GptChat 'Hello' " + parameters, ("wav", Folder.At("a.wav"))).IsKind(kind).Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void A_price_that_is_said_makes_it_possible()
    {
        Invoke("Set-GptPrice own -Input 1 -Output 1");
        InvokeError("Invoke-GptChat 'Hello' -Model own -MaxCost 1").IsKind("PriceUnknown");
        Assert.Single(Invoke("Invoke-GptChat 'Hello' -Model own -MaxCost 1" + Small));
        Invoke("Set-GptPrice own -Input 1 -Output 1 -MaxOutputTokens 100");
        Assert.Single(Invoke("Invoke-GptChat 'Hello' -Model own -MaxCost 1"));
    }

    [Fact]
    public void A_bulk_call_goes_on_with_what_the_answers_left_over()
    {
        // Four reservations of 0.00011 do not fit into 0.00035 at once; four answers of 0.000085 do.
        Outcome outcome = Host.Run("1..5 | Invoke-GptChat -Each -MaxCost 0.00037 -ResponseVariable r" + Small);
        Assert.Equal(4, outcome.Output.Count);
        Assert.Equal(4, Server.Requests.Count);
        Assert.Contains("has taken 0.00034 USD of the 0.00037 USD", Assert.Single(outcome.Errors).IsKind("BudgetExceeded").Exception.Message);
        Assert.Equal(4, InvokeOne("$r.Count").BaseObject);
    }

    [Fact]
    public async Task Requests_under_way_are_held_against_the_limit_and_finish()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Respond = _ => Reply.Echo().GateHeaders(gate.Task);

        // 32 places, but no more than three that may take 0.00011 each fit into the limit.
        using PendingCall call = Host.Begin("1..40 | Invoke-GptChat -Each -ThrottleLimit 32 -MaxCost 0.00033 -Journal $path" + Small, ("path", Folder.At("j.jsonl")));
        await Server.WaitForRequestsAsync(3).WaitAsync(ModuleHost.Limit);
        Assert.Equal(3, Server.Requests.Count);
        gate.SetResult();
        Outcome outcome = await call.EndAsync();
        Assert.Equal(3, outcome.Output.Count);
        Assert.Single(outcome.Errors).IsKind("BudgetExceeded");
        Assert.Equal(3, Server.Requests.Count);

        // The journal kept them: the next run begins with the fourth.
        Server.Clear();
        Assert.Equal([0m, 0m, 0m, 0.000085m], Invoke("1..4 | Invoke-GptChat -Each -Journal $path -MaxCost 0.00033" + Small + " | ForEach-Object Cost").Select(cost => cost.BaseObject));
    }

    [Fact]
    public void An_item_that_cannot_be_told_is_an_error_of_its_own()
    {
        Folder.Write("a.wav", Media.Wav);
        Outcome outcome = Host.Run("1, ([IO.FileInfo]$wav), 2 | Invoke-GptChat -Each -MaxCost 1" + Small, ("wav", Folder.At("a.wav")));
        Assert.Equal(2, outcome.Output.Count);
        Assert.Single(outcome.Errors).IsKind("InvalidInput");
    }

    [Fact]
    public void The_budget_is_that_of_the_session_and_a_connection_may_bring_it()
    {
        Invoke("Connect-GptChat -BaseUri $uri -Model gpt-5.1 -Budget 0.0002", ("uri", Server.BaseUri));
        Assert.Equal(0.0002m, InvokeOne("(Get-GptConnection -Name *).Where({ $_.Budget }).Budget").BaseObject);
        Assert.Equal(2, Invoke("1..2 | ForEach-Object { Invoke-GptChat 'Hello'" + Small + " }").Count);
        Assert.Contains("has taken 0.00017 USD of the 0.0002 USD of -Budget", InvokeError("Invoke-GptChat 'Hello'" + Small).IsKind("BudgetExceeded").Exception.Message);
        Assert.Single(Invoke("Invoke-GptChat 'Hello' -Budget 1" + Small));
        Invoke("Clear-GptUsage");
        Assert.Single(Invoke("Invoke-GptChat 'Hello'" + Small));
    }

    [Fact]
    public void What_was_stopped_or_broke_off_keeps_what_it_may_have_cost()
    {
        Server.Default = Reply.Events(Payloads.ContentChunk("half"));
        Host.Run("try { Invoke-GptChat 'Hello' -Stream -Budget 1" + Small + " } catch { }");
        Assert.Contains("this session has taken 0.00010875 USD", InvokeError("Invoke-GptChat 'Hello' -Budget 0.0002" + Small).IsKind("BudgetExceeded").Exception.Message);
    }

    [Fact]
    public void What_was_refused_gives_back_what_it_held()
    {
        Server.Default = Reply.Error(400, "No.");
        Host.Run("1..3 | Invoke-GptChat -Each -MaxCost 0.00011 -ErrorAction SilentlyContinue" + Small);
        Assert.Equal(3, Server.Requests.Count);
    }
}
