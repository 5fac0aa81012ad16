using System;

namespace GptChat.Redaction.Finders;

/// <summary>What requests carry: the schemes of Authorization, and cookies.</summary>
internal sealed class HeaderFinder : IFinder
{
    private const int Longest = 4096;

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        FindScheme(scan, found, "Bearer ", "BEARER-TOKEN", 16, IsToken);
        FindScheme(scan, found, "Basic ", "BASIC-AUTH", 8, IsPair);
        FindScheme(scan, found, "SSWS ", "OKTA-TOKEN", 20, IsToken);
        FindScheme(scan, found, "authorization: token ", "TOKEN", 16, IsToken);
        FindScheme(scan, found, "authorization: ", "TOKEN", 20, IsToken);
        FindCookie(scan, found, "cookie: ");
        FindCookie(scan, found, "cookie\":\"");
    }

    private static void FindScheme(TextScan scan, FindingList found, string scheme, string kind, int least, Func<TextScan, int, int, bool> check)
    {
        for (int at = scan.Find(scheme, 0, ignoresCase: true); at >= 0; at = scan.Find(scheme, at + scheme.Length, ignoresCase: true))
        {
            if (!scan.IsStart(at)) continue;
            int start = ValueReader.Blanks(scan, at + scheme.Length - 1);
            int end = scan.RunEnd(start, CharSet.Token);
            while (end > start && scan[end - 1] == '.') end--;
            if (end - start >= least && check(scan, start, end)) found.Add(start, end, kind);
        }
    }

    private static bool IsToken(TextScan scan, int start, int end) => Randomness.HasMixedRun(scan, start, end, 12);

    /// <summary>Name and password in Base64.</summary>
    private static bool IsPair(TextScan scan, int start, int end)
    {
        if (end - start > Longest) return false;
        string text = scan.Text.Substring(start, end - start).TrimEnd('=');
        int rest = text.Length % 4;
        if (rest == 1) return false;
        try
        {
            byte[] bytes = Convert.FromBase64String(text + new string('=', (4 - rest) % 4));
            return Array.IndexOf(bytes, (byte)':') >= 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void FindCookie(TextScan scan, FindingList found, string header)
    {
        int end = 0;
        for (int at = scan.Find(header, 0, ignoresCase: true); at >= 0; at = scan.Find(header, end, ignoresCase: true))
        {
            int start = at + header.Length;
            end = start;
            bool hasPair = false;
            while (end - start < Longest && scan[end] is not ('\n' or '\r' or '"' or '\0' or '\'') && !(scan[end] == '\\' && scan[end + 1] is 'n' or 'r' or '"'))
            {
                hasPair |= scan[end] == '=' && end > start;
                end++;
            }

            scan.Took(end - start);
            if (hasPair && scan[start] > ' ') found.Add(start, end, "COOKIE");
        }
    }
}
