using System;

namespace GptChat.Redaction.Finders;

/// <summary>Commands that take a password without naming it.</summary>
internal sealed class CommandFinder : IFinder
{
    private const int LongestCommand = 400;
    private const string ToSecureString = "ConvertTo-SecureString";

    // The command, and the flag whose value is the password; glued where nothing stands between them.
    private static readonly (string Command, string Flag, bool IsGlued)[] Flags =
    {
        ("mysql ", "-p", true), ("mysqldump ", "-p", true), ("mysqladmin ", "-p", true), ("sshpass ", "-p", false), ("sshpass ", "-p", true), ("psexec ", "-p", false), ("sqlcmd ", "-P", false),
        ("bcp ", "-P", false), ("docker login ", "-p", false), ("az login ", "-p", false), ("schtasks ", "/rp", false), ("plink ", "-pw", false), ("pscp ", "-pw", false),
        ("redis-cli ", "-a", false), ("ldapsearch ", "-w", false), ("ldapmodify ", "-w", false), ("winrs ", "-p:", true), ("wmic ", "/password:", true), ("ipmitool ", "-P", false), ("smbclient ", "-U", false),
        ("curl ", "-u", false), ("curl ", "--user", false), ("openssl ", "pass:", true), ("kubeadm ", "--token", false), ("mongo ", "-p", false), ("mongosh ", "-p", false),
    };

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        for (int at = scan.Find(ToSecureString, 0, ignoresCase: true); at >= 0; at = scan.Find(ToSecureString, at + ToSecureString.Length, ignoresCase: true)) FindSecureString(scan, found, at);
        for (int at = scan.Find("NetworkCredential(", 0, ignoresCase: true); at >= 0; at = scan.Find("NetworkCredential(", at + 1, ignoresCase: true)) FindSecondText(scan, found, at + "NetworkCredential(".Length);
        for (int at = scan.Find("identified by ", 0, ignoresCase: true); at >= 0; at = scan.Find("identified by ", at + 1, ignoresCase: true)) Add(scan, found, ValueReader.Read(scan, ValueReader.Blanks(scan, at + "identified by".Length)));
        FindNetUser(scan, found, "net user ");
        FindNetUser(scan, found, "net.exe user ");
        FindNetUser(scan, found, "net1 user ");
        FindNetUse(scan, found);
        foreach ((string command, string flag, bool isGlued) in Flags) FindFlag(scan, found, command, flag, isGlued);
    }

    /// <summary>The text that a script makes a SecureString of: a parameter, or what is piped in.</summary>
    private static void FindSecureString(TextScan scan, FindingList found, int at)
    {
        FindPiped(scan, found, at);
        int limit = Math.Min(scan.Length, at + LongestCommand);
        int from = at;
        for (at += ToSecureString.Length; at < limit; at++)
        {
            if (scan[at] is '\n' or '|' or ';' or ')' || (scan[at] == '\\' && scan[at + 1] is 'n' or 'r')) break;
            if (scan[at] is ' ' or '\t') continue;
            if (scan[at] is '-' or '(' or '$' or '@')
            {
                // A parameter, or a value that the script has elsewhere. That of -Key is no text.
                bool isKey = scan.Is(at, "-Key", ignoresCase: true) || scan.Is(at, "-SecureKey", ignoresCase: true);
                while (at < limit && scan[at] > ' ' && scan[at] is not (')' or '|' or ';')) at++;
                if (isKey) break;
                at--;
                continue;
            }

            SettingValue value = ValueReader.Read(scan, at);
            Add(scan, found, value);
            break;
        }

        scan.Took(Math.Max(0, at - from));
    }

    private static void FindPiped(TextScan scan, FindingList found, int at)
    {
        int end = at;
        while (at - end < 8 && scan[end - 1] == ' ') end--;
        if (scan[end - 1] != '|') return;
        end--;
        while (at - end < 16 && scan[end - 1] == ' ') end--;
        char quote = scan[end - 1];
        if (quote is not ('"' or '\'')) return;
        int escapes = scan[end - 2] == '\\' ? 1 : 0;
        int close = end - 1 - escapes;
        int least = Math.Max(0, close - 200);
        if (close <= least) return;
        int open = scan.Text.LastIndexOf(quote, close - 1, close - least);
        scan.Took(close - Math.Max(open, least));
        if (open >= 0) Add(scan, found, new SettingValue(open + 1, close, quote));
    }

    private static void FindSecondText(TextScan scan, FindingList found, int at)
    {
        at = ValueReader.Blanks(scan, at);
        if (ValueReader.Quote(scan, at) == at) return;
        SettingValue user = ValueReader.Read(scan, at);
        int comma = ValueReader.Blanks(scan, ValueReader.Quote(scan, user.End));
        if (scan[comma] != ',') return;
        int second = ValueReader.Blanks(scan, comma + 1);
        if (ValueReader.Quote(scan, second) > second) Add(scan, found, ValueReader.Read(scan, second));
    }

    private static void FindNetUser(TextScan scan, FindingList found, string command)
    {
        for (int at = scan.Find(command, 0, ignoresCase: true); at >= 0; at = scan.Find(command, at + command.Length, ignoresCase: true))
        {
            if (!scan.IsStart(at)) continue;
            SettingValue user = ValueReader.Read(scan, ValueReader.Blanks(scan, at + command.Length));
            if (user.End == user.Start || scan[user.Start] == '/') continue;
            int next = ValueReader.Blanks(scan, user.IsQuoted ? ValueReader.Quote(scan, user.End) : user.End);
            if (next == user.End || scan[next] is '/' or '*' || scan[next] <= ' ') continue;
            SettingValue value = ValueReader.Read(scan, next);

            // "net user accounts that have …" is a sentence: the command ends here or goes on with a switch.
            int after = ValueReader.Blanks(scan, value.IsQuoted ? ValueReader.Quote(scan, value.End) : value.End);
            bool isCommand = scan[after] is '/' or '\n' or '\r' or '\0' or '"' or '\'' or '&' or '|' or ';' or '\\' or '`';
            if (value.IsQuoted || isCommand || Plausibility.IsNoWord(scan, value)) Add(scan, found, value);
        }
    }

    /// <summary>net use X: \\server\share password /user:name.</summary>
    private static void FindNetUse(TextScan scan, FindingList found)
    {
        for (int at = scan.Find("net use ", 0, ignoresCase: true); at >= 0; at = scan.Find("net use ", at + 8, ignoresCase: true))
        {
            int limit = Math.Min(scan.Length, at + LongestCommand);
            int line = scan.Text.IndexOf('\n', at, limit - at);
            int end = line < 0 ? limit : line;
            scan.Took(end - at);
            int user = scan.Text.IndexOf("/user:", at, end - at, StringComparison.OrdinalIgnoreCase);
            if (user < 0) continue;
            int share = scan.Text.IndexOf("\\\\", at, end - at, StringComparison.Ordinal);
            if (share < 0) continue;
            int before = SettingEnd(scan, share);
            AddWord(scan, found, ValueReader.Blanks(scan, before), end);
            AddWord(scan, found, ValueReader.Blanks(scan, SettingEnd(scan, user)), end);
        }
    }

    private static int SettingEnd(TextScan scan, int at)
    {
        int from = at;
        while (scan[at] > ' ' && at - from < LongestCommand) at++;
        scan.Took(at - from);
        return at;
    }

    private static void AddWord(TextScan scan, FindingList found, int at, int end)
    {
        if (at < end && scan[at] is not ('/' or '*') && scan[at] > ' ') Add(scan, found, ValueReader.Read(scan, at));
    }

    private static void FindFlag(TextScan scan, FindingList found, string command, string flag, bool isGlued)
    {
        for (int at = scan.Find(command, 0); at >= 0; at = scan.Find(command, at + command.Length))
        {
            if (!scan.IsStart(at)) continue;
            int limit = Math.Min(scan.Length, at + LongestCommand);
            int line = scan.Text.IndexOf('\n', at, limit - at);
            int end = line < 0 ? limit : line;
            scan.Took(end - at);
            int place = scan.Text.IndexOf(" " + flag, at, end - at, StringComparison.Ordinal);
            if (place < 0) continue;
            int value = place + 1 + flag.Length;
            if (!isGlued)
            {
                if (scan[value] is not (' ' or '\t' or '=')) continue;
                value = ValueReader.Blanks(scan, value + 1);
            }

            if (scan[value] is ' ' or '-' or '\0' or '\n') continue;
            SettingValue read = ValueReader.Read(scan, value);
            if (flag is "-u" or "--user" or "-U") read = AfterUser(scan, read);
            Add(scan, found, read);
        }
    }

    /// <summary>user:password and user%password.</summary>
    private static SettingValue AfterUser(TextScan scan, SettingValue pair)
    {
        for (int i = pair.Start; i < pair.End; i++)
        {
            if (scan[i] is ':' or '%') return pair with { Start = i + 1 };
        }

        return pair with { Start = pair.End };
    }

    private static void Add(TextScan scan, FindingList found, SettingValue value)
    {
        if (value.End > value.Start && Plausibility.IsPassword(scan, value, isCode: false)) found.Add(value.Start, value.End, CredentialName.Password);
    }
}
