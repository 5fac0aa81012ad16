using System.Collections.Generic;

namespace GptChat.Redaction.Finders;

/// <summary>
/// Columns of a table with a header, as Export-Csv writes it: <c>user,password</c>, and in the lines below values that no name stands
/// beside. Separators are commas, semicolons and tabs.
/// </summary>
internal sealed class TableFinder : IFinder
{
    private const int LongestName = 60;
    private const int MostColumns = 200;

    private static readonly char[] Separators = { ',', ';', '\t' };

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        Header? header = null;
        for (int start = 0; start < scan.Length;)
        {
            int feed = scan.Text.IndexOf('\n', start);
            int next = feed < 0 ? scan.Length : feed + 1;
            int end = feed < 0 ? scan.Length : feed;
            if (end > start && scan.Text[end - 1] == '\r') end--;
            scan.Took(next - start);
            if (end == start) header = null;
            else if (HeaderOf(scan, start, end) is { } other) header = other;
            else if (header is { } table) Row(scan, start, end, table, found);
            start = next;
        }
    }

    private static Header? HeaderOf(TextScan scan, int start, int end)
    {
        foreach (char separator in Separators)
        {
            if (Names(scan, start, end, separator) is { } columns) return new Header(separator, columns);
        }

        return null;
    }

    /// <summary>What the columns say of their values; null where the line is no header, or none of them says anything.</summary>
    private static List<CredentialName?>? Names(TextScan scan, int start, int end, char separator)
    {
        var columns = new List<CredentialName?>();
        bool hasSecret = false;
        int at = start;
        while (true)
        {
            // No name is read far: whatever is longer is text.
            (SettingValue name, int after) = Cell(scan, at, System.Math.Min(end, at + LongestName), separator);
            if (columns.Count == MostColumns || !IsName(scan, name) || (after < end && scan[after] != separator)) return null;
            CredentialName? column = CredentialName.Of(scan.Text, name.Start, name.End);
            hasSecret |= column is not null;
            columns.Add(column);
            if (after >= end) return hasSecret && columns.Count > 1 ? columns : null;
            at = after + 1;
        }
    }

    /// <summary>Takes the cells below names of secrets. Of a row that goes on in the next line, those that are whole.</summary>
    private static void Row(TextScan scan, int start, int end, Header header, FindingList found)
    {
        var cells = new List<SettingValue>(header.Columns.Count);
        bool isOpen = false;
        for (int at = start; at <= end && cells.Count <= header.Columns.Count;)
        {
            (SettingValue cell, int after) = Cell(scan, at, end, header.Separator);
            isOpen = after < 0;
            if (isOpen) break;
            cells.Add(cell);
            at = after + 1;
        }

        if (cells.Count != header.Columns.Count && !isOpen) return;
        for (int i = 0; i < cells.Count && i < header.Columns.Count; i++)
        {
            SettingValue value = cells[i];
            if (header.Columns[i] is not { } name || value.End <= value.Start || scan[value.Start] == ' ') continue;
            if (name.IsPassword ? Plausibility.IsPassword(scan, value, isCode: false) : Plausibility.IsKey(scan, value)) found.Add(value.Start, value.End, name.Kind);
        }
    }

    /// <summary>Reads a cell, and where what follows it begins: a separator or the end; -1 where its quote is not closed.</summary>
    private static (SettingValue Cell, int After) Cell(TextScan scan, int at, int end, char separator)
    {
        int from = at;
        if (at >= end || scan[at] != '"')
        {
            while (at < end && scan[at] != separator) at++;
            scan.Took(at - from + 1);
            return (new SettingValue(from, at, '\0'), at);
        }

        for (at++; at < end; at++)
        {
            if (scan[at] != '"') continue;
            if (scan[at + 1] != '"') break;
            at++;
        }

        scan.Took(at - from + 1);
        return (new SettingValue(from + 1, System.Math.Min(at, end), '"'), at >= end ? -1 : at + 1);
    }

    /// <summary>Letters, digits and what joins them, with no blank at either side: a list in a sentence has one behind each comma.</summary>
    private static bool IsName(TextScan scan, SettingValue name)
    {
        if (name.End <= name.Start || scan[name.Start] == ' ' || scan[name.End - 1] == ' ') return false;
        for (int i = name.Start; i < name.End; i++)
        {
            if (!char.IsLetterOrDigit(scan[i]) && scan[i] is not (' ' or '_' or '-' or '.' or '#')) return false;
        }

        return true;
    }

    /// <summary>A header.</summary>
    /// <param name="Separator">What stands between cells.</param>
    /// <param name="Columns">What each column says; null for nothing.</param>
    private sealed record Header(char Separator, List<CredentialName?> Columns);
}
