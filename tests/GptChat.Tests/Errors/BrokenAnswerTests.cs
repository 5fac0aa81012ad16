using System.Management.Automation;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Errors;

/// <summary>An answer that broke off is an error that keeps what came.</summary>
public sealed class BrokenAnswerTests : ModuleTest
{
    [Theory]
    [InlineData("-Stream")]
    [InlineData("-Live")]
    public void A_stream_that_was_cut(string mode)
    {
        Server.Enqueue(Reply.Stream(["one ", "two ", "three"]).TruncateAfter(Offset.Events(3)));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' " + mode).IsKind("Truncated");
        Assert.Equal(ErrorCategory.ReadError, error.CategoryInfo.Category);
        Assert.Equal("one two ", error.Fact("PartialText"));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void A_stream_that_ended_in_good_order_but_too_early()
    {
        Server.Enqueue(Reply.Stream(["one ", "two ", "three"]).CloseWithoutLength(Offset.Events(3)));
        Assert.Equal("one two ", InvokeError("Invoke-GptChat 'x' -Stream").IsKind("Truncated").Fact("PartialText"));
    }

    [Fact]
    public void The_pieces_that_came_have_left_before_the_error()
    {
        Server.Enqueue(Reply.Stream(["one ", "two ", "three"]).TruncateAfter(Offset.Events(3)));
        Outcome outcome = Run("try { Invoke-GptChat 'x' -Stream } catch { \"[$($_.Exception.Kind)]\" }");
        Assert.Equal("one two [Truncated]", string.Concat(outcome.Output));
    }

    [Fact]
    public void A_plain_answer_that_was_cut()
    {
        Server.Enqueue(Reply.Completion("A long answer").TruncateAfter(30));
        InvokeError("Invoke-GptChat 'x'").IsKind("Truncated");
    }

    [Fact]
    public void An_error_in_the_middle_of_a_stream()
    {
        Server.Enqueue(Reply.Events(Payloads.RoleChunk(), Payloads.ContentChunk("one "), Payloads.ContentChunk("two"), Payloads.Error("The engine is on fire"), Payloads.Done));
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -Stream").IsKind("StreamError");
        Assert.Contains("on fire", error.Exception.Message);
        Assert.Equal("one two", error.Fact("PartialText"));
    }

    [Fact]
    public void A_stream_that_is_no_JSON()
    {
        Server.Enqueue(Reply.Events(Payloads.RoleChunk(), Payloads.ContentChunk("one"), "{oops", Payloads.Done));
        Assert.Equal("one", InvokeError("Invoke-GptChat 'x' -Stream").IsKind("MalformedResponse").Fact("PartialText"));
    }

    [Fact]
    public void A_request_for_a_stream_that_is_answered_with_an_error_as_JSON()
    {
        Server.Enqueue(Reply.Json(Payloads.Error("No such luck")));
        Assert.Contains("No such luck", InvokeError("Invoke-GptChat 'x' -Stream").Exception.Message);
    }

    [Fact]
    public void A_server_that_falls_silent()
    {
        Server.Enqueue(Reply.Stream(["one ", "two"]).HangAfter(Offset.Events(2)), Reply.Completion("x").HangBeforeHeaders());
        ErrorRecord error = InvokeError("Invoke-GptChat 'x' -Stream -OperationTimeoutSeconds 0.05").IsKind("OperationTimeout");
        Assert.Contains("-OperationTimeoutSeconds", error.Exception.Message);
        Assert.Contains("-ResponseTimeoutSeconds", InvokeError("Invoke-GptChat 'x' -ResponseTimeoutSeconds 0.05 -MaximumRetryCount 0").IsKind("ResponseTimeout").Exception.Message);
    }
}
