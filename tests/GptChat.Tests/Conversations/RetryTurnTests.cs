using System.Linq;
using GptChat.TestServer;
using Xunit;

namespace GptChat.Tests.Conversations;

/// <summary>Asking the last question again.</summary>
public sealed class RetryTurnTests : ModuleTest
{
    private string[] Texts() => [.. Invoke("(Get-GptConversation -Current).Messages | ForEach-Object { \"$($_.Role): $_\" }").Select(message => message.ToString())];

    [Theory]
    [InlineData("Invoke-GptChat -Retry -Model other -Temperature 0.2")]
    [InlineData("Invoke-GptChat -Retry -Continue -Model other -Temperature 0.2")]
    [InlineData("Invoke-GptChat -Retry -Conversation $reply -Model other -Temperature 0.2")]
    [InlineData("Get-GptConversation -Current | Invoke-GptChat -Retry -Model other -Temperature 0.2")]
    public void The_question_is_asked_again_and_the_new_answer_takes_the_place_of_the_old(string script)
    {
        Server.Enqueue(Reply.Completion("a"), Reply.Completion("b"), Reply.Completion("c"), Reply.Completion("d"));
        Assert.Equal("c", InvokeOne("$null = Invoke-GptChat 'one'; $reply = Invoke-GptChat 'two' -Continue; " + script).BaseObject);
        Assert.Equal(Server.Requests[1].Messages(), Server.Requests[2].Messages());
        Assert.Equal(("other", 0.2), (Server.Requests[2].Model(), Server.Requests[2].Json.GetProperty("temperature").GetDouble()));
        Assert.Equal(["user: one", "assistant: a", "user: two", "assistant: c"], Texts());

        // Again, and undone as one turn.
        Invoke("$null = Invoke-GptChat -Retry; Remove-GptMessage -LastTurn");
        Assert.Equal(["user: one", "assistant: a"], Texts());
        Assert.Equal(4 * 19L, InvokeOne("(Get-GptConversation -Current).Usage.TotalTokens").BaseObject);
    }

    [Fact]
    public void All_that_was_asked_is_asked_again_messages_and_files()
    {
        string path = Folder.Write("a.txt", "alpha");
        Invoke("$null = (New-GptMessage 'shot'), (New-GptMessage 'hit' -Role Assistant), [System.IO.FileInfo]$path | Invoke-GptChat 'and?' -System 'S'; $null = Invoke-GptChat -Retry -System 'T'", ("path", path));
        Assert.Equal(Server.Requests[0].Messages()[1..], Server.Requests[1].Messages()[1..]);
        Assert.Equal("system: T", Server.Requests[1].Messages()[0]);
    }

    [Fact]
    public void A_retry_that_fails_leaves_the_answer_that_is_there()
    {
        Server.Enqueue(Reply.Completion("a"), Reply.Error(400, "no"), Reply.Stream("broken off").TruncateAfter(Offset.Events(2)));
        InvokeError("$null = Invoke-GptChat 'one'; Invoke-GptChat -Retry").IsKind("BadRequest");
        InvokeError("Invoke-GptChat -Retry -Stream").IsKind("Truncated");
        Assert.Equal(["user: one", "assistant: a"], Texts());
    }

    [Fact]
    public void A_question_whose_answer_was_removed_is_asked_again()
    {
        Invoke("$null = Invoke-GptChat 'one'; $null = Invoke-GptChat 'two' -Continue; Remove-GptMessage -Last 1; $null = Invoke-GptChat -Retry");
        Assert.Equal(Server.Requests[1].Messages(), Server.Requests[2].Messages());
        Assert.Equal(4, Texts().Length);
    }

    [Fact]
    public void Without_a_question_there_is_nothing_to_ask_again()
    {
        InvokeError("Invoke-GptChat -Retry").IsKind("NoConversation");
        InvokeError("$null = New-GptConversation c -System 'S'; Invoke-GptChat -Retry -Conversation c").IsKind("NoConversation");
        InvokeError("$null = Invoke-GptChat 'x'; 'other' | Invoke-GptChat -Retry").IsKind("InvalidParameter");
        Assert.Single(Server.Requests);
    }

    [Fact]
    public void Under_WhatIf_nothing_is_sent_and_nothing_changes()
    {
        Invoke("$null = Invoke-GptChat 'x'; Invoke-GptChat -Retry -WhatIf");
        Assert.Single(Server.Requests);
        Assert.Equal(2, Texts().Length);
    }

    [Fact]
    public void A_job_asks_it_again_too()
    {
        Invoke("$null = Invoke-GptChat 'x'; $null = Invoke-GptChat -Retry -AsJob | Receive-Job -Wait");
        Assert.Equal(Server.Requests[0].Messages(), Server.Requests[1].Messages());
        Assert.Equal(2, Texts().Length);
    }
}
