namespace GptChat.Rendering;

/// <summary>What a line of Markdown is.</summary>
internal enum LineKind
{
    Undecided,
    Text,
    Blank,
    Heading,
    Bullet,
    Number,
    Quote,
    Rule,
    Fence,
    TableRow,
    Verbatim,
}

/// <summary>Tells from its beginning what a line is, as soon as that is certain.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Indent">How many characters of white space it begins with.</param>
/// <param name="Length">Where its content begins.</param>
/// <param name="Level">The level of a heading, or the length of a fence.</param>
internal readonly record struct LineStart(LineKind Kind, int Indent, int Length, int Level)
{
    /// <summary>Reads a beginning.</summary>
    /// <param name="line">What there is of the line.</param>
    /// <param name="isWhole">Whether it is all of the line.</param>
    /// <param name="takesTables">Whether a table may begin here.</param>
    /// <param name="takesVerbatim">Whether a deep indent means code here.</param>
    public static LineStart Read(string line, bool isWhole, bool takesTables, bool takesVerbatim)
    {
        int indent = 0;
        int columns = 0;
        for (; indent < line.Length && line[indent] is ' ' or '\t'; indent++) columns += line[indent] == '\t' ? 4 : 1;
        if (indent == line.Length) return new(isWhole ? LineKind.Blank : LineKind.Undecided, indent, indent, 0);
        if (columns >= 4 && takesVerbatim) return new(LineKind.Verbatim, indent, 0, 0);
        char first = line[indent];
        int run = indent;
        while (run < line.Length && line[run] == first) run++;
        run -= indent;
        bool isEnd = indent + run == line.Length;
        return first switch
        {
            '#' => Heading(line, isWhole, indent, run),
            '>' when line.Length > indent + 1 || isWhole => new(LineKind.Quote, indent, indent + (line.Length > indent + 1 && line[indent + 1] == ' ' ? 2 : 1), 0),
            '>' => default,
            '|' when takesTables => new(isWhole ? LineKind.TableRow : LineKind.Undecided, indent, indent, 0),
            '`' or '~' when run >= 3 || (isEnd && !isWhole) => Fence(line, isWhole, indent, run),
            '-' or '*' or '_' or '+' => Bullet(line, isWhole, indent),
            >= '0' and <= '9' => Number(line, isWhole, indent),
            _ => new(LineKind.Text, indent, indent, 0),
        };
    }

    private static LineStart Heading(string line, bool isWhole, int indent, int run)
    {
        int end = indent + run;
        if (end == line.Length && !isWhole && run <= 6) return default;
        bool isHeading = run <= 6 && end < line.Length && line[end] == ' ';
        return isHeading ? new(LineKind.Heading, indent, end + 1, run) : new(LineKind.Text, indent, indent, 0);
    }

    private static LineStart Fence(string line, bool isWhole, int indent, int run)
    {
        // A line that closes what it opens is code within a text.
        if (line[indent] == '`' && line.IndexOf('`', indent + run) >= 0) return new(LineKind.Text, indent, indent, 0);
        return isWhole ? new(LineKind.Fence, indent, indent + run, run) : default;
    }

    private static LineStart Bullet(string line, bool isWhole, int indent)
    {
        char mark = line[indent];
        int count = 0;
        int end = indent;
        for (; end < line.Length && (line[end] == mark || line[end] == ' '); end++) count += line[end] == mark ? 1 : 0;
        if (end == line.Length)
        {
            if (!isWhole) return default;
            if (count >= 3 && mark != '+') return new(LineKind.Rule, indent, end, 0);
        }

        bool isBullet = mark != '_' && end < line.Length && indent + 1 < line.Length && line[indent + 1] == ' ';
        return isBullet ? new(LineKind.Bullet, indent, indent + 2, 0) : new(LineKind.Text, indent, indent, 0);
    }

    private static LineStart Number(string line, bool isWhole, int indent)
    {
        int end = indent;
        while (end < line.Length && end - indent < 9 && line[end] is >= '0' and <= '9') end++;
        if (end == line.Length) return isWhole ? new(LineKind.Text, indent, indent, 0) : default;
        if (line[end] is not ('.' or ')')) return new(LineKind.Text, indent, indent, 0);
        if (end + 1 == line.Length && !isWhole) return default;
        bool isNumber = end + 1 < line.Length && line[end + 1] == ' ';
        return isNumber ? new(LineKind.Number, indent, end + 2, 0) : new(LineKind.Text, indent, indent, 0);
    }
}
