using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using System.Threading;
using GptChat.Context;
using GptChat.Hosting;
using GptChat.Input;
using GptChat.Redaction;
using GptChat.Tools;
using GptChat.Transport;
using GptChat.Wire;

namespace GptChat.Cmdlets;

/// <content>Tools that are run when the model asks for them.</content>
public sealed partial class InvokeGptChatCommand
{
    private ToolSet _tools = ToolSet.None;
    private ToolApproval? _approval;
    private ToolLoop? _loop;
    private int _heldRounds;

    /// <summary>How many answers may ask for tools before the call fails, 1 to 1000.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    [WholeNumberArgument]
    public int MaxToolRounds { get; set; } = 8;

    /// <summary>How many seconds (or a time such as 2m) tools and the answers between them may take before the call fails; 0 means no limit. Time in which you are asked does not count.</summary>
    [Parameter]
    [ValidateRange(0.0, TimeLimit.MostSeconds)]
    [NumberArgument(IsSeconds = true)]
    public double MaxToolSeconds { get; set; } = 600;

    /// <summary>The session in which the tools that -Tool names are run: another machine, or an endpoint that allows no other commands.</summary>
    [Parameter]
    [ValidateNotNull]
    [SessionArgument]
    public PSSession? ToolSession { get; set; }

    /// <summary>Finds and describes the tools, before anything is read from the pipe.</summary>
    private void ReadTools()
    {
        _tools = ToolSet.Read(Tool, new ToolMaker(this, ToolSession, StopToken));
        if (!_tools.CanRun)
        {
            if (ToolSession is null) return;
            throw new GptChatException(GptErrorKind.InvalidParameter, "-ToolSession needs a command in -Tool") { Hint = "It says where commands are run, and -Tool names none." };
        }

        if (ChoiceCount > 1)
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-ChoiceCount and tools that are run cannot be used together") { Hint = "Each choice could ask for other calls: leave -ChoiceCount out, or give definitions of tools, which are only sent." };
        }

        if (RequestParameters.Object(ExtraBody, "-ExtraBody") is { } extra && extra.TryGetProperty("tools", out _))
        {
            throw new GptChatException(GptErrorKind.InvalidParameter, "-ExtraBody holds tools, which would take the place of those of -Tool") { Hint = "Give all of them to -Tool: it takes tools in the protocol's shape too." };
        }

        bool? confirm = MyInvocation.BoundParameters.TryGetValue("Confirm", out object? said) ? ((SwitchParameter)said).IsPresent : null;
        _approval = new ToolApproval(this, confirm);
        _loop = new ToolLoop(this, _tools, _approval, MaxToolRounds, TimeLimit.From(MaxToolSeconds) is var most && most == Timeout.InfiniteTimeSpan ? null : most, StopToken);
    }

    /// <summary>What the requests on the way to one answer share.</summary>
    private sealed record CallState(Destination Destination, ChatParameters Parameters, ChatNotices Notices, RequestRedaction? Redaction, ToolExchange Exchange)
    {
        /// <summary>What of the exchange is sent: a conversation may be larger than the model's context.</summary>
        public ContextView View { get; init; } = ContextView.Whole;

        /// <summary>The latest request with results of tools; null before there is one.</summary>
        public ChatCall? Latest { get; set; }
    }

    /// <summary>An answer, and all that follow it because the model asks for tools.</summary>
    private IAsyncEnumerable<GptChunk> Rounds(IAsyncEnumerable<GptChunk> first, CallState state, CancellationToken stop)
    {
        if (_loop is null) return first;
        var rounds = new ChatRounds(state.Exchange, (answer, cancellation) => _errands.DoAsync(() => NextRound(state, answer, stop), cancellation));
        return rounds.ReadAsync(first, stop);
    }

    /// <summary>On this thread: runs what an answer asks for, and sends the results.</summary>
    private IAsyncEnumerable<GptChunk>? NextRound(CallState state, GptResponse answer, CancellationToken stop)
    {
        ToolExchange exchange = state.Exchange;
        RedactionVault? vault = Restore ? state.Redaction?.Vault : null;
        if (!_loop!.Run(exchange, answer, vault is null ? null : new JsonTexts((_, text) => vault.Restore(text)).Changed)) return null;
        ChatParameters parameters = FollowUp(state.Parameters);
        if (state.Redaction is { } redaction)
        {
            Stoppable.Run(
                () =>
                {
                    redaction.Continue(exchange.History, parameters, StopToken);
                    return redaction;
                },
                StopToken);
            exchange.Replace(redaction.Messages);
            parameters = redaction.Parameters;
        }

        ChatCall call = Compose(state.Destination, parameters, state.View.Of(exchange.Sent), state.Notices, state.Redaction, isFollowUp: true)!;
        state.Latest = call;
        _heldRounds++;
        try
        {
            return Client().SendAsync(call, Reserve(call), stop);
        }
        finally
        {
            _heldRounds--;
        }
    }

    /// <summary>What must be called is called once; asked for again and again it would never end.</summary>
    private static ChatParameters FollowUp(ChatParameters parameters) =>
        parameters.ToolChoice is { } choice && !(choice.ValueKind == JsonValueKind.String && choice.GetString() is "none" or "auto") ? parameters with { ToolChoice = null } : parameters;

    /// <summary>For -WhatIf: the tools that would be offered, and which of them would ask.</summary>
    private string ToolsOffered() => _tools.CanRun
        ? "; tools: " + string.Join(", ", _tools.Runnable.Select(tool => tool.Name + " (" + _approval!.Describe(tool) + ")"))
        : string.Empty;
}
