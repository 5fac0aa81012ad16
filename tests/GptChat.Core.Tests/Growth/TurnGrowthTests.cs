using System;
using System.Collections.Generic;
using System.Threading;
using GptChat.Context;
using GptChat.Conversations;
using GptChat.Redaction;
using GptChat.Tests.Counting;
using GptChat.Tools;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Growth;

/// <summary>A turn costs what it adds, not what was said before it.</summary>
public sealed class TurnGrowthTests
{
    private const string Question = "And what follows from that?";
    private static readonly ChatParameters Parameters = new() { Model = "gpt-5.1-chat" };
    private static readonly ContextTerms Terms = new(100_000_000, CountsEstimates: true, ContextTerms.LeaveOut);

    [Theory]
    [InlineData(null)]
    [InlineData("You are terse.")]
    public void Turns_of_a_conversation(string? system) => Cost.AllocatesLinearly(20, turns => () =>
    {
        GptConnection connection = Calls.Connection();
        var conversation = new GptConversation("c", null, Array.Empty<GptMessage>());
        for (int turn = 0; turn < turns; turn++)
        {
            using GptConversation.Turn open = conversation.TryBeginTurn()!;
            MessageHistory sent = open.Ask(system is null ? null : GptMessage.FromText(Roles.System, system), [GptMessage.FromText(Roles.User, Question)]);
            ContextCheck.Require(Terms, null, Parameters, RequestBody.Create(Parameters, sent), CancellationToken.None);
            open.Commit(sent, Answer(), "m", connection);
        }

        Assert.Equal(turns * 2 + (system is null ? 0 : 1), conversation.Messages.Count);
    });

    [Fact]
    public void Messages_are_visited_once_however_many_turns_there_are() => Cost.IsLinear(20, turns =>
    {
        MessageHistory history = MessageHistory.Empty;
        for (int turn = 0; turn < turns; turn++)
        {
            history = history.Append([GptMessage.FromText(Roles.User, Question)]);
            ContextCheck.Require(Terms, null, Parameters, RequestBody.Create(Parameters, history), CancellationToken.None);
            history = history.Append([GptMessage.FromText(Roles.Assistant, Question)]);
        }

        return history.Visited;
    });

    [Fact]
    public void Rounds_with_tools() => Cost.AllocatesLinearly(20, rounds => () =>
    {
        var exchange = new ToolExchange(MessageHistory.Empty.Append([GptMessage.FromText(Roles.User, Question)]));
        for (int round = 0; round < rounds; round++)
        {
            exchange.BeginRound();
            exchange.EndRound(Answer(), [GptMessage.FromText(Roles.Tool, "42")]);
            RequestBody.Create(Parameters, exchange.Sent);
        }

        Assert.Equal(1 + (2 * rounds), exchange.Sent.Count);
    });

    [Fact]
    public void A_value_that_is_in_every_message_is_told_of_once_for_each()
    {
        var messages = new List<GptMessage>();
        for (int i = 0; i < 20_000; i++) messages.Add(GptMessage.FromText(Roles.User, "password=Zx9Qw8Er7Ty6"));
        RequestRedaction redaction = RequestRedaction.Create(Redaction.Corpus.Secrets, null, MessageHistory.Empty, messages, Parameters, CancellationToken.None);
        Assert.Equal(messages.Count, Assert.Single(redaction.Report).Where.Count);
    }

    private static GptResponse Answer() => new() { ChoiceList = [new GptChoice { Message = GptMessage.FromText(Roles.Assistant, Question), FinishReason = "stop" }] };
}
