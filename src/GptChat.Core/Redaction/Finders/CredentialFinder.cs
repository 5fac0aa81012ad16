namespace GptChat.Redaction.Finders;

/// <summary>
/// Values whose name says what they are: <c>password=x</c>, <c>"api_key": "x"</c>, <c>-Password x</c>, <c>&lt;password&gt;x&lt;</c>,
/// in settings, connection strings, JSON, XML, code and sentences.
/// </summary>
internal sealed class CredentialFinder : IFinder
{
    private const int Near = 24;
    private const int LongestLine = 100;

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        int at = 0;
        while (at < scan.Length)
        {
            if (!CharSet.Name.Has(scan.Text[at]))
            {
                at++;
                continue;
            }

            int end = scan.RunEnd(at, CharSet.Name);
            int start = at;
            if (scan[start - 1] == '\\' && scan[start] is 'n' or 'r' or 't' && end - start > 1) start++;
            at = end;
            if (CredentialName.Of(scan.Text, start, end) is not { } name) continue;
            if (Value(scan, start, end, name) is not { } value) continue;
            found.Add(value.Start, value.End, name.Kind);
            if (value.End > at) at = value.End;
        }

        scan.Took(scan.Length);
    }

    private static SettingValue? Value(TextScan scan, int start, int end, CredentialName name)
    {
        int after = ValueReader.Quote(scan, end);
        bool isQuotedName = after > end;
        if (scan[after] == ']') after++;
        if (scan[after] == '>' && scan[start - 1] == '<' && scan[after - 1] != '/') return Element(scan, after + 1, name);
        int at = ValueReader.Blanks(scan, after);
        bool isSpaced = at > after;
        int value = OverSeparator(scan, at);
        if (value > at) return Assigned(scan, start, at, value, isSpaced, name);
        if (Described(scan, after, isQuotedName) is var described and > 0) return Plausible(scan, ValueReader.Read(scan, described), name, isCode: false);
        return isSpaced ? Spaced(scan, start, at, name) : null;
    }

    /// <summary>Behind =, :, => or :=.</summary>
    private static SettingValue? Assigned(TextScan scan, int start, int separator, int at, bool isSpaced, CredentialName name)
    {
        int from = ValueReader.Blanks(scan, at);
        bool isColon = scan[separator] == ':' && at == separator + 1;
        SettingValue value = ValueReader.Read(scan, from);
        if (value.IsQuoted) return Plausible(scan, value, name, isCode: false);

        // A name alone may be a heading: "Pass: 12".
        if (name.IsShort && (isColon ? scan[start - 1] != '/' : isSpaced)) return null;

        // What a script assigns to a variable without quotes is a command, not text.
        if (scan[start - 1] == '$') return null;
        if (IsFolder(scan, start, value)) return null;
        bool endsLine = EndsLine(scan, value.End);
        if (name.IsPassword && isColon && from > at && !endsLine && !Plausibility.IsNoWord(scan, value)) return null;
        bool isCode = (isSpaced && from > at) || scan[value.End] is ';' or ')';
        if (name.IsPassword && isCode && !isColon && !endsLine && !Plausibility.IsNoWord(scan, value)) return null;
        if (name.IsPassword && scan[separator] == '=' && InConnectionString(scan, start)) value = ToSemicolon(scan, value);
        return Plausible(scan, value, name, isCode);
    }

    /// <summary>Behind a blank: a parameter's value, or a text in quotes.</summary>
    private static SettingValue? Spaced(TextScan scan, int start, int at, CredentialName name)
    {
        bool isParameter = scan[start] == '-' && (start == 0 || scan[start - 1] is ' ' or '\t' or '\n' or '\r' or '"' or '\'' or '`' or '(' || scan[start - 2] == '\\');
        if (isParameter)
        {
            if (scan[at] is '-' or '<' or '[' or '\n' or '\r' or '\0' or '|' or '(') return null;
            return Plausible(scan, ValueReader.Read(scan, at), name, isCode: false);
        }

        // The registry as reg.exe shows it.
        if (scan.Is(at, "REG_SZ ")) return Plausible(scan, ValueReader.Read(scan, ValueReader.Blanks(scan, at + "REG_SZ".Length)), name, isCode: false);
        if (!name.IsPassword || name.IsShort) return null;
        if (IsLogin(scan, start)) return Plausible(scan, ValueReader.Read(scan, at), name, isCode: false);
        if (CharSet.Digit.Has(scan[at]) && scan[at + 1] == ' ' && Typed(scan, at + 2) is { } typed) return Plausible(scan, typed, name, isCode: false);
        if (scan[start - 1] != '$' && ValueReader.Quote(scan, at) is var open && open > at && scan[open] > ' ') return Plausible(scan, ValueReader.Read(scan, at), name, isCode: false);
        int word = Verb(scan, at);
        if (word == at) return null;
        SettingValue said = ValueReader.Read(scan, ValueReader.Blanks(scan, word));
        return said.IsQuoted || (Plausibility.IsNoWord(scan, said) && scan[said.Start] != '$') ? Plausible(scan, said, name, isCode: false) : null;
    }

    /// <summary>Routers put the number of a scheme before a password.</summary>
    private static SettingValue? Typed(TextScan scan, int at)
    {
        SettingValue value = ValueReader.Read(scan, at);
        return Plausibility.IsNoWord(scan, value) ? value : null;
    }

    /// <summary>Whether the line is one of .netrc: machine, login, password.</summary>
    private static bool IsLogin(TextScan scan, int start)
    {
        int from = System.Math.Max(0, start - LongestLine);
        scan.Took(start - from);
        int login = start == from ? -1 : scan.Text.LastIndexOf("login ", start - 1, start - from, System.StringComparison.Ordinal);
        return login >= 0 && scan.Text.LastIndexOf("machine ", login, login - System.Math.Max(0, login - LongestLine) + 1, System.StringComparison.Ordinal) >= 0;
    }

    private static SettingValue? Element(TextScan scan, int at, CredentialName name)
    {
        // Answer files of Windows have the text one level deeper.
        int inner = at;
        while (inner - at < Near && scan[inner] is ' ' or '\t' or '\n' or '\r') inner++;
        if (scan.Is(inner, "<Value>", ignoresCase: true)) at = inner + "<Value>".Length;
        if (scan.Is(at, "<![CDATA[")) at += "<![CDATA[".Length;
        int limit = System.Math.Min(scan.Length, at + ValueReader.Longest);
        int end = scan.Text.IndexOf('<', at, limit - at);
        scan.Took((end < 0 ? limit : end) - at);
        return end < 0 ? null : Plausible(scan, new SettingValue(at, end, '<'), name, isCode: false);
    }

    /// <summary>Where the value begins of a pair that is written as two settings: <c>name="Password" value="x"</c>; 0 if there is none.</summary>
    private static int Described(TextScan scan, int at, bool isQuotedName)
    {
        int limit = at + Near;
        int from = at;
        while (at < limit && (scan[at] is ' ' or '\t' or '\n' or '\r' or ',' || (scan[at] == '\\' && scan[at + 1] is 'n' or 'r'))) at += scan[at] == '\\' ? 2 : 1;
        scan.Took(at - from);
        if (at == from) return 0;
        int word = ValueReader.Quote(scan, at);
        if (!isQuotedName && (word > at || scan.Text.IndexOf('\n', from, at - from) < 0)) return 0;
        if (!scan.Is(word, "value", ignoresCase: true)) return 0;
        int end = ValueReader.Blanks(scan, ValueReader.Quote(scan, word + "value".Length));
        return scan[end] is '=' or ':' ? ValueReader.Blanks(scan, end + 1) : 0;
    }

    private static SettingValue? Plausible(TextScan scan, SettingValue value, CredentialName name, bool isCode)
    {
        if (value.End <= value.Start) return null;
        bool isGood = name.IsPassword ? Plausibility.IsPassword(scan, value, isCode) : Plausibility.IsKey(scan, value);
        return isGood ? value : null;
    }

    private static int OverSeparator(TextScan scan, int at)
    {
        if (scan[at] == '=') return scan[at + 1] is '=' or '~' ? at : scan[at + 1] == '>' ? at + 2 : at + 1;
        if (scan[at] == ':') return scan[at + 1] is ':' or '/' ? at : scan[at + 1] == '=' ? at + 2 : at + 1;
        return scan.Is(at, "%3D", ignoresCase: true) ? at + 3 : at;
    }

    private static int Verb(TextScan scan, int at)
    {
        foreach (string verb in new[] { "is ", "was ", "is: ", "ist ", "lautet " })
        {
            if (scan.Is(at, verb)) return at + verb.Length - 1;
        }

        return at;
    }

    private static bool EndsLine(TextScan scan, int at)
    {
        at = ValueReader.Blanks(scan, at);
        return at >= scan.Length || scan[at] is '\n' or '\r' or '"' or '#' || (scan[at] == '\\' && scan[at + 1] is 'n' or 'r' or '"') || (scan[at] == ',' && scan[at + 1] is '\n' or '\r' or '\0');
    }

    /// <summary>PWD is also where a shell stands.</summary>
    private static bool IsFolder(TextScan scan, int start, SettingValue value) =>
        (scan.Is(start, "PWD") || scan.Is(start, "OLDPWD")) && (scan[value.Start] is '/' or '~' || (scan[value.Start + 1] == ':' && scan[value.Start + 2] is '\\' or '/'));

    private static bool InConnectionString(TextScan scan, int start)
    {
        int at = start;
        while (start - at < 4 && scan[at - 1] == ' ') at--;
        return scan[at - 1] == ';';
    }

    /// <summary>In a connection string a password may hold blanks.</summary>
    private static SettingValue ToSemicolon(TextScan scan, SettingValue value)
    {
        int limit = System.Math.Min(scan.Length, value.Start + ValueReader.Longest);
        int end = value.End;
        while (end < limit && scan[end] is not (';' or '\n' or '\r' or '"' or '\'' or '<' or '\\')) end++;
        scan.Took(end - value.End);
        return end > value.End && scan[end] == ';' ? value with { End = end } : value;
    }
}
