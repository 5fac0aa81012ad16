using System;

namespace GptChat.Redaction.Finders;

/// <summary>A value as it stands behind a name.</summary>
/// <param name="Start">Where it begins, without its quote.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Quote">Its quote; the null character where it has none.</param>
internal readonly record struct SettingValue(int Start, int End, char Quote)
{
    /// <summary>Whether it stands in quotes.</summary>
    public bool IsQuoted => Quote != '\0';
}

/// <summary>Reads the value of a setting in whatever language the setting is written.</summary>
internal static class ValueReader
{
    /// <summary>Longer ones are no passwords; what is longer is found by its own form.</summary>
    public const int Longest = 512;

    private const int LongestName = 40;

    /// <summary>Passes over blanks.</summary>
    public static int Blanks(TextScan scan, int at)
    {
        int limit = at + LongestName;
        int from = at;
        while (at < limit && scan[at] is ' ' or '\t') at++;
        scan.Took(at - from);
        return at;
    }

    /// <summary>Passes over a quote and the backslashes before it; the same place if there is none.</summary>
    public static int Quote(TextScan scan, int at)
    {
        int quote = at;
        while (scan[quote] == '\\' && quote - at < 8) quote++;
        return scan[quote] is '"' or '\'' or '`' ? quote + 1 : at;
    }

    /// <summary>Reads the value that begins here.</summary>
    public static SettingValue Read(TextScan scan, int at)
    {
        // N'text' of SQL, @"text" and $"text" of C#.
        if (scan[at] is 'N' or '@' or '$' && scan[at + 1] is '\'' or '"') at++;
        int open = Quote(scan, at);
        return open > at ? Quoted(scan, open, open - 1 - at) : Bare(scan, at);
    }

    private static SettingValue Quoted(TextScan scan, int start, int escapes)
    {
        char quote = scan[start - 1];
        int limit = Math.Min(scan.Length, start + Longest);
        int backslashes = 0;
        for (int i = start; i < limit; i++)
        {
            char character = scan[i];
            if (character == '\n') return End(i, i);
            if (character == quote && Closes(backslashes, escapes))
            {
                if (quote != '\'' || scan[i + 1] != '\'') return End(i - escapes, i);
                i++;
            }

            backslashes = character == '\\' ? backslashes + 1 : 0;
        }

        return End(limit, limit);

        SettingValue End(int end, int looked)
        {
            scan.Took(looked - start);
            return new SettingValue(start, Math.Max(start, end), quote);
        }
    }

    private static bool Closes(int backslashes, int escapes) => escapes == 0 ? backslashes % 2 == 0 : backslashes == escapes;

    private static SettingValue Bare(TextScan scan, int start)
    {
        int limit = Math.Min(scan.Length, start + Longest);
        int end = start;
        while (end < limit && !Ends(scan, start, end)) end++;
        scan.Took(end - start);

        // The end of a sentence, of an argument list, of a JSON list.
        while (end > start && (scan[end - 1] is '.' or ',' or ':' || (scan[end - 1] is ')' or ']' or '}' && !Opens(scan, start, end)))) end--;
        return new SettingValue(start, end, '\0');
    }

    private static bool Ends(TextScan scan, int start, int at)
    {
        char character = scan[at];
        if (character <= ' ' || character is '"' or '\'' or '`' or '<' or '>' or '|') return true;
        switch (character)
        {
            case '\\':
                return scan[at + 1] is '"' or '\'' || (scan[at + 1] is 'n' or 'r' && StartsAnew(scan, at + 2));
            case ';' or '&' or ',':
                return scan[at + 1] <= ' ' || scan[at + 1] is '"' or '\'' or '}' or ')' || IsSetting(scan, at + 1);
            case '(' or '[' or '{':
                // A call or an index: an expression, which is looked at as one.
                return false;
            default:
                return false;
        }
    }

    private static bool Opens(TextScan scan, int start, int end)
    {
        char open = scan[end - 1] switch { ')' => '(', ']' => '[', _ => '{' };
        return scan.Text.IndexOf(open, start, end - start) >= 0;
    }

    private static bool StartsAnew(TextScan scan, int at) => scan[at] <= ' ' || scan[at] is '"' or '\\' or '#' or '[' or '}' or '-' || IsSetting(scan, at);

    /// <summary>Whether a name follows that has a value, as in ;Server=.</summary>
    private static bool IsSetting(TextScan scan, int at)
    {
        int limit = at + LongestName;
        int from = at;
        while (at < limit && (CharSet.Name.Has(scan[at]) || (scan[at] == ' ' && at > from))) at++;
        scan.Took(at - from);
        return at > from && at < limit && scan[at] is '=' or ':';
    }
}
