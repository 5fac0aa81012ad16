using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using GptChat.Conversations;

namespace GptChat.Tools;

/// <summary>
/// One question and all that was said until it was answered: the model asks for calls, gets their results, asks for more. It is one
/// turn of a conversation.
/// </summary>
internal sealed class ToolExchange
{
    private readonly List<GptToolCall> _log = new();
    private GptUsage? _usage;
    private decimal? _cost = 0;

    /// <summary>Begins with what is sent first.</summary>
    public ToolExchange(IReadOnlyList<GptMessage> sent) => Sent = sent;

    /// <summary>All messages so far, the model's calls and the results of tools among them.</summary>
    public IReadOnlyList<GptMessage> Sent { get; private set; }

    /// <summary>The same, as a conversation keeps it.</summary>
    public MessageHistory History => Sent as MessageHistory ?? MessageHistory.Empty.Append(Sent);

    /// <summary>Results that stand behind the last answer: of tools that ran beside calls that the caller has to answer.</summary>
    public IReadOnlyList<GptMessage> Trailing { get; private set; } = Array.Empty<GptMessage>();

    /// <summary>How many answers asked for tools.</summary>
    public int Rounds { get; private set; }

    /// <summary>What was run so far, oldest first.</summary>
    public IReadOnlyList<GptToolCall> Log => _log;

    /// <summary>The time since the first answer that asked for tools; whoever asks a person stops it meanwhile.</summary>
    public Stopwatch Clock { get; } = new();

    /// <summary>An answer asks for tools.</summary>
    public void BeginRound()
    {
        Rounds++;
        Clock.Start();
    }

    /// <summary>A call has been run, or refused.</summary>
    public void Add(GptToolCall call) => _log.Add(call);

    /// <summary>What is sent next goes out in another form: without what redaction takes out.</summary>
    public void Replace(MessageHistory sent) => Sent = sent;

    /// <summary>All calls of an answer have their results: both become part of what is sent next.</summary>
    public void EndRound(GptResponse answer, IReadOnlyList<GptMessage> results)
    {
        if (answer.Usage is { } used) _usage = GptUsage.Add(_usage, used);
        _cost += answer.Cost;
        Sent = History.Append(new[] { answer.Message! }).Append(results);
    }

    /// <summary>Some calls of an answer have their results, and the caller has to answer the others.</summary>
    public void HandOver(IReadOnlyList<GptMessage> results) => Trailing = results;

    /// <summary>Tells the last answer what came before it.</summary>
    public void Complete(GptResponse answer)
    {
        if (Rounds == 0) return;
        answer.Requests = Trailing.Count > 0 ? Rounds : Rounds + 1;
        answer.RanCalls = _log.Concat(answer.Message?.ToolCalls.Where(call => _log.All(done => done.Id != call.Id)) ?? Enumerable.Empty<GptToolCall>()).ToArray();
        answer.Cost += _cost;
        if (_usage is not null) answer.Usage = GptUsage.Add(_usage, answer.Usage);

        // An answer that is sent back is followed by another, which has its own.
        (_usage, _cost) = (null, 0);
    }

    /// <summary>Tells a failure what had been run before it.</summary>
    public void Complete(GptChatException failure)
    {
        if (_log.Count > 0) failure.ToolCalls = _log.ToArray();
    }
}
