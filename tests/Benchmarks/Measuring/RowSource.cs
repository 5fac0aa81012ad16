using System.Collections.Generic;

namespace GptChat.Benchmarks.Measuring;

/// <summary>Rows that belong together and are asked for by one name.</summary>
internal abstract class RowSource
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Measures, row by row.</summary>
    public abstract IAsyncEnumerable<Row> MeasureAsync(Effort effort);
}

/// <summary>How much is measured.</summary>
/// <param name="Rounds">How often.</param>
/// <param name="IsQuick">Whether large cases are left out or made smaller: the program can be tried so, its targets cannot.</param>
internal sealed record Effort(Rounds Rounds, bool IsQuick);
