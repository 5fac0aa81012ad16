using System;
using System.Net;
using System.Net.Sockets;

namespace GptChat.Redaction.Finders;

/// <summary>Addresses of the internet protocol, of both versions. Those that every machine has, and masks, are no secret.</summary>
internal sealed class IPAddressFinder : IFinder
{
    private const string Kind = "IP-ADDRESS";
    private const int Longest = 45;
    private const int Near = 16;

    private static readonly string[] Versions = { "version", "ver", "v", "build", "release", "section", "rev" };

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        int at = 0;
        while (at < scan.Length)
        {
            if (!CharSet.Address.Has(scan.Text[at]))
            {
                at++;
                continue;
            }

            int end = scan.RunEnd(at, CharSet.Address);
            Look(scan, found, at, end);
            at = end;
        }

        scan.Took(scan.Length);
    }

    private static void Look(TextScan scan, FindingList found, int start, int end)
    {
        if (!scan.IsStart(start) && scan[start] != ':') return;
        while (end > start && scan[end - 1] is '.' || (end - 1 > start && scan[end - 1] == ':' && scan[end - 2] != ':')) end--;
        if (end - start > Longest + 6 || CharSet.Word.Has(scan[end]) || (scan[start - 1] == '.' && start > 0)) return;
        string text = scan.Text.Substring(start, end - start);
        int colons = text.Split(':').Length - 1;
        if (colons >= 2)
        {
            if (IsVersion6(text)) found.Add(start, end, Kind);
            return;
        }

        // A port may follow, or a name before a colon.
        int from = 0;
        foreach (string part in text.Split(':'))
        {
            if (IsVersion4(part) && !IsSoftware(scan, start + from)) found.Add(start + from, start + from + part.Length, Kind);
            from += part.Length + 1;
        }
    }

    private static bool IsVersion4(string text)
    {
        string[] parts = text.Split('.');
        if (parts.Length != 4) return false;
        foreach (string part in parts)
        {
            if (part.Length is 0 or > 3 || !int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) || number > 255) return false;
        }

        return !(parts[0] is "0" or "127" or "255" || text.EndsWith(".0.0.0", StringComparison.Ordinal));
    }

    private static bool IsVersion6(string text)
    {
        if (text.Length > Longest || text is "::" or "::1" || !Array.Exists(text.ToCharArray(), CharSet.Digit.Has)) return false;
        return IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    /// <summary>Whether it is said to be the version of a program.</summary>
    private static bool IsSoftware(TextScan scan, int start)
    {
        int end = start;
        while (start - end < 4 && scan[end - 1] is ' ' or '=' or ':' or '"' or '/' or '\t') end--;
        foreach (string word in Versions)
        {
            int at = end - word.Length;
            if (scan.Is(at, word, ignoresCase: true) && (word.Length > 3 || !CharSet.Alnum.Has(scan[at - 1]))) return true;
        }

        scan.Took(Near);
        return scan.Is(start - 1, "v", ignoresCase: true);
    }
}
