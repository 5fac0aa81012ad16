using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using BenchmarkDotNet.Attributes;
using GptChat.Context;
using GptChat.Conversations;
using GptChat.Wire;

namespace GptChat.Benchmarks;

/// <summary>The requests of a long conversation: the floor serialises every message anew each turn.</summary>
public class TurnsBenchmark
{
    private const string Question = "And what follows from that, in the case of a server that is asked the same thing twice?";

    private const string Model = "gpt-5.1-chat";

    /// <summary>Turns of the conversation.</summary>
    [Params(100, 800)]
    public int Turns { get; set; }

    /// <summary>Rebuilds each request whole.</summary>
    [Benchmark(Baseline = true)]
    public long Rebuild()
    {
        var messages = new List<Dictionary<string, string>>();
        long bytes = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            messages.Add(new Dictionary<string, string> { ["role"] = "user", ["content"] = Question });
            bytes += JsonSerializer.SerializeToUtf8Bytes(new { model = "m", messages }).Length;
            messages.Add(new Dictionary<string, string> { ["role"] = "assistant", ["content"] = Question });
        }

        return bytes;
    }

    /// <summary>Composes each request of what is already there.</summary>
    [Benchmark]
    public long Share()
    {
        MessageHistory history = MessageHistory.Empty;
        var parameters = new ChatParameters { Model = "m" };
        long bytes = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            history = history.Append([GptMessage.FromText(Roles.User, Question)]);
            bytes += RequestBody.Create(parameters, history).Length;
            history = history.Append([GptMessage.FromText(Roles.Assistant, Question)]);
        }

        return bytes;
    }

    /// <summary>The same, with the question of each turn whether it fits; towards the end only its tokens can tell.</summary>
    [Benchmark]
    public long ShareAndFit()
    {
        MessageHistory history = MessageHistory.Empty;
        var parameters = new ChatParameters { Model = Model };
        var terms = new ContextTerms(128_000, CountsEstimates: true, ContextTerms.LeaveOut);
        long bytes = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            history = history.Append([GptMessage.FromText(Roles.User, Question)]);
            RequestBody body = RequestBody.Create(parameters, history);
            ContextCheck.Require(terms, null, parameters, body, CancellationToken.None);
            bytes += body.Length;
            history = history.Append([GptMessage.FromText(Roles.Assistant, Question)]);
        }

        return bytes;
    }
}
