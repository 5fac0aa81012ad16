using System.Threading;
using BenchmarkDotNet.Attributes;
using GptChat.Benchmarks.Rows;
using GptChat.Context;
using GptChat.Wire;

namespace GptChat.Benchmarks.Micro;

/// <summary>The requests of a long conversation: the floor serialises every message anew each turn.</summary>
public class TurnsBenchmark
{
    private const string Model = "gpt-5.1-chat";

    /// <summary>Turns of the conversation.</summary>
    [Params(100, 800)]
    public int Turns { get; set; }

    /// <summary>Rebuilds each request whole.</summary>
    [Benchmark(Baseline = true)]
    public long Rebuild() => TurnRequests.Rebuild(Turns);

    /// <summary>Composes each request of what is already there.</summary>
    [Benchmark]
    public long Share() => TurnRequests.Share(Turns);

    /// <summary>The same, with the question of each turn whether it fits; towards the end only its tokens can tell.</summary>
    [Benchmark]
    public long ShareAndFit()
    {
        var terms = new ContextTerms(128_000, CountsEstimates: true, ContextTerms.LeaveOut);
        return TurnRequests.Share(Turns, new ChatParameters { Model = Model }, (parameters, body) => ContextCheck.Require(terms, null, parameters, body, CancellationToken.None));
    }
}
