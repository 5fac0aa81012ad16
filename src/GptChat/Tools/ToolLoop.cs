using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;
using GptChat.Wire;

namespace GptChat.Tools;

/// <summary>Runs what an answer asks for, in its order, and puts the results into the exchange. Only on the pipeline thread.</summary>
/// <param name="cmdlet">The command on whose behalf tools run.</param>
/// <param name="tools">The tools.</param>
/// <param name="approval">Who says yes.</param>
/// <param name="mostRounds">How many answers may ask for tools.</param>
/// <param name="mostTime">How long all of it may take; null for no limit.</param>
/// <param name="stop">Fires when the user stops.</param>
internal sealed class ToolLoop(PSCmdlet cmdlet, ToolSet tools, ToolApproval approval, int mostRounds, TimeSpan? mostTime, CancellationToken stop)
{
    /// <summary>One step.</summary>
    /// <param name="exchange">What was said so far.</param>
    /// <param name="answer">The answer that asks for calls.</param>
    /// <param name="restore">Puts back into arguments what redaction took out; null where it stays out.</param>
    /// <returns>Whether the model is to be given the results; if not, calls are left for the caller to answer.</returns>
    /// <exception cref="GptChatException">The model asks for more than it may.</exception>
    public bool Run(ToolExchange exchange, GptResponse answer, Func<JsonElement, JsonElement>? restore)
    {
        IReadOnlyList<GptToolCall> calls = answer.Message!.ToolCalls;
        GptToolCall[] mine = calls.Where(tools.Answers).ToArray();
        if (mine.Length == 0) return false;
        RequireWithinLimits(exchange, answer);
        exchange.BeginRound();
        var results = new List<GptMessage>(mine.Length);
        foreach (GptToolCall call in mine)
        {
            GptToolCall done = Run(call, exchange, restore);
            exchange.Add(done);
            results.Add(new GptMessage { Role = Roles.Tool, Body = new MessageContent(done.Result!), ToolCallId = call.Id });
            cmdlet.WriteVerbose(string.Format(
                CultureInfo.InvariantCulture, "Tool {0} after {1:0.0##} s, {2} characters for the model", ToolText.Visible(done.ToString()), done.Duration!.Value.TotalSeconds, done.Result!.Length));
        }

        if (mine.Length < calls.Count)
        {
            exchange.HandOver(results);
            return false;
        }

        exchange.EndRound(answer, results);
        return true;
    }

    private void RequireWithinLimits(ToolExchange exchange, GptResponse answer)
    {
        if (exchange.Rounds >= mostRounds)
        {
            throw Limit(answer, string.Format(CultureInfo.InvariantCulture, "The model went on asking for tools after {0} rounds of them", mostRounds), "Ask for less, describe the tools better, or raise -MaxToolRounds.");
        }

        if (IsTimeOver(exchange))
        {
            throw Limit(answer, string.Format(CultureInfo.InvariantCulture, "The model went on asking for tools after {0:0.##} s", mostTime!.Value.TotalSeconds), "Ask for less, or raise -MaxToolSeconds.");
        }
    }

    private bool IsTimeOver(ToolExchange exchange) => mostTime is { } most && exchange.Clock.Elapsed >= most;

    private static GptChatException Limit(GptResponse answer, string problem, string hint) => new(GptErrorKind.ToolLimit, problem)
    {
        Hint = hint,
        Response = answer,
        PartialText = string.IsNullOrEmpty(answer.Content) ? null : answer.Content,
    };

    private GptToolCall Run(GptToolCall call, ToolExchange exchange, Func<JsonElement, JsonElement>? restore)
    {
        DateTimeOffset started = DateTimeOffset.Now;
        var clock = Stopwatch.StartNew();
        ToolResult result = Run(call, exchange, restore, clock);
        return call.Done(result.Outcome, result.Text, exchange.Rounds, started, clock.Elapsed);
    }

    private ToolResult Run(GptToolCall call, ToolExchange exchange, Func<JsonElement, JsonElement>? restore, Stopwatch clock)
    {
        if (tools.Find(call.Name) is not { } tool)
        {
            return new ToolResult(GptToolOutcome.Invalid, "ERROR: There is no tool '" + Short(call.Name) + "'. There are: " + string.Join(", ", tools.Runnable.Select(known => known.Name)) + ".");
        }

        if (!ToolArguments.TryRead(call.Arguments, tool.SchemaElement, out JsonElement arguments, out string problem))
        {
            return new ToolResult(GptToolOutcome.Invalid, "ERROR: " + problem + " Nothing was run.");
        }

        // Many calls of one answer would else have a little time each, and nobody is asked about what cannot run.
        if (IsTimeOver(exchange)) return new ToolResult(GptToolOutcome.TimedOut, "ERROR: The time for tools is over. Nothing was run. Answer with what you know.");

        // The tool runs here, and its question shows what it would run with.
        if (restore is not null) arguments = restore(arguments);

        // Who is asked may take all the time in the world.
        clock.Stop();
        exchange.Clock.Stop();
        bool isApproved = approval.Ask(tool, arguments);
        exchange.Clock.Start();
        clock.Start();
        if (!isApproved) return new ToolResult(GptToolOutcome.Declined, "ERROR: The user declined this call. Nothing was run. Do not ask for it again.");
        return tool.Runner.Run(cmdlet, arguments, new ToolLimits(TimeFor(tool, exchange), tool.MaxResultLength, tool.IsReadOnly), stop);
    }

    /// <summary>A tool's own time, or what is left of the whole where that is less.</summary>
    private TimeSpan? TimeFor(GptTool tool, ToolExchange exchange)
    {
        if (mostTime is not { } most) return tool.Timeout;
        TimeSpan left = most - exchange.Clock.Elapsed;
        if (left < TimeSpan.FromSeconds(1)) left = TimeSpan.FromSeconds(1);
        return tool.Timeout is { } own && own < left ? own : left;
    }

    private static string Short(string name) => name.Length <= 64 ? name : name.Substring(0, 64) + "…";
}
