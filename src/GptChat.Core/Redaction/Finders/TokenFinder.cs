using System.Collections.Generic;
using System.Linq;

namespace GptChat.Redaction.Finders;

/// <summary>Tokens that say by their beginning whose they are; and the key that stands beside the id of one of Amazon's.</summary>
internal sealed class TokenFinder : IFinder
{
    private const string AwsKey = "AWS-KEY";
    private const int AwsSecretLength = 40;
    private const int AwsDistance = 200;

    private static readonly TokenRule[]?[] ByFirst = Table();

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        for (int i = 0; i < scan.Length; i++)
        {
            char first = scan.Text[i];
            if (first >= ByFirst.Length || ByFirst[first] is not { } rules || !scan.IsStart(i)) continue;
            foreach (TokenRule rule in rules)
            {
                if (!scan.Is(i, rule.Prefix)) continue;
                int body = i + rule.Prefix.Length;
                int end = scan.RunEnd(body, rule.Body);
                if (!IsToken(scan, rule, body, ref end)) continue;
                found.Add(i, end, rule.Kind);
                if (rule.Kind == AwsKey) FindAwsSecret(scan, found, end);
                i = end - 1;
                break;
            }
        }

        scan.Took(scan.Length);
    }

    private static TokenRule[]?[] Table()
    {
        var table = new TokenRule[]?[128];
        foreach (IGrouping<char, TokenRule> group in TokenRules.All.GroupBy(rule => rule.Prefix[0])) table[group.Key] = group.ToArray();
        return table;
    }

    private static bool IsToken(TextScan scan, TokenRule rule, int body, ref int end)
    {
        // The end of a sentence is no part of it, nor is the sign between two settings.
        while (end > body && scan[end - 1] is '.' or '-') end--;
        int length = end - body;
        if (length < rule.Least || (rule.Most > 0 && length > rule.Most)) return false;
        if (rule.Most > 0 && CharSet.Word.Has(scan[end])) return false;
        return rule.Check switch
        {
            TokenCheck.Digit => Randomness.HasDigit(scan, body, end),
            TokenCheck.Random => Randomness.HasMixedRun(scan, body, end, 16),
            TokenCheck.Upper => IsUpper(scan, body, end),
            _ => true,
        };
    }

    private static bool IsUpper(TextScan scan, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (scan[i] is >= 'a' and <= 'z') return false;
        }

        return true;
    }

    /// <summary>Consoles and files show the secret right after the id, and nothing about it says what it is.</summary>
    private static void FindAwsSecret(TextScan scan, FindingList found, int from)
    {
        scan.Took(AwsDistance);
        int limit = from + AwsDistance;
        for (int at = from; at < limit && at < scan.Length; at++)
        {
            if (!CharSet.Base64.Has(scan[at]) || scan[at] == '=') continue;
            int end = scan.RunEnd(at, CharSet.Base64);
            if (end - at == AwsSecretLength && Randomness.HasAllSorts(scan, at, end))
            {
                found.Add(at, end, "AWS-SECRET");
                return;
            }

            at = end;
        }
    }
}
