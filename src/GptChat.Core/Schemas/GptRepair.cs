namespace GptChat;

/// <summary>An answer that did not fit its schema and was sent back.</summary>
public sealed class GptRepair
{
    internal GptRepair(string? answer, string problem, GptUsage? usage, decimal? cost)
    {
        Answer = answer;
        Problem = problem;
        Usage = usage;
        Cost = cost;
    }

    /// <summary>What the model had answered.</summary>
    public string? Answer { get; }

    /// <summary>Why that did not fit, as the model was told.</summary>
    public string Problem { get; }

    /// <summary>What that answer used, in tokens; null where the server does not say. It is in the sum of the response.</summary>
    public GptUsage? Usage { get; }

    /// <summary>What that answer cost, in US dollars; null where that is not known. It is in the sum of the response.</summary>
    public decimal? Cost { get; }

    /// <summary>For people: the problem.</summary>
    public override string ToString() => Problem;
}
