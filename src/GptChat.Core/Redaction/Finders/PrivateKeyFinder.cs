using System;

namespace GptChat.Redaction.Finders;

/// <summary>
/// Private keys: PEM, OpenSSH, PGP, SSH2, PuTTY and the XML of .NET. Cut off at either end they are keys still, and in JSON their
/// lines end with escapes.
/// </summary>
internal sealed class PrivateKeyFinder : IFinder
{
    private const string Kind = "PRIVATE-KEY";
    private const int LongestLabel = 60;
    private const int LongestKey = 64 * 1024;
    private const int FullLine = 40;

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        FindArmoured(scan, found, "-----BEGIN ", "-----END ", "-----");
        FindArmoured(scan, found, "---- BEGIN ", "---- END ", " ----");
        FindBetween(scan, found, "PuTTY-User-Key-File-", "Private-MAC: ", includesRun: true);
        for (int at = scan.Find("<RSAKeyValue>", 0); at >= 0; at = scan.Find("<RSAKeyValue>", at + 1))
        {
            // Without D it is a public one.
            int close = scan.Find("</RSAKeyValue>", at);
            int exponent = scan.Find("<D>", at);
            if (exponent >= 0 && exponent - at < LongestKey && (close < 0 || exponent < close)) found.Add(at, close < 0 ? scan.Length : close + "</RSAKeyValue>".Length, Kind);
        }
    }

    private static void FindArmoured(TextScan scan, FindingList found, string begin, string end, string dashes)
    {
        int covered = 0;
        int next = 0;
        while (true)
        {
            int opening = scan.Find(begin, next);
            int closing = scan.Find(end, next);
            if (opening < 0 && closing < 0) return;
            if (opening < 0 || (closing >= 0 && closing < opening))
            {
                // The beginning was cut off.
                int labelEnd = LabelEnd(scan, closing + end.Length, dashes);
                next = closing + end.Length;
                if (labelEnd < 0) continue;
                int start = BackOverLines(scan, closing, covered);
                if (start < closing) found.Add(start, labelEnd, Kind);
                covered = next = labelEnd;
                continue;
            }

            int body = LabelEnd(scan, opening + begin.Length, dashes);
            next = opening + begin.Length;
            if (body < 0) continue;
            int stop = scan.Find(end, body);
            int another = scan.Find(begin, body);
            bool isWhole = stop >= 0 && stop - body <= LongestKey && (another < 0 || stop < another);
            int last = isWhole ? CloseOf(scan, stop + end.Length, dashes) : OverLines(scan, body);
            if (last > body) found.Add(opening, last, Kind);
            covered = next = Math.Max(last, body);
        }
    }

    private static void FindBetween(TextScan scan, FindingList found, string begin, string end, bool includesRun)
    {
        for (int at = scan.Find(begin, 0); at >= 0; at = scan.Find(begin, at + begin.Length))
        {
            int close = scan.Find(end, at);
            if (close < 0 || close - at > LongestKey)
            {
                // A cut one still has the lines.
                int lines = scan.Find("Private-Lines: ", at);
                if (lines < 0 || lines - at > LongestKey) continue;
                found.Add(at, OverLines(scan, scan.RunEnd(lines + "Private-Lines: ".Length, CharSet.Digit)), Kind);
                continue;
            }

            found.Add(at, includesRun ? scan.RunEnd(close + end.Length, CharSet.Hex) : close, Kind);
        }
    }

    /// <summary>Where the line ends that says PRIVATE KEY; -1 if it says something else.</summary>
    private static int LabelEnd(TextScan scan, int at, string dashes)
    {
        int limit = Math.Min(scan.Length, at + LongestLabel);
        scan.Took(limit - at);
        int end = scan.Text.IndexOf(dashes, at, limit - at, StringComparison.Ordinal);
        if (end < 0) return -1;
        return scan.Text.IndexOf("PRIVATE KEY", at, end - at, StringComparison.Ordinal) < 0 ? -1 : end + dashes.Length;
    }

    private static int CloseOf(TextScan scan, int at, string dashes)
    {
        int limit = Math.Min(scan.Length, at + LongestLabel);
        int end = scan.Text.IndexOf(dashes, at, limit - at, StringComparison.Ordinal);
        return end < 0 ? at : end + dashes.Length;
    }

    /// <summary>Where the lines of Base64 end that begin here.</summary>
    private static int OverLines(TextScan scan, int at)
    {
        int end = at;
        bool isAfterFull = true;
        while (true)
        {
            int line = OverBreaks(scan, end);
            if (line == end && end != at) return end;
            int stop = scan.RunEnd(line, CharSet.Base64);
            if (scan[stop] == ':' && stop - line < FullLine)
            {
                // A header such as DEK-Info.
                int newline = scan.Text.IndexOf('\n', stop, Math.Min(scan.Length - stop, LongestLabel * 4));
                scan.Took(LongestLabel);
                if (newline < 0) return end;
                end = newline;
                continue;
            }

            if (scan[stop] == '-' && stop - line < FullLine && scan.Is(stop, "-Info:"))
            {
                int newline = scan.Text.IndexOf('\n', stop, Math.Min(scan.Length - stop, LongestLabel * 4));
                if (newline < 0) return end;
                end = newline;
                continue;
            }

            if (stop == line || (stop - line < FullLine && !isAfterFull)) return end;
            isAfterFull = stop - line >= FullLine;
            end = stop;
        }
    }

    private static int OverBreaks(TextScan scan, int at)
    {
        while (true)
        {
            if (scan[at] is '\n' or '\r' or ' ' or '\t') at++;
            else if (scan[at] == '\\' && scan[at + 1] is 'n' or 'r' or '\\') at += scan[at + 1] == '\\' ? 1 : 2;
            else return at;
        }
    }

    /// <summary>Where the lines of Base64 begin that end here.</summary>
    private static int BackOverLines(TextScan scan, int at, int limit)
    {
        int start = at;
        int least = Math.Max(limit, at - LongestKey);
        bool isLast = true;
        while (true)
        {
            int end = start;
            while (end > least && (scan[end - 1] is '\n' or '\r' or ' ' or '\t' || (end - 2 >= least && scan[end - 2] == '\\' && scan[end - 1] is 'n' or 'r'))) end -= scan[end - 1] is 'n' or 'r' ? 2 : 1;
            int line = end;
            while (line > least && CharSet.Base64.Has(scan[line - 1])) line--;

            // The n of an escape looks like the first character of its line.
            if (line > least && scan[line - 1] == '\\' && scan[line] is 'n' or 'r') line++;
            scan.Took(start - line);
            bool startsLine = line == 0 || scan[line - 1] is '\n' or '\r' or ' ' or '\t' or '"' or 'n' or 'r';
            if (line >= end || !startsLine || (end - line < FullLine && !isLast)) return start;
            isLast = false;
            start = line;
        }
    }
}
