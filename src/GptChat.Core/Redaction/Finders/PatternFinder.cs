using System;
using System.Text.RegularExpressions;

namespace GptChat.Redaction.Finders;

/// <summary>A user's own pattern. It runs under a limit of time, since what it costs cannot be known.</summary>
internal sealed class PatternFinder(RedactionPattern pattern) : IFinder
{
    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        try
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            for (Match match = pattern.Regex.Match(scan.Text); match.Success; match = match.NextMatch())
            {
                Group secret = match.Groups[RedactionPattern.SecretGroup];
                if (secret.Success) found.Add(secret.Index, secret.Index + secret.Length, pattern.Name);
                else found.Add(match.Index, match.Index + match.Length, pattern.Name);
                scan.Took(match.Length);
                if (clock.Elapsed > RedactionPattern.Limit) throw pattern.TooSlow(null);
            }
        }
        catch (RegexMatchTimeoutException slow)
        {
            throw pattern.TooSlow(slow);
        }

        scan.Took(scan.Length);
    }
}
