using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GptChat.Benchmarks.Measuring;

/// <summary>The rows as a table of Markdown whose columns are also straight in a console.</summary>
internal static class Table
{
    private static readonly string[] Head = ["work", "ours", "floor", "ratio", "target", "met", "ours from … to …", "the floor is"];

    /// <summary>The lines of the table.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Row> rows)
    {
        string[][] cells = [Head, .. rows.Select(Cells)];
        int[] widths = [.. Head.Select((_, column) => cells.Max(line => line[column].Length))];
        for (int i = 0; i < cells.Length; i++)
        {
            yield return "| " + string.Join(" | ", cells[i].Select((cell, column) => cell.PadRight(widths[column]))) + " |";
            if (i == 0) yield return "|" + string.Join("|", widths.Select(width => new string('-', width + 2))) + "|";
        }
    }

    /// <summary>One row on one line, for whoever watches.</summary>
    public static string Brief(Row row) => string.Join(" · ", Cells(row).Where(cell => cell.Length > 0));

    private static string[] Cells(Row row) =>
    [
        row.Work,
        row.Unit.Show(row.Ours.Median),
        row.Floor is null ? string.Empty : row.Unit.Show(row.Floor.Median),
        row.Floor is null ? string.Empty : Ratio(row.Ours.Median / row.Floor.Median),
        row.Target?.Text ?? string.Empty,
        row.Target is null ? string.Empty : row.Target.IsMet(row.Ours, row.Floor) ? "yes" : "MISSED",
        row.Ours.Values.Count < 2 ? string.Empty : row.Unit.Show(row.Ours.Least) + " … " + row.Unit.Show(row.Ours.Most),
        row.FloorName,
    ];

    private static string Ratio(double ratio) => ratio is > 0 and < 0.1
        ? "1/" + Math.Round(1 / ratio).ToString("0", CultureInfo.InvariantCulture)
        : ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
