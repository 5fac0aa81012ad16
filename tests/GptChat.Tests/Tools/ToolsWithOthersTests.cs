using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Tools;

/// <summary>Tools beside what else a call can do: redaction, typed answers, limits, recordings, journals.</summary>
public sealed class ToolsWithOthersTests : ToolTest
{
    private const string Secret = "hunter2-Correct9Horse";

    private const string Reveal = "function Get-Config { param([string] $Name) \"password=" + Secret + " for $Name\" } ";

    [Fact]
    public void What_redaction_takes_out_stays_out_of_results_too()
    {
        Server.Enqueue(Asks("Get-Config", """{"Name":"db"}"""));
        Server.Enqueue(Reply.Completion("Done."));
        PSObject reply = InvokeOne(Reveal + "Invoke-GptChat 'x' -Tool Get-Config -Redact");
        Assert.DoesNotContain(Secret, Server.Requests[1].BodyText);
        Assert.NotEmpty((System.Collections.IEnumerable)reply.Member("Response.Redactions")!);
    }

    [Fact]
    public void With_Restore_a_tool_gets_what_was_taken_out_and_the_answer_too()
    {
        Server.Respond = request =>
        {
            if (request.Json.GetProperty("messages").GetArrayLength() > 1) return Reply.Completion(ToolMessages(request)[^1]);
            string text = request.Messages()[0];
            return Asks("Get-Echo", "{\"Text\":\"" + text[(text.IndexOf('=') + 1)..] + "\"}");
        };
        PSObject reply = InvokeOne("function Get-Echo { param([string] $Text) $global:heard = $Text; \"password=$Text\" } Invoke-GptChat 'password=" + Secret + "' -Tool Get-Echo -Redact -Restore");
        Assert.Equal(Secret, InvokeOne("$global:heard").BaseObject);
        Assert.All(Server.Requests, request => Assert.DoesNotContain(Secret, request.BodyText));
        Assert.Equal("password=" + Secret, reply.BaseObject);
    }

    [Fact]
    public void A_typed_answer_may_need_tools_first()
    {
        Server.Enqueue(Asks("Get-Config", """{"Name":"db"}"""));
        Server.Enqueue(Reply.Completion("""{"name":"db","size":3}"""));
        PSObject answer = InvokeOne(Reveal + "Invoke-GptChat 'x' -Tool Get-Config -Schema 'name, size int'");
        Assert.Equal("db", answer.Member("name"));
        Assert.All(Server.Requests, request => Assert.True(request.Json.TryGetProperty("response_format", out _)));
    }

    [Fact]
    public void A_repair_runs_nothing_again()
    {
        Server.Enqueue(Asks("Get-Config", """{"Name":"db"}"""));
        Server.Enqueue(Reply.Completion("no JSON"));
        Server.Enqueue(Reply.Completion("""{"name":"db","size":3}"""));
        Invoke(Reveal + "$null = Invoke-GptChat 'x' -Tool Get-Config -Schema 'name, size int' -Repair 1 -ResponseVariable r");
        Assert.Equal(["user", "assistant", "tool", "assistant", "user"], Server.Requests[2].Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal(15L + 19L + 19L, InvokeOne("$r.Usage.TotalTokens").BaseObject);
        Assert.Equal(4, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
    }

    [Fact]
    public void Limits_are_checked_before_each_round()
    {
        Server.Enqueue(Asks("Get-Big"));
        ErrorRecord error = InvokeError("function Get-Big { 'word ' * 3000 } Invoke-GptChat 'x' -Tool Get-Big -MaxTotalTokens 2000 -MaxCompletionTokens 100").IsKind("BudgetExceeded");
        Assert.Equal("Get-Big", Log(error.Exception).Single().Member("Name"));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void Limits_of_many_items_do_not_wait_for_each_other_for_ever()
    {
        Server.Respond = request => request.Json.GetProperty("messages").GetArrayLength() == 1 ? Asks("Get-Big") : Reply.Completion("Done.");
        Outcome outcome = Host.Run("function Get-Big { 'word ' * 500 } 1..6 | Invoke-GptChat 'x' -Each -ThrottleLimit 6 -Tool Get-Big -MaxTotalTokens 3000 -MaxCompletionTokens 100");
        Assert.Equal(6, outcome.Output.Count + outcome.Errors.Count);
        Assert.All(outcome.Errors, error => Assert.StartsWith("GptChat.BudgetExceeded", error.FullyQualifiedErrorId));
    }

    [Fact]
    public void A_recording_has_each_round_and_answers_without_a_server()
    {
        string file = Folder.At("tools.jsonl");
        Server.Enqueue(Asks("Get-Config", """{"Name":"db"}"""));
        Server.Enqueue(Reply.Completion("Done."));
        Invoke(Reveal + "$null = Invoke-GptChat 'x' -Tool Get-Config -Record $file", ("file", file));
        Assert.Equal("Done.", InvokeOne("Disconnect-GptChat *; Invoke-GptChat 'x' -Tool Get-Config -Replay $file").BaseObject);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void A_journal_keeps_the_answer_and_runs_nothing_again()
    {
        string file = Folder.At("journal.jsonl");
        Server.Respond = request => request.Json.GetProperty("messages").GetArrayLength() == 1 ? Asks("Get-Count") : Reply.Completion("Done.");
        const string Script = "function Get-Count { $global:count++ } ";
        Invoke(Script + "$global:count = 0; $null = 1, 2 | Invoke-GptChat 'x' -Each -Tool Get-Count -Journal $file; $null = 1, 2 | Invoke-GptChat 'x' -Each -Tool Get-Count -Journal $file", ("file", file));
        Assert.Equal(2, InvokeOne("$global:count").BaseObject);
        Assert.Equal(4, Server.Requests.Count);
    }

    [Fact]
    public void A_reply_that_travels_keeps_its_log()
    {
        Server.Enqueue(Asks("Get-Config", """{"Name":"db"}"""));
        Server.Enqueue(Reply.Completion("Done."));
        PSObject copy = InvokeOne(Reveal + "Invoke-GptChat 'x' -Tool Get-Config | Send-Abroad");
        object call = Log(copy.Member("Response")!).Single();
        Assert.Equal("Succeeded", call.Member("Outcome")!.ToString());
        Assert.Equal("password=" + Secret + " for db", call.Member("Result"));
        Assert.Equal(2, copy.Member("Response.Requests"));
    }
}
