using System.Collections.Generic;
using System.Linq;

namespace GptChat.Benchmarks.Measuring;

/// <summary>What several rounds of one measurement came to.</summary>
/// <param name="Values">One number a round, in the order of the rounds.</param>
internal sealed record Samples(IReadOnlyList<double> Values)
{
    /// <summary>The middle one: a round that another program disturbed does not count.</summary>
    public double Median => Values.Order().ElementAt(Values.Count / 2);

    /// <summary>The smallest.</summary>
    public double Least => Values.Min();

    /// <summary>The largest.</summary>
    public double Most => Values.Max();

    /// <summary>A single number, of what does not vary or is measured once.</summary>
    public static Samples Of(params double[] values) => new(values);

    /// <summary>Each number multiplied.</summary>
    public Samples Times(double factor) => new([.. Values.Select(value => value * factor)]);
}
