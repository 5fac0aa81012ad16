using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Typed;

/// <summary>Typed answers beside limits, jobs and what travels.</summary>
public sealed class LimitTests : TypedTest
{
    [Fact]
    public void A_repair_is_held_to_the_limit_of_the_call_and_the_error_keeps_the_text()
    {
        Server.Enqueue(Reply.Completion("1").WithUsage(50, 950), Reply.Completion("""{"a":"x"}"""));
        ErrorRecord error = InvokeError("Invoke-GptChat 'q' -Schema a -Repair 3 -MaxCompletionTokens 900 -MaxTotalTokens 1500").IsKind("BudgetExceeded");
        Assert.Equal("1", error.Fact("PartialText"));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void What_a_repair_cost_is_summed_and_counted()
    {
        Server.Enqueue(Reply.Completion("1").WithUsage(1_000_000, 0), Reply.Completion("""{"a":"x"}""").WithUsage(1_000_000, 0));
        Assert.Equal("2 1 2", InvokeOne("""
            Set-GptPrice -Model openai/gpt-5.1-chat -Input 1 -Output 1
            $null = Invoke-GptChat 'q' -Schema a -Repair 1 -ResponseVariable r
            "$([int]$r.Cost) $([int]$r.Repairs[0].Cost) $((Get-GptUsage).Requests)"
            """).BaseObject);
    }

    [Fact]
    public void A_response_travels_with_its_schema_and_its_repairs()
    {
        Answer("1", """{"a":"x"}""");
        PSObject[] both = [.. Invoke("$null = Invoke-GptChat 'q' -Schema a -Repair 1 -ResponseVariable r; $r; $r | Send-Abroad")];
        Assert.Equal(Copies.PublicState.Of(both[0]), Copies.PublicState.Of(both[1]));
        Assert.Equal("1", InvokeOne("$it.Repairs[0].Answer", ("it", both[1])).BaseObject);
    }

    [Fact]
    public void An_object_travels_with_its_envelope()
    {
        Answer("""{"a":"x"}""");
        Assert.Equal("x 19 stop", InvokeOne("$it = Invoke-GptChat 'q' -Schema a | Send-Abroad; \"$($it.a) $($it.Response.Usage.TotalTokens) $($it.Response.FinishReason)\"").BaseObject);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'q' -Schema 'a' -AsJob", """{"a":"x"}""", "x")]
    [InlineData("Invoke-GptChat 'q' -Schema s.json -AsJob", """{"a":"x"}""", "x")]
    [InlineData("1, 2 | Invoke-GptChat 'q' -Each -Schema 'a' -Repair 1 -AsJob", """{"a":"x"}""", "x x")]
    [InlineData("Invoke-GptChat 'q' -As 'int[]' -AsJob", """{"items":[1,2]}""", "1 2")]
    public void A_job_answers_with_objects(string script, string answer, string shown)
    {
        Folder.Write("s.json", """{"type":"object","properties":{"a":{"type":"string"}}}""");
        Server.Default = Reply.AsAsked(answer);
        string[] output = [.. Invoke("$ExecutionContext.SessionState.Path.SetLocation($folder) > $null; " + script + " | Receive-Job -Wait -AutoRemoveJob | ForEach-Object { if ($_ -is [int]) { $_ } else { $_.a } }", ("folder", System.IO.Path.GetDirectoryName(Folder.At("s.json")))).Select(one => one.ToString())];
        Assert.Equal(shown, string.Join(" ", output));
    }

    [Theory]
    [InlineData("class C { [string] $a }; Invoke-GptChat 'q' -As ([C]) -AsJob", "class C")]
    [InlineData("class D { [string] $a }; Invoke-GptChat 'q' -As ([System.Collections.Generic.List[D]]) -AsJob", "-Schema")]
    public void A_job_makes_no_objects_of_PowerShells_classes_and_says_what_to_do(string script, string said)
    {
        Assert.Contains(said, InvokeError(script).IsKind("InvalidParameter").Exception.Message);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void An_enum_of_PowerShell_holds_no_code_and_works_in_a_job()
    {
        Server.Default = Reply.AsAsked("""{"value":"High"}""");
        Assert.Equal("High", InvokeOne("enum Level { Low; High }; Invoke-GptChat 'q' -As Level -AsJob | Receive-Job -Wait -AutoRemoveJob").ToString());
    }

    [Theory]
    [InlineData("Invoke-GptChat 'q' -As 'int[]' -Stream")]
    [InlineData("1 | Invoke-GptChat 'q' -Each -Schema a -Repair 2")]
    [InlineData("Invoke-GptChat 'q' -Schema a -Repair 2")]
    public async System.Threading.Tasks.Task A_stop_ends_it(string script)
    {
        Server.Default = Reply.AsAsked("""{"items":[1]}""").HangBeforeHeaders();
        using PendingCall call = Host.Begin(script);
        await Server.WaitForRequestsAsync(1).WaitAsync(ModuleHost.Limit);
        Outcome outcome = await call.StopAsync();
        Assert.Empty(outcome.Errors);
        Assert.Equal(PSInvocationState.Stopped, call.State);
    }
}
