using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace GptChat.Rendering;

/// <summary>Lays out the rows of a table. It is held until it is whole, since the widest cell decides where columns stand.</summary>
internal static class TableWriter
{
    // Narrower columns would be read letter by letter.
    private const int LeastColumn = 6;
    private const string Gap = " \u2502 ";

    /// <summary>Whether a line says how columns are aligned, which makes the line before it a table's head.</summary>
    public static bool IsDelimiter(string line) =>
        line.IndexOf('-') >= 0 && Cells(line).All(cell => cell.Trim(':').Length > 0 && cell.Trim(':').All(character => character == '-'));

    /// <summary>Makes the lines of a table.</summary>
    /// <param name="rows">Its lines, as they were written.</param>
    /// <param name="width">The cells that there are; 0 for no limit.</param>
    /// <returns>The lines; null if the table does not fit.</returns>
    public static List<string>? Lines(IReadOnlyList<string> rows, int width)
    {
        List<List<string>> cells = rows.Where((_, index) => index != 1).Select(Cells).ToList();
        List<string> marks = Cells(rows[1]);
        int columns = Math.Max(marks.Count, cells.Max(row => row.Count));
        int[] widths = new int[columns];
        for (int row = 0; row < cells.Count; row++)
        {
            for (int column = 0; column < cells[row].Count; column++)
            {
                widths[column] = Math.Max(widths[column], VisibleWidth(Layout(cells[row][column], 0, row == 0)[0]));
            }
        }

        if (width > 0 && !Fit(widths, width - (Gap.Length * (columns - 1)))) return null;
        var lines = new List<string>();
        for (int row = 0; row < cells.Count; row++)
        {
            AddRow(lines, cells[row], widths, marks, row == 0);
            if (row == 0) lines.Add(Rule(widths));
        }

        return lines;
    }

    private static void AddRow(List<string> lines, List<string> cells, int[] widths, List<string> marks, bool isHead)
    {
        string[][] parts = widths.Select((width, column) => column < cells.Count ? Layout(cells[column], width, isHead) : new[] { string.Empty }).ToArray();
        int height = parts.Max(part => part.Length);
        for (int i = 0; i < height; i++)
        {
            var line = new StringBuilder();
            for (int column = 0; column < widths.Length; column++)
            {
                if (column > 0) AppendInked(line, Gap, Ink.Mark);
                string text = i < parts[column].Length ? parts[column][i] : string.Empty;
                int room = Math.Max(0, widths[column] - VisibleWidth(text));
                string mark = column < marks.Count ? marks[column] : "-";
                int left = text.Length == 0 || !mark.EndsWith(":", StringComparison.Ordinal) ? 0 : mark[0] == ':' ? room / 2 : room;
                line.Append(' ', left).Append(text);
                if (column < widths.Length - 1) line.Append(' ', room - left);
            }

            lines.Add(line.ToString());
        }
    }

    private static string Rule(int[] widths)
    {
        var line = new StringBuilder();
        AppendInked(line, string.Join("\u2500\u253C\u2500", widths.Select(width => new string('\u2500', width))), Ink.Mark);
        return line.ToString();
    }

    private static void AppendInked(StringBuilder line, string text, Ink ink)
    {
        ink.AppendStart(line);
        line.Append(text).Append(Ink.Reset);
    }

    /// <summary>Takes from the widest columns what is too much; false if there is not enough for all.</summary>
    private static bool Fit(int[] widths, int room)
    {
        if (widths.Sum() <= room) return true;
        if (widths.Sum(width => Math.Min(width, LeastColumn)) > room) return false;
        int left = room;
        int columns = widths.Length;
        foreach (int column in Enumerable.Range(0, widths.Length).OrderBy(column => widths[column]).ToArray())
        {
            widths[column] = Math.Min(widths[column], left / columns);
            left -= widths[column];
            columns--;
        }

        return true;
    }

    private static string[] Layout(string cell, int width, bool isHead)
    {
        var text = new StringBuilder();
        var wrapper = new LineWrapper(text, width, breaksWords: true);
        var inline = new InlineWriter(wrapper) { Ink = isHead ? Ink.Plain.With(InkForm.Bold) : Ink.Plain };
        inline.Add(cell);
        inline.Complete();
        wrapper.Complete();
        return text.ToString().Split('\n');
    }

    private static int VisibleWidth(string line)
    {
        var visible = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\u001b') i = line.IndexOf('m', i);
            else visible.Append(line[i]);
        }

        return CellWidth.Of(visible.ToString());
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        string row = line.Trim();
        for (int i = row.Length > 0 && row[0] == '|' ? 1 : 0; i < row.Length; i++)
        {
            if (row[i] == '\\' && i + 1 < row.Length && row[i + 1] == '|')
            {
                cell.Append(row[++i]);
            }
            else if (row[i] == '|')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(row[i] == '\t' ? ' ' : row[i]);
            }
        }

        if (cell.ToString().Trim().Length > 0 || cells.Count == 0) cells.Add(cell.ToString().Trim());
        return cells;
    }
}
