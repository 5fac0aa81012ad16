using System;

namespace GptChat.Benchmarks.Measuring;

/// <summary>What a measurement must reach.</summary>
/// <param name="Text">The target as the table shows it.</param>
/// <param name="IsMet">Tells from ours and the floor whether it is.</param>
internal sealed record Target(string Text, Func<Samples, Samples?, bool> IsMet)
{
    /// <summary>The median, against a number.</summary>
    public static Target AtMost(Unit unit, double limit) => new("≤ " + unit.Show(limit), (ours, _) => ours.Median <= limit);

    /// <summary>Every single round, against a number.</summary>
    public static Target AlwaysAtMost(Unit unit, double limit) => new("always ≤ " + unit.Show(limit), (ours, _) => ours.Most <= limit);

    /// <summary>The median, against a multiple or a fraction of the floor's.</summary>
    public static Target Ratio(double limit) => new(
        limit >= 1 ? "≤ " + UnitText.Digits(limit) + " ×" : "≤ 1/" + Math.Round(1 / limit), (ours, floor) => ours.Median <= limit * floor!.Median);

    /// <summary>The median, against the floor's.</summary>
    public static Target Less { get; } = new("less", (ours, floor) => ours.Median < floor!.Median);
}
