using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Typed;

/// <summary>With <c>-Stream</c> the elements of a list come one by one.</summary>
public sealed class ElementStreamTests : TypedTest
{
    [Fact]
    public void An_element_leaves_the_cmdlet_while_the_server_still_holds_the_rest()
    {
        var gate = new TaskCompletionSource();
        Server.Enqueue(Reply.Stream(["{\"items\":[{\"a\":\"one\"}", ",{\"a\":\"two\"}]}"]).Gate(Offset.Events(2), gate.Task));

        // Were the first element held back, nothing would ever open the gate.
        IReadOnlyList<PSObject> all = Invoke("class E { [string] $a }; Invoke-GptChat 'x' -As 'E[]' -Stream | ForEach-Object { if ($_.a -eq 'one') { $gate.SetResult() }; $_.a }", ("gate", gate));
        Assert.Equal(["one", "two"], all.Select(one => one.ToString()));
    }

    [Fact]
    public void Numbers_and_words_come_one_by_one_and_the_variable_has_the_response()
    {
        Server.Enqueue(Reply.Stream(["{\"items", "\":[1", "2,3", ",4]", "}"]));
        Assert.Equal("12 3 4|19", InvokeOne("$all = Invoke-GptChat 'x' -As 'int[]' -Stream -ResponseVariable r; \"$all|$($r.Usage.TotalTokens)\"").BaseObject);
    }

    [Fact]
    public void A_server_that_answers_whole_is_understood() =>
        Assert.Equal("1 2", InvokeWith(Reply.Completion("{\"items\":[1,2]}"), "\"$(Invoke-GptChat 'x' -As 'int[]' -Stream)\""));

    [Fact]
    public void One_object_comes_when_it_is_whole() =>
        Assert.Equal("x", InvokeWith(Reply.Stream(["{\"a\":", "\"x\"}"]), "(Invoke-GptChat 'x' -Schema a -Stream).a"));

    [Fact]
    public async Task An_element_that_does_not_fit_ends_the_answer_at_once()
    {
        Server.Enqueue(Reply.Stream(["{\"items\":[1", ",\"two\"", ",3]}"]).HangAfter(Offset.Events(3)));
        ErrorRecord error = InvokeError("$seen = @(); Invoke-GptChat 'x' -As 'int[]' -Stream | ForEach-Object { $seen += $_ }").IsKind("SchemaMismatch");
        Assert.Contains("[1] is 'two', not integer", error.Exception.Message);
        Assert.Equal("{\"items\":[1,\"two\"", error.Fact("PartialText"));
        Assert.Equal("1", InvokeOne("\"$seen\"").BaseObject);
        await Request.Aborted.WaitAsync(ModuleHost.Limit);
    }

    [Fact]
    public void An_answer_that_breaks_off_gives_its_elements_and_then_the_error()
    {
        Server.Enqueue(Reply.Stream(["{\"items\":[1,2", ",3"]).TruncateAfter(Offset.Events(3)));
        ErrorRecord error = InvokeError("$seen = @(); Invoke-GptChat 'x' -As 'int[]' -Stream | ForEach-Object { $seen += $_ }").IsKind("Truncated");
        Assert.Equal("{\"items\":[1,2,3", error.Fact("PartialText"));
        Assert.Equal("1 2", InvokeOne("\"$seen\"").BaseObject);
    }

    [Fact]
    public void An_answer_that_is_cut_by_its_limit_gives_its_elements_and_then_the_error()
    {
        Server.Enqueue(Reply.Stream(["{\"items\":[1,2", ",3"]).WithFinishReason("length"));
        InvokeError("$seen = @(); Invoke-GptChat 'x' -As 'int[]' -Stream | ForEach-Object { $seen += $_ }").IsKind("Truncated");
        Assert.Equal("1 2", InvokeOne("\"$seen\"").BaseObject);
    }

    [Fact]
    public async Task Downstream_that_wants_no_more_ends_the_answer()
    {
        Server.Enqueue(Reply.Stream(["{\"items\":[1,", "2]}"]).HangAfter(Offset.Events(2)));
        Assert.Equal(1, InvokeOne("Invoke-GptChat 'x' -As 'int[]' -Stream | Select-First").BaseObject);
        await Request.Aborted.WaitAsync(ModuleHost.Limit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-AsCompleted -ThrottleLimit 1")]
    public void Elements_say_which_item_they_are_about(string parameter)
    {
        Server.Respond = request => Reply.Stream(["{\"items\":[\"" + request.Messages()[0][^1], "1\",\"2\"]}"]);
        Assert.Equal(["a1 a0", "2 a0", "b1 b1", "2 b1"], Invoke("'a', 'b' | Invoke-GptChat -Each -As 'string[]' -Stream " + parameter + " | ForEach-Object { \"$_ $($_.Response.Source)$($_.Response.Index)\" }").Select(line => line.ToString()));
    }

    [Fact]
    public void An_item_that_does_not_fit_is_its_own_error_and_the_others_go_on()
    {
        Server.Respond = request => Reply.Stream(["{\"items\":[1,", request.Messages()[0].EndsWith('b') ? "\"x\"]}" : "2]}"]);
        Outcome outcome = Host.Run("'a', 'b', 'c' | Invoke-GptChat -Each -As 'int[]' -Stream");
        Assert.Equal([1, 2, 1, 1, 2], outcome.Output.Select(one => (int)one.BaseObject));
        Assert.Equal("b", Assert.Single(outcome.Errors).TargetObject.ToString());
        outcome.Errors[0].IsKind("SchemaMismatch");
    }

    [Fact]
    public void An_item_that_its_class_refuses_is_its_own_error_and_the_others_go_on()
    {
        Server.Respond = request => Reply.AsAsked("{\"a\":\"" + request.Messages()[0][^1] + "\"}");
        Invoke(OnlyB);
        Outcome outcome = Host.Run("class C { [OnlyB()] [string] $a }; 'b', 'a', 'b' | Invoke-GptChat -Each -As ([C]) 3> $null | ForEach-Object a");
        Assert.Equal(["b", "b"], outcome.Output.Select(one => one.ToString()));
        Assert.Equal("a", Assert.Single(outcome.Errors).TargetObject.ToString());
    }

    [Fact]
    public void A_journal_gives_the_elements_again()
    {
        string path = Folder.At("j.jsonl");
        Server.Default = Reply.AsAsked("{\"items\":[1,2]}");
        string script = "\"$('a' | Invoke-GptChat -Each -As 'int[]' -Stream -Journal $path)\"";
        Assert.Equal("1 2", InvokeOne(script, ("path", path)).BaseObject);
        Assert.Equal("1 2", InvokeOne(script, ("path", path)).BaseObject);
        Assert.Single(Server.Requests);
    }

    private object InvokeWith(Reply reply, string script)
    {
        Server.Enqueue(reply);
        return InvokeOne(script).BaseObject;
    }
}
