using System.Linq;
using Xunit;

namespace GptChat.Tests.Conversations;

/// <summary>New-GptConversation and Get-GptConversation.</summary>
public sealed class ConversationCmdletTests : ModuleTest
{
    [Fact]
    public void A_new_conversation_is_output_and_kept_under_its_name()
    {
        Assert.Equal("trip", InvokeOne("New-GptConversation trip -Model m -System 'You guide.'").Member("Name"));
        Assert.Equal("m", InvokeOne("Get-GptConversation trip").Member("Model"));
        Assert.Equal("You guide.", InvokeOne("(Get-GptConversation TRIP).Messages[0].Content").BaseObject);
        Assert.NotNull(InvokeOne("Get-GptConversation trip").Member("Created"));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Conversations_are_listed_by_name_and_wildcard()
    {
        Invoke("'trip-b', 'trip-a', 'work' | ForEach-Object { $null = New-GptConversation $_ }");
        Assert.Equal(["trip-a", "trip-b", "work"], Invoke("(Get-GptConversation).Name").Select(name => name.BaseObject));
        Assert.Equal(["trip-a", "trip-b"], Invoke("(Get-GptConversation trip-*).Name").Select(name => name.BaseObject));
        Assert.Empty(Invoke("Get-GptConversation nothing*"));
    }

    [Fact]
    public void A_name_that_is_missing_is_an_error_that_ends_nothing()
    {
        Outcome outcome = Host.Run("$null = New-GptConversation a; Get-GptConversation gone, a");
        Assert.Equal("a", Assert.Single(outcome.Output).Member("Name"));
        Assert.Single(outcome.Errors).IsKind("ConversationNotFound", "GetGptConversationCommand");
    }

    [Fact]
    public void The_current_conversation_is_that_of_the_latest_call_or_none()
    {
        Assert.Empty(Invoke("Get-GptConversation -Current"));
        Invoke("$null = Invoke-GptChat 'x'");
        Assert.Null(InvokeOne("Get-GptConversation -Current").Member("Name"));
        Assert.Empty(Invoke("Get-GptConversation"));
        Assert.Equal("c", InvokeOne("$null = New-GptConversation c; $null = Invoke-GptChat 'x' -Conversation c; (Get-GptConversation -Current).Name").BaseObject);
    }

    [Fact]
    public void A_name_is_needed_and_taken_once()
    {
        InvokeError("New-GptConversation").IsKind("InvalidParameter", "NewGptConversationCommand");
        InvokeError("New-GptConversation ''").IsKind("InvalidParameter", "NewGptConversationCommand");
        InvokeError("$null = New-GptConversation a; New-GptConversation A").IsKind("InvalidParameter", "NewGptConversationCommand");
    }
}
