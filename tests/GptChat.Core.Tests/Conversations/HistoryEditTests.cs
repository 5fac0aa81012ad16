using System.Collections.Generic;
using System.Linq;
using GptChat.Conversations;
using GptChat.Files;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Conversations;

/// <summary>Changes of a conversation by hand, undo and forks.</summary>
public sealed class HistoryEditTests
{
    private static readonly GptConnection Connection = Calls.Connection();

    private static GptMessage User(string text) => GptMessage.FromText(Roles.User, text);

    private static string Texts(IEnumerable<GptMessage> messages) => string.Join(",", messages.Select(message => message.Content));

    private static void Turn(GptConversation conversation, string question, string? system = null)
    {
        using GptConversation.Turn turn = conversation.TryBeginTurn()!;
        MessageHistory sent = turn.Ask(system is null ? null : GptMessage.FromText(Roles.System, system), [User(question)]);
        turn.Commit(sent, new GptResponse { ChoiceList = [new GptChoice { Message = GptMessage.FromText(Roles.Assistant, question.ToUpperInvariant()) }], Usage = new GptUsage { TotalTokens = 1 } }, "m-" + question, Connection);
    }

    private static void Undo(GptConversation conversation) => Assert.True(conversation.TryChange(state => LastTurn.Of(state)?.Before));

    [Fact]
    public void Every_turn_can_be_undone_and_what_it_cost_stays()
    {
        var conversation = new GptConversation("c", "m0", [User("seed")]);
        foreach (string question in (string[])["a", "b", "c"]) Turn(conversation, question, question == "b" ? "s" : null);
        Assert.Equal("s,seed,a,A,b,B,c,C", Texts(conversation.Messages));
        string[] states = [.. Enumerable.Range(0, 3).Select(_ =>
        {
            Undo(conversation);
            return Texts(conversation.Messages) + " " + conversation.Model;
        })];
        Assert.Equal(["s,seed,a,A,b,B m-b", "seed,a,A m-a", "seed m0"], states);
        Assert.Equal(3, conversation.Usage!.TotalTokens);
        Turn(conversation, "d");
        Assert.Equal("seed,d,D", Texts(conversation.Messages));
    }

    [Fact]
    public void An_undone_turn_does_not_come_back_into_the_list_of_whoever_holds_it()
    {
        var conversation = new GptConversation("c", null, []);
        Turn(conversation, "a");
        IReadOnlyList<GptMessage> held = conversation.Messages;
        Undo(conversation);
        Turn(conversation, "b");
        Assert.Equal("a,A", Texts(held));
        Assert.Equal("b,B", Texts(conversation.Messages));
    }

    [Fact]
    public void A_turn_that_goes_back_replaces_the_latest_one_or_nothing()
    {
        var conversation = new GptConversation("c", null, []);
        Turn(conversation, "a");
        Turn(conversation, "b");
        using (GptConversation.Turn turn = conversation.TryBeginTurn()!) Assert.Equal("b", Texts(turn.GoBack()!));
        Assert.Equal("a,A,b,B", Texts(conversation.Messages));
        using (GptConversation.Turn turn = conversation.TryBeginTurn()!) turn.Commit(turn.Ask(null, turn.GoBack()!), new GptResponse { Usage = new GptUsage { TotalTokens = 5 } }, "m", Connection);
        Assert.Equal("a,A,b", Texts(conversation.Messages));
        Assert.Equal(7, conversation.Usage!.TotalTokens);
    }

    [Fact]
    public void A_fork_shares_the_past_and_neither_sees_the_others_future()
    {
        var conversation = new GptConversation("c", "m0", [User("seed")]) { Settings = new ConversationDefaults { Temperature = 1 } };
        Turn(conversation, "a");
        GptConversation fork = conversation.Fork("f");
        Assert.Same(conversation.Messages, fork.Messages);
        Turn(fork, "x");
        Turn(conversation, "y");
        Assert.Equal(("seed,a,A,y,Y", "seed,a,A,x,X"), (Texts(conversation.Messages), Texts(fork.Messages)));
        Assert.Same(conversation.Messages[1], fork.Messages[1]);
        Assert.Equal(("f", "m-x", 1.0), (fork.Name, fork.Model, fork.Defaults["temperature"]));
        Undo(fork);
        Undo(fork);
        Assert.Equal("seed", Texts(fork.Messages));
    }

    [Fact]
    public void A_change_waits_for_nobody_and_happens_to_nobodys_turn()
    {
        var conversation = new GptConversation("c", null, [User("a")]);
        using (conversation.TryBeginTurn()) Assert.False(conversation.TryChange(state => state with { History = MessageHistory.Empty }));
        Assert.Single(conversation.Messages);
        Assert.True(conversation.TryChange(_ => null));
        Assert.True(conversation.TryChange(state => state with { History = MessageHistory.Empty }));
        Assert.Empty(conversation.Messages);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "")]
    [InlineData("sa", "s")]
    [InlineData("sdas", "sd")]
    public void Instructions_at_the_head_stay(string before, string after)
    {
        MessageHistory history = MessageHistory.Empty.Append([.. before.Select(kind => GptMessage.FromText(kind switch { 's' => Roles.System, 'd' => Roles.Developer, _ => Roles.User }, kind.ToString()))]);
        Assert.Equal(after, string.Concat(HistoryEdit.Instructions(history).Select(message => message.Content)));
    }

    [Theory]
    [InlineData("trip", "trip")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j%k", "a%2Fb%5Cc%3Ad%2Ae%3Ff%22g%3Ch%3Ei%7Cj%25k")]
    [InlineData("..", "%2E%2E")]
    [InlineData(".hidden", "%2Ehidden")]
    [InlineData("end. ", "end.%20")]
    [InlineData("con", "%con")]
    [InlineData("NUL.txt", "%NUL.txt")]
    [InlineData("ü 😀\n", "ü 😀%0A")]
    public void A_name_becomes_that_of_a_file_on_every_system(string name, string file) => Assert.Equal(file, FileNames.Of(name));
}
