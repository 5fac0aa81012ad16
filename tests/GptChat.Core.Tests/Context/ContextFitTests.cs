using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FsCheck;
using FsCheck.Xunit;
using GptChat.Context;
using GptChat.Conversations;
using GptChat.Tokens;
using GptChat.Wire;
using Xunit;

namespace GptChat.Core.Tests.Context;

/// <summary>What is left out of a conversation that does not fit.</summary>
public sealed class ContextFitTests
{
    private const string Model = "gpt-5.1-chat";

    // u: user, a: assistant, c: a call of a tool, t: its answer, s: system, d: developer.
    private static GptMessage Message(char kind, int index) => kind switch
    {
        's' => GptMessage.FromText(Roles.System, "s" + index),
        'd' => GptMessage.FromText(Roles.Developer, "d" + index),
        'u' => GptMessage.FromText(Roles.User, "u" + index + " and some more words of a question"),
        'c' => new GptMessage { Role = Roles.Assistant, Calls = [new GptToolCall("c", "function", "f", "{}")] },
        't' => new GptMessage { Role = Roles.Tool, ToolCallId = "c", Body = new MessageContent("t" + index) },
        _ => GptMessage.FromText(Roles.Assistant, "a" + index + " an answer"),
    };

    private static MessageHistory History(string kinds) => MessageHistory.Empty.Append([.. kinds.Select(Message)]);

    private static char Kind(GptMessage message) => message.Role switch
    {
        Roles.System => 's',
        Roles.Developer => 'd',
        Roles.User => 'u',
        Roles.Tool => 't',
        _ => message.ToolCalls.Count > 0 ? 'c' : 'a',
    };

    private static ContextFit Fit(MessageHistory everything, int start, long window) =>
        new(everything, start, new PromptLimit(window, 0), new ContextMeter(Model, new ChatParameters { Model = Model }, null, CancellationToken.None), Model);

    [Theory]
    [InlineData("", "u", "")]
    [InlineData("s", "u", "")]
    [InlineData("ua", "u", "2")]
    [InlineData("sua", "u", "3")]
    [InlineData("suaua", "u", "3,5")]
    [InlineData("suctaua", "u", "5,7")]
    [InlineData("uuaua", "u", "3,5")]
    [InlineData("uauct", "u", "2,5")]
    [InlineData("uauc", "t", "2")]
    [InlineData("uau", "u", "2")]
    [InlineData("au", "u", "1")]
    [InlineData("sduasua", "u", "5,7")]
    public void A_conversation_is_cut_where_turns_begin(string history, string question, string places) =>
        Assert.Equal(places, string.Join(',', ContextTurns.Beginnings(History(history + question), history.Length)));

    [Theory]
    [InlineData("sduasuaua", "u", "sdsu")]
    [InlineData("sduau", "u", "sduu")]
    [InlineData("suctaua", "u", "su")]
    [InlineData("uauc", "t", "uct")]
    public void Instructions_and_the_open_turn_stay_whatever_the_room(string history, string question, string kept)
    {
        MessageHistory everything = History(history + question);
        ContextFit fit = Fit(everything, history.Length, 1);
        (int from, TokenCount tokens) = fit.Cut(0);
        ContextView view = fit.Without(GptContextPolicy.TrimOldest, from);
        Assert.Equal(kept, string.Concat(view.Of(everything).Select(Kind)));
        Assert.Equal(ContextMeterOf(view.Of(everything)), tokens.Tokens);
        Assert.Equal(GptErrorKind.ContextLengthExceeded, Assert.Throws<GptChatException>(() => fit.Cut()).Kind);

        // What comes later in the same turn, such as results of tools, is sent as well.
        GptMessage later = Message('t', 99);
        Assert.Same(later, view.Of(everything.Append([later]))[^1]);
    }

    [Property(MaxTest = 300)]
    public void What_is_sent_fits_is_as_much_as_can_be_and_every_call_has_its_answer(byte[] turns, NonNegativeInt room)
    {
        string history = "s" + string.Concat(turns.Take(12).Select(turn => (turn % 4) switch { 0 => "ua", 1 => "uua", 2 => "ucta", _ => "uctcta" }));
        MessageHistory everything = History(history + "u");
        ContextFit fit = Fit(everything, history.Length, long.MaxValue / 4);
        long most = room.Get % 400;
        (int from, TokenCount tokens) = fit.Cut(most);
        IReadOnlyList<GptMessage> sent = fit.Without(GptContextPolicy.TrimOldest, from).Of(everything);
        Assert.Equal(ContextMeterOf(sent), tokens.Tokens);
        Assert.Null(HistoryEdit.Incomplete(sent));
        int[] places = [0, .. ContextTurns.Beginnings(everything, history.Length)];
        int at = Array.IndexOf(places, from);
        Assert.True(at >= 0);
        Assert.True(tokens.Tokens <= most || at == places.Length - 1);
        if (at > 0) Assert.True(ContextMeterOf([.. History(history + "u").Take(1), .. everything.Skip(Math.Max(1, places[at - 1]))]) > most);
        Assert.Equal(history.Length + 1, sent.Count + fit.Without(GptContextPolicy.TrimOldest, from).LeftOut!.Messages.Count);
    }

    [Fact]
    public void A_prompt_that_fits_by_its_bytes_is_not_counted()
    {
        var meter = new ContextMeter(Model, new ChatParameters { Model = Model }, null, CancellationToken.None);
        MessageHistory history = History("suaua");
        long bytes = RequestBody.Create(new ChatParameters { Model = Model }, history).Length + (5 * 16);
        Assert.True(meter.CertainlyFits(history, bytes));
        Assert.False(meter.CertainlyFits(history, bytes - 1));
        Assert.True(ContextMeterOf(history) < bytes);
    }

    [Fact]
    public void A_summary_is_that_of_the_history_that_it_was_made_of()
    {
        MessageHistory history = History("suaua");
        var summary = new ContextSummary("short", history.First(3));
        Assert.True(summary.IsOf(history));
        Assert.True(summary.IsOf(history.First(3)));
        Assert.False(summary.IsOf(history.First(2)));
        Assert.False(summary.IsOf(HistoryEdit.With(history, 2, Message('a', 7))));
        Assert.False(summary.IsOf(HistoryEdit.With(history, 1, Message('u', 1))));
        Assert.True(summary.IsOf(HistoryEdit.With(history, 0, Message('d', 0))));
        Assert.Equal("user", summary.Message.Role);
        Assert.EndsWith("short", summary.Message.Content, StringComparison.Ordinal);
        Assert.Contains("short", ContextSummary.Request(summary, history.Skip(3))[1].Content, StringComparison.Ordinal);
    }

    private static long ContextMeterOf(IReadOnlyList<GptMessage> messages) =>
        new RequestTokens(Model, null, CancellationToken.None).Count(messages, new ChatParameters { Model = Model }).Tokens;
}
