using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Conversations;

/// <summary>Turns follow each other only where a call says so.</summary>
public sealed class ConversationTests : ModuleTest
{
    [Fact]
    public void Calls_are_independent_unless_they_say_otherwise()
    {
        Invoke("Invoke-GptChat 'one'; Invoke-GptChat 'two'");
        Assert.Equal(["user: two"], Server.Requests[1].Messages());
    }

    [Fact]
    public void Continue_goes_on_with_the_latest_call()
    {
        Server.Enqueue(Reply.Completion("first"), Reply.Completion("second"));
        Invoke("Invoke-GptChat 'zero'; Invoke-GptChat 'one'; Invoke-GptChat 'two' -Continue");
        Assert.Equal(["user: one", "assistant: second", "user: two"], Server.Requests[2].Messages());
        Assert.Equal(4, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
    }

    [Theory]
    [InlineData("trip")]
    [InlineData("TRIP")]
    [InlineData("(Get-GptConversation trip)")]
    [InlineData("$reply")]
    [InlineData("$reply.Response")]
    public void A_conversation_is_found_by_name_by_itself_and_by_its_reply(string given)
    {
        Invoke("$null = New-GptConversation trip; $reply = Invoke-GptChat 'one' -Conversation trip; $null = Invoke-GptChat 'elsewhere'; Invoke-GptChat 'two' -Conversation " + given);
        Assert.Equal(["user: one", "assistant: This is the answer of the test server.", "user: two"], Server.Requests[2].Messages());
    }

    [Fact]
    public void A_reply_continues_the_unnamed_conversation_it_belongs_to()
    {
        Invoke("$one = Invoke-GptChat 'one'; $null = Invoke-GptChat 'elsewhere'; Invoke-GptChat 'two' -Conversation $one; Invoke-GptChat 'three' -Continue");
        Assert.Equal("user: one", Server.Requests[2].Messages()[0]);
        Assert.Equal(["user: one", "user: two", "user: three"], Server.Requests[3].Messages().Where(message => message.StartsWith("user")));
    }

    [Fact]
    public void The_last_piece_of_a_stream_continues_its_conversation_too()
    {
        Server.Enqueue(Reply.Stream("one two"));
        Invoke("$chunks = Invoke-GptChat 'one' -Stream; Invoke-GptChat 'two' -Conversation $chunks[-1]");
        Assert.Equal(["user: one", "assistant: one two", "user: two"], Server.Requests[1].Messages());
    }

    [Fact]
    public void Another_system_message_takes_the_place_of_the_first()
    {
        Invoke("$null = New-GptConversation c -System 'Old'; $null = Invoke-GptChat 'one' -Conversation c; Invoke-GptChat 'two' -Conversation c -System 'New'; Invoke-GptChat 'three' -Continue");
        Assert.Equal(["system: Old", "user: one"], Server.Requests[0].Messages());
        Assert.Equal(["system: New", "user: one"], Server.Requests[1].Messages()[..2]);
        Assert.Single(Server.Requests[2].Messages(), message => message.StartsWith("system"));
        Assert.Equal("system: New", Server.Requests[2].Messages()[0]);
    }

    [Fact]
    public void A_system_message_on_a_later_turn_stands_first()
    {
        Invoke("$null = Invoke-GptChat 'one'; Invoke-GptChat 'two' -Continue -System 'Late'");
        Assert.Equal("system: Late", Server.Requests[1].Messages()[0]);
        Assert.Equal(4, Server.Requests[1].Messages().Length);
    }

    [Theory]
    [InlineData("Invoke-GptChat 'two' -Continue", "NotFound", 404)]
    [InlineData("Invoke-GptChat 'two' -Continue -System 'New' -Stream -MaximumRetryCount 0", "ServerError", 500)]
    public void A_failed_call_leaves_the_conversation_as_it_was(string script, string kind, int status)
    {
        Server.Enqueue(Reply.Completion("first"), Reply.Error(status, "No."));
        Invoke("$null = Invoke-GptChat 'one' -System 'Old'");
        InvokeError(script).IsKind(kind);
        Assert.Equal(3, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
        Invoke("Invoke-GptChat 'three' -Continue");
        Assert.Equal(["system: Old", "user: one", "assistant: first", "user: three"], Server.Requests[2].Messages());
    }

    [Fact]
    public void A_failed_call_does_not_become_the_current_conversation()
    {
        Server.Enqueue(Reply.Completion("first"), Reply.Stream("broken off").TruncateAfter(Offset.Events(2)));
        Invoke("$null = Invoke-GptChat 'one'");
        InvokeError("Invoke-GptChat 'two' -Stream").IsKind("Truncated");
        Invoke("Invoke-GptChat 'three' -Continue");
        Assert.Equal(["user: one", "assistant: first", "user: three"], Server.Requests[2].Messages());
    }

    [Fact]
    public void The_model_is_remembered()
    {
        Invoke("$null = Invoke-GptChat 'one' -Model 'special'; Invoke-GptChat 'two' -Continue; Invoke-GptChat 'three'; $null = New-GptConversation c -Model 'other'; Invoke-GptChat 'four' -Conversation c");
        Assert.Equal(["special", "special", "openai/gpt-5.1-chat", "other"], Server.Requests.Select(Inspection.Model));
        Assert.Equal("other", InvokeOne("(Get-GptConversation c).Model").BaseObject);
    }

    [Fact]
    public void Parameters_of_a_turn_are_not_remembered()
    {
        Invoke("$null = Invoke-GptChat 'one' -Temperature 1 -MaxCompletionTokens 5; Invoke-GptChat 'two' -Continue");
        Assert.Equal(["model", "messages"], Server.Requests[1].MemberNames());
    }

    [Fact]
    public void A_conversation_that_is_in_use_is_left_alone()
    {
        Server.Enqueue(Reply.Stream("one two"));
        Invoke("$null = New-GptConversation c");
        InvokeError("Invoke-GptChat 'one' -Conversation c -Stream | ForEach-Object { Invoke-GptChat 'two' -Conversation c }").IsKind("ConversationBusy");
        Assert.Single(Server.Requests);
        Assert.Equal(0, InvokeOne("(Get-GptConversation c).Messages.Count").BaseObject);
        Invoke("Invoke-GptChat 'three' -Conversation c");
    }

    [Fact]
    public void Usage_is_summed_over_the_turns()
    {
        Server.Enqueue(Reply.Completion("a").WithUsage(10, 1), Reply.Completion("b").WithUsage(20, 2));
        Invoke("$null = New-GptConversation c; $null = 'x', 'y' | ForEach-Object { Invoke-GptChat $_ -Conversation c }");
        Assert.Equal(33L, InvokeOne("(Get-GptConversation c).Usage.TotalTokens").BaseObject);
    }

    [Fact]
    public void Messages_that_were_handed_out_do_not_change()
    {
        Invoke("$null = Invoke-GptChat 'one'; $before = (Get-GptConversation -Current).Messages; $null = Invoke-GptChat 'two' -Continue");
        Assert.Equal(2, InvokeOne("$before.Count").BaseObject);
        Assert.Equal(4, InvokeOne("(Get-GptConversation -Current).Messages.Count").BaseObject);
    }

    [Fact]
    public void Without_a_conversation_there_is_nothing_to_continue()
    {
        InvokeError("Invoke-GptChat 'x' -Continue").IsKind("NoConversation");
        InvokeError("Invoke-GptChat 'x' -Conversation gone").IsKind("ConversationNotFound");
        InvokeError("Invoke-GptChat 'x' -Conversation 42").IsKind("InvalidParameter");
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        Invoke("$null = New-GptConversation trip");
        Assert.Contains("trip", InvokeError("Invoke-GptChat 'x' -Conversation tripp").IsKind("ConversationNotFound").Exception.Message);
    }
}
