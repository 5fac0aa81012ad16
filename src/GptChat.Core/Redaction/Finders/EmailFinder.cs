using System;

namespace GptChat.Redaction.Finders;

/// <summary>Addresses of mail.</summary>
internal sealed class EmailFinder : IFinder
{
    private const int LongestName = 64;
    private const int ShortestTop = 2;
    private const int LongestTop = 24;

    private static readonly string[] Files = { "png", "jpg", "jpeg", "gif", "svg", "webp" };

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        for (int at = scan.Find("@", 0); at >= 0; at = scan.Find("@", at + 1))
        {
            int start = at;
            while (at - start < LongestName && CharSet.MailName.Has(scan[start - 1])) start--;
            scan.Took(at - start);
            while (start < at && scan[start] is '.' or '-' or '\'' or '%') start++;
            if (scan[start - 1] == '\\' && scan[start] is 'n' or 'r' or 't' && start < at - 1) start++;
            int end = scan.RunEnd(at + 1, CharSet.Host);
            while (end > at && scan[end - 1] is '.' or '-') end--;
            if (start == at || !IsDomain(scan, at + 1, end) || scan.Is(start, "git@") || IsInAddress(scan, start)) continue;
            found.Add(start, end, "EMAIL");
        }
    }

    private static bool IsDomain(TextScan scan, int start, int end)
    {
        if (end - start > 255) return false;
        int dot = end <= start ? -1 : scan.Text.LastIndexOf('.', end - 1, end - start);
        if (dot <= start || end - dot - 1 is < ShortestTop or > LongestTop) return false;
        for (int i = dot + 1; i < end; i++)
        {
            if (!char.IsLetter(scan[i])) return false;
        }

        return Array.IndexOf(Files, scan.Text.Substring(dot + 1, end - dot - 1).ToLowerInvariant()) < 0;
    }

    /// <summary>What stands before the @ of a web address is a password's business.</summary>
    private static bool IsInAddress(TextScan scan, int start)
    {
        int at = start;
        while (start - at < 128 && scan[at - 1] > ' ')
        {
            at--;
            if (scan[at] == '/' && scan[at - 1] == '/' && scan[at - 2] == ':') return true;
        }

        scan.Took(start - at);
        return false;
    }
}
