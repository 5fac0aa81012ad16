using System.Linq;
using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Typed;

/// <summary>An answer that does not fit is sent back.</summary>
public sealed class RepairTests : TypedTest
{
    [Fact]
    public void An_answer_that_does_not_fit_is_sent_back_with_what_is_wrong()
    {
        Answer("""{"a":1}""", """{"a":"x"}""");
        Assert.Equal("x", InvokeOne("$o = Invoke-GptChat 'q' -System S -Schema a -Repair 1 -ResponseVariable r; $o.a").BaseObject);
        Assert.Equal(2, Server.Requests.Count);
        string[] messages = Server.Requests[1].Messages();
        Assert.Equal(["system: S", "user: q", "assistant: {\"a\":1}"], messages[..3]);
        Assert.StartsWith("user: The answer does not fit the schema: a is 1, not string. Answer again", messages[3]);
        Assert.Equal(Server.Requests[0].Json.GetProperty("response_format").GetRawText(), Server.Requests[1].Json.GetProperty("response_format").GetRawText());
    }

    [Fact]
    public void What_it_cost_is_summed_and_each_round_is_listed()
    {
        Server.Enqueue(Reply.Completion("no JSON").WithUsage(10, 1), Reply.Completion("""{"a":2}""").WithUsage(20, 2), Reply.Completion("""{"a":"x"}""").WithUsage(30, 3));
        Invoke("$null = Invoke-GptChat 'q' -Schema a -Repair 5 -ResponseVariable r");
        Assert.Equal("60 6 66|no JSON 11,{\"a\":2} 22", InvokeOne("\"$($r.Usage.PromptTokens) $($r.Usage.CompletionTokens) $($r.Usage.TotalTokens)|\" + (($r.Repairs | ForEach-Object { \"$($_.Answer) $($_.Usage.TotalTokens)\" }) -join ',')").BaseObject);
        Assert.Contains("not valid JSON", InvokeOne("$r.Repairs[0].Problem").BaseObject.ToString());
    }

    [Fact]
    public void It_ends_with_the_number_given_and_the_error_has_the_last_text()
    {
        Answer("1", "2", "3");
        ErrorRecord error = InvokeError("Invoke-GptChat 'q' -Schema a -Repair 2").IsKind("SchemaMismatch");
        Assert.Equal(3, Server.Requests.Count);
        Assert.Equal("3", error.Fact("PartialText"));
        Assert.Contains("sent back 2 times", error.Exception.Message);
        Assert.Equal(57L, error.Fact("Response.Usage.TotalTokens"));
    }

    [Fact]
    public void Verbose_text_says_that_and_why()
    {
        Answer("1", """{"a":"x"}""");
        Assert.Contains("Sent back to be corrected (1 of at most 2). The answer does not fit the schema: The answer is 1, not object", Run("Invoke-GptChat 'q' -Schema a -Repair 2 -Verbose").Verbose);
    }

    [Fact]
    public void The_conversation_keeps_the_question_and_the_answer_that_fits()
    {
        Answer("1", """{"a":"x"}""");
        Invoke("$null = Invoke-GptChat 'q' -Schema a -Repair 1");
        Assert.Equal("user:q assistant:{\"a\":\"x\"}", InvokeOne("((Get-GptConversation -Current).Messages | ForEach-Object { \"$($_.Role):$($_.Content)\" }) -join ' '").BaseObject);
        Assert.Equal(38L, InvokeOne("(Get-GptConversation -Current).Usage.TotalTokens").BaseObject);
    }

    [Fact]
    public void A_recording_has_every_round()
    {
        string path = Folder.At("r.jsonl");
        Answer("1", """{"a":"x"}""");
        Invoke("$null = Invoke-GptChat 'q' -Schema a -Repair 1 -Record $path", ("path", path));
        Assert.Equal("x", InvokeOne("(Invoke-GptChat 'q' -Schema a -Repair 1 -Replay $path).a", ("path", path)).BaseObject);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void Each_item_is_repaired_by_itself_and_a_journal_keeps_what_fits()
    {
        string path = Folder.At("j.jsonl");
        Server.Respond = request => Reply.Completion(request.Messages().Length == 1 ? "1" : "{\"a\":\"" + request.Messages()[0][^1] + "\"}");
        string script = "1..3 | Invoke-GptChat -Each -Schema a -Repair 1 -Journal $path | ForEach-Object { \"$($_.a)$($_.Response.Source)$($_.Response.Object.FromJournal)\" }";
        Assert.Equal(["11False", "22False", "33False"], Invoke(script, ("path", path)).Select(line => line.ToString()));
        Assert.Equal(6, Server.Requests.Count);
        Assert.Equal(["11True", "22True", "33True"], Invoke(script, ("path", path)).Select(line => line.ToString()));
        Assert.Equal(6, Server.Requests.Count);
    }

    [Fact]
    public void A_failure_in_a_repair_is_that_failure()
    {
        Answer("1");
        Server.Enqueue(Reply.Error(401, "No."));
        InvokeError("Invoke-GptChat 'q' -Schema a -Repair 1").IsKind("Authentication");
    }
}
