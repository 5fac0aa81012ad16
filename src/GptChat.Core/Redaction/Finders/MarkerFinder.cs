using System.Collections.Generic;

namespace GptChat.Redaction.Finders;

/// <summary>Tokens that say in their middle whose they are.</summary>
internal sealed class MarkerFinder : IFinder
{
    private sealed record Rule(string Kind, string Marker, CharSet Set, int Before, int LeastBefore, int Least, int Most, bool DigitsBefore = false);

    private static readonly Rule[] Rules =
    {
        new("AZURE-SECRET", "Q~", CharSet.Token, 4, 4, 36, 44),
        new("AZURE-TOKEN", "AZDO", CharSet.Alnum, 76, 76, 84, 84),
        new("AZURE-KEY", "JQQJ99", CharSet.Alnum, 52, 52, 80, 88),
        new("AZURE-KEY", "+ASt", CharSet.Base64, 76, 76, 84, 90),
        new("TERRAFORM-TOKEN", ".atlasv1.", CharSet.Token, 14, 14, 60, 100),
        new("TELEGRAM-TOKEN", ":AA", CharSet.Url64, 10, 8, 42, 50, DigitsBefore: true),
    };

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        foreach (Rule rule in Rules)
        {
            for (int at = scan.Find(rule.Marker, 0); at >= 0; at = scan.Find(rule.Marker, at + rule.Marker.Length)) Find(scan, found, rule, at);
        }

        FindDiscord(scan, found);
    }

    private static void Find(TextScan scan, FindingList found, Rule rule, int at)
    {
        int start = at;
        CharSet before = rule.DigitsBefore ? CharSet.Digit : rule.Set;
        while (at - start < rule.Before && before.Has(scan[start - 1])) start--;
        scan.Took(at - start);
        if (at - start < rule.LeastBefore || !scan.IsStart(start)) return;
        int end = scan.RunEnd(at + rule.Marker.Length, rule.Set);
        while (end > at && scan[end - 1] == '.') end--;
        if (end - start < rule.Least || end - start > rule.Most || !Randomness.HasDigit(scan, start, end)) return;
        found.Add(start, end, rule.Kind);
    }

    /// <summary>Of three parts: the id of the bot in Base64, the time, the signature.</summary>
    private static void FindDiscord(TextScan scan, FindingList found)
    {
        for (int at = scan.Find(".", 0); at >= 0; at = scan.Find(".", at + 1))
        {
            int middle = scan.RunEnd(at + 1, CharSet.Url64);
            if (middle - at - 1 != 6 || scan[middle] != '.') continue;
            int end = scan.RunEnd(middle + 1, CharSet.Url64);
            if (end - middle - 1 is < 27 or > 38) continue;
            int start = at;
            while (at - start < 30 && CharSet.Url64.Has(scan[start - 1])) start--;
            scan.Took(30);
            if (at - start is < 23 or > 28 || scan[start] is not ('M' or 'N' or 'O') || !Randomness.HasAllSorts(scan, start, end)) continue;
            found.Add(start, end, "DISCORD-TOKEN");
        }
    }
}
