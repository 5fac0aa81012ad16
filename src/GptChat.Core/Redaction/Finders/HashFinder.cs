namespace GptChat.Redaction.Finders;

/// <summary>Hashes of passwords as systems keep them, which can be tried out: <c>$6$salt$hash</c>, <c>$2b$…</c>, <c>$argon2id$…</c>.</summary>
internal sealed class HashFinder : IFinder
{
    private static readonly string[] Schemes = { "1", "5", "6", "y", "2a", "2b", "2y", "7", "argon2i", "argon2id", "argon2d", "scrypt", "apr1" };

    /// <inheritdoc/>
    public void Find(TextScan scan, FindingList found)
    {
        int next = 0;
        for (int at = scan.Find("$", 0); at >= 0; at = scan.Find("$", next))
        {
            next = at + 1;
            foreach (string scheme in Schemes)
            {
                int start = at + 1 + scheme.Length;
                if (!scan.Is(at + 1, scheme) || scan[start] != '$') continue;
                int end = start;
                while (end - at < 512 && (scan[end] is '$' or ',' || CharSet.Token.Has(scan[end]))) end++;
                scan.Took(end - at);
                if (end - at >= 20 && Randomness.HasDigit(scan, start, end)) found.Add(at, end, "PASSWORD-HASH");
                next = end;
                break;
            }
        }
    }
}
