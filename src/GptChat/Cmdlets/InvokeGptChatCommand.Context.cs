using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GptChat.Context;
using GptChat.Conversations;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Prices;
using GptChat.Tokens;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>What of a conversation is sent when it no longer fits into the model's context, and asking the last question again.</content>
public sealed partial class InvokeGptChatCommand
{
    private ContextTerms? _terms;

    /// <summary>
    /// What happens when the conversation no longer fits into the model's context: an error (the default), the oldest turns left out, or
    /// a summary in their place. The conversation itself keeps everything; Response.LeftOut has what was not sent.
    /// </summary>
    [Parameter]
    public GptContextPolicy? ContextPolicy { get; set; }

    /// <summary>How many tokens prompt and answer may have together; for models whose context is not known, or to stay below it.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [WholeNumberArgument]
    public int? ContextWindow { get; set; }

    /// <summary>Ask the last question of the conversation again, perhaps of another model. The new answer takes the place of the old one.</summary>
    [Parameter]
    public SwitchParameter Retry { get; set; }

    /// <summary>What is said of the context, for whatever is sent.</summary>
    private ContextTerms Terms => _terms ??= new ContextTerms(ContextWindow, ContextWindow is not null, Chunk ? ContextTerms.SplitSmaller : ContextTerms.Split);

    private GptContextPolicy PolicyOf(GptConversation conversation) => ContextPolicy ?? conversation.Settings.ContextPolicy ?? GptContextPolicy.Error;

    /// <summary>What is said of it for a turn of a conversation.</summary>
    private ContextTerms TermsOf(GptConversation conversation, MessageHistory history)
    {
        int? window = ContextWindow ?? conversation.Settings.ContextWindow;
        bool hasTurns = ContextTurns.Head(history) < history.Count;
        string hint = PolicyOf(conversation) != GptContextPolicy.Error ? ContextTerms.Shorten : hasTurns ? ContextTerms.LeaveOut : ContextTerms.Split;
        return new ContextTerms(window, window is not null || ContextPolicy is not null, hint);
    }

    /// <summary>What the call says, and where it says nothing what its conversation says.</summary>
    private ChatParameters Parameters(Destination destination, GptConversation conversation)
    {
        ChatParameters parameters = Parameters(destination.Model, destination.Connection);
        conversation.Settings.Fill(parameters, destination.Connection.UsesMaxCompletionTokens(destination.Model));
        return parameters;
    }

    /// <summary>The question to ask again; the turn goes back to before it.</summary>
    private static IReadOnlyList<GptMessage> LastQuestion(GptConversation.Turn turn, IReadOnlyList<GptMessage> given)
    {
        if (given.Count > 0)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-Retry asks the last question again, and another one was piped in") { Hint = "Leave one of them out. Nothing was sent." };
        }

        return turn.GoBack() ?? throw new GptChatException(GptErrorKind.NoConversation, "There is no question to ask again: nothing was asked in this conversation yet")
        {
            Hint = "Ask without -Retry. A call that failed was never part of the conversation: run it again. Nothing was sent.",
        };
    }

    /// <summary>What of the conversation is sent; null where -WhatIf or a refused -Confirm ended it.</summary>
    /// <exception cref="GptChatException">It does not fit, and the policy is not to change that.</exception>
    private ContextView? FitContext(Destination destination, ChatParameters parameters, GptConversation conversation, GptConversation.Turn turn, MessageHistory sent, WaitTeller teller)
    {
        GptContextPolicy policy = PolicyOf(conversation);

        // Whether all of it fits is asked of every request, when it is composed.
        if (policy == GptContextPolicy.Error) return ContextView.Whole;
        GptPrice? known = Session.Prices.Find(destination.Connection.Provider, destination.Model);
        if (PromptLimit.Of(Terms.Window, known, parameters) is not { } limit)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-ContextPolicy " + policy + " needs to know how many tokens " + (destination.Model ?? "the model") + " takes, and that is not known")
            {
                Hint = "Add -ContextWindow NUMBER. Nothing was sent.",
            };
        }

        var meter = new ContextMeter(destination.Model, parameters, known?.ImageTokens, StopToken);
        var fit = new ContextFit(sent, turn.Start, limit, meter, destination.Model);
        if (fit.FitsWhole()) return ContextView.Whole;
        ContextView? view = policy == GptContextPolicy.TrimOldest ? fit.Without(policy, fit.Cut()) : Summarize(fit, destination, conversation, turn, teller);
        if (view?.LeftOut is { } leftOut) WriteWarning("Left out for want of room: " + leftOut + ". The conversation itself keeps them.");
        return view;
    }

    /// <summary>A view with a summary of the older turns: the one that is known where it still does, else one that is asked for.</summary>
    private ContextView? Summarize(ContextFit fit, Destination destination, GptConversation conversation, GptConversation.Turn turn, WaitTeller teller)
    {
        MessageHistory history = fit.History;
        ContextSummary? earlier = conversation.Summary is { } known && known.IsOf(history) ? known : null;
        if (earlier is not null && fit.CountWith(earlier).Tokens <= fit.Room) return fit.Without(GptContextPolicy.Summarize, earlier.Covers, earlier);

        // Half of the room is left free, so that the next turns need no summary of their own.
        (int cut, TokenCount left) = fit.Cut(fit.Room / 2);
        if (earlier is not null && earlier.Covers > cut) earlier = null;
        GptMessage[] messages = ContextView.Before(history, cut).Skip(earlier is null ? 0 : ContextView.Before(history, earlier.Covers).Count).ToArray();
        if (messages.Length == 0 || left.Tokens > fit.Room) throw fit.TooLong(left);
        IReadOnlyList<GptMessage> request = ContextSummary.Request(earlier, messages);
        fit.RequireSummaryFits(request);
        WriteVerbose(string.Format(CultureInfo.InvariantCulture, "The conversation no longer fits: asking for a summary of {0} messages first.", messages.Length));
        if (Ask(destination, request, teller) is not { } answer) return null;
        var summary = new ContextSummary(answer.Content ?? string.Empty, history.First(cut));

        // It was paid for: a call that fails from here on does not ask for it again.
        conversation.Summary = summary;
        turn.AddUsage(answer.Usage);
        TokenCount count = fit.CountWith(summary);
        return count.Tokens <= fit.Room ? fit.Without(GptContextPolicy.Summarize, cut, summary, answer.Usage) : throw fit.TooLong(count, "its instructions and the summary");
    }

    /// <summary>Asks for something in between, and waits for the whole answer; null where nothing was sent.</summary>
    private GptResponse? Ask(Destination destination, IReadOnlyList<GptMessage> messages, WaitTeller teller)
    {
        if (Compose(destination, new ChatParameters { Model = destination.Model }, messages, teller.Notices, redaction: null) is not { } call) return null;
        using var chunks = new AsyncPull<GptChunk>(Client().SendAsync(call, Reserve(call), StopToken), teller, StopToken);
        GptResponse? response = null;
        while (chunks.MoveNext()) response = chunks.Current.Response ?? response;
        return response;
    }

    /// <summary>Throws if a request cannot fit into the model's context.</summary>
    /// <exception cref="GptChatException">Says by how much.</exception>
    private void RequireFits(GptConnection connection, ChatParameters parameters, RequestBody body, bool isFollowUp)
    {
        GptPrice? price = Session.Prices.Find(connection.Provider, parameters.Model);
        if (ContextCheck.Require(Terms with { IsFollowUp = isFollowUp }, price, parameters, body, StopToken) is not { } estimate) return;
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "The prompt has about {0:N0} tokens, more than the context of {1} takes; that is an estimate, so the server decides.", estimate.Tokens, parameters.Model));
    }
}
