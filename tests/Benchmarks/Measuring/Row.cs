namespace GptChat.Benchmarks.Measuring;

/// <summary>One line of the table.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Unit">What is measured.</param>
/// <param name="Ours">What it cost.</param>
internal sealed record Row(string Work, Unit Unit, Samples Ours)
{
    /// <summary>What the least that does the same cost; null where there is nothing to compare with.</summary>
    public Samples? Floor { get; init; }

    /// <summary>What that is.</summary>
    public string FloorName { get; init; } = string.Empty;

    /// <summary>What it must reach; null where nothing is asked of it.</summary>
    public Target? Target { get; init; }
}
