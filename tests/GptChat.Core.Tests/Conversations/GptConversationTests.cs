using System;
using System.Collections.Generic;
using System.Linq;
using GptChat.Conversations;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Conversations;

/// <summary>A conversation changes by whole turns only.</summary>
public sealed class GptConversationTests
{
    private static readonly GptConnection Connection = Calls.Connection();

    private static GptMessage User(string text) => GptMessage.FromText(Roles.User, text);

    private static GptResponse Answer(string? text, long tokens = 0) => new()
    {
        ChoiceList = text is null ? [] : [new GptChoice { Message = GptMessage.FromText(Roles.Assistant, text) }],
        Usage = tokens == 0 ? null : new GptUsage { PromptTokens = tokens, CompletionTokens = 1, TotalTokens = tokens + 1, PromptTokensDetails = new GptPromptTokensDetails { CachedTokens = 2 } },
    };

    private static string Texts(IEnumerable<GptMessage> messages) => string.Join(",", messages.Select(message => message.Content));

    private static GptConversation New(params GptMessage[] messages) => new("talk", "m0", messages);

    [Fact]
    public void A_committed_turn_adds_question_and_answer()
    {
        GptConversation conversation = New();
        GptResponse answer = Answer("b", 10);
        using (GptConversation.Turn turn = conversation.TryBeginTurn()!)
        {
            turn.Commit(turn.History.Append([User("a")]), answer, "m1", Connection);
        }

        Assert.Equal("a,b", Texts(conversation.Messages));
        Assert.Equal(("m1", 11L), (conversation.Model, conversation.Usage!.TotalTokens));
        Assert.Same(Connection, conversation.Connection);
        Assert.Same(conversation, answer.Conversation);
        Assert.Equal("talk (2 messages)", conversation.ToString());
    }

    [Fact]
    public void An_uncommitted_turn_leaves_the_conversation_as_it_was()
    {
        GptConversation conversation = New(User("a"));
        IReadOnlyList<GptMessage> before = conversation.Messages;
        using (GptConversation.Turn turn = conversation.TryBeginTurn()!) turn.History.Append([User("b")]);
        Assert.Same(before, conversation.Messages);
        Assert.Equal(("m0", null, null), (conversation.Model, conversation.Usage, conversation.Connection));
        using GptConversation.Turn next = conversation.TryBeginTurn()!;
        Assert.Equal("a", Texts(next.History));
    }

    [Fact]
    public void Only_one_turn_is_open_at_a_time()
    {
        GptConversation conversation = New();
        GptConversation.Turn first = conversation.TryBeginTurn()!;
        Assert.Null(conversation.TryBeginTurn());
        first.Dispose();
        using GptConversation.Turn second = conversation.TryBeginTurn()!;
        first.Dispose();
        Assert.Null(conversation.TryBeginTurn());
        Assert.Throws<ObjectDisposedException>(() => first.Commit(first.History, Answer("x"), null, Connection));
        Assert.Empty(conversation.Messages);
    }

    [Fact]
    public void Usage_is_summed_and_a_turn_without_keeps_it()
    {
        GptConversation conversation = New();
        foreach (long tokens in new long[] { 10, 0, 20 })
        {
            using GptConversation.Turn turn = conversation.TryBeginTurn()!;
            turn.Commit(turn.History.Append([User("q")]), Answer("r", tokens), null, Connection);
        }

        GptUsage usage = conversation.Usage!;
        Assert.Equal((30L, 2L, 32L, 4L), (usage.PromptTokens, usage.CompletionTokens, usage.TotalTokens, usage.PromptTokensDetails!.CachedTokens));
        Assert.Null(usage.CompletionTokensDetails);
        Assert.Equal("m0", conversation.Model);
        Assert.Equal(6, conversation.Messages.Count);
    }

    [Fact]
    public void An_answer_without_a_message_adds_only_the_question()
    {
        GptConversation conversation = New();
        using (GptConversation.Turn turn = conversation.TryBeginTurn()!) turn.Commit(turn.History.Append([User("a")]), Answer(null), null, Connection);
        Assert.Equal("a", Texts(conversation.Messages));
    }

    [Theory]
    [InlineData("", "new")]
    [InlineData("user:a", "new,a")]
    [InlineData("system:old,user:a", "new,a")]
    [InlineData("developer:old,user:a,system:late", "new,a,late")]
    public void A_new_system_message_replaces_the_one_in_front(string before, string after)
    {
        GptMessage[] messages = [.. before.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(item => GptMessage.FromText(item.Split(':')[0], item.Split(':')[1]))];
        GptConversation conversation = New(messages);
        using GptConversation.Turn turn = conversation.TryBeginTurn()!;
        Assert.Equal(after, Texts(turn.HistoryUnder(GptMessage.FromText(Roles.System, "new"))));
        Assert.Same(turn.History, turn.HistoryUnder(null));
        Assert.Equal(messages.Length, conversation.Messages.Count);
    }

    [Fact]
    public void A_list_of_messages_does_not_change_under_its_reader()
    {
        GptConversation conversation = New(User("a"));
        IReadOnlyList<GptMessage> seen = conversation.Messages;
        using (GptConversation.Turn turn = conversation.TryBeginTurn()!) turn.Commit(turn.History.Append([User("b")]), Answer("c"), null, Connection);
        Assert.Equal("a", Texts(seen));
        Assert.Equal("a,b,c", Texts(conversation.Messages));
    }
}
